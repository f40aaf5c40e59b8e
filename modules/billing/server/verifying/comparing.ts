/** One document held against itself: its row, its lines and its hashes against what was frozen. */
import type { InvoiceContent } from '#contract/billing'
import { linkOf, sha256Of } from '../issuing/freezing.ts'
import { broken, type Break } from './breaks.ts'
import type { Chained } from './verify-queries.ts'

/** What in a document contradicts itself, the chain aside. */
export function breaksOf(one: Chained): Break[] {
  const breaks: Break[] = []
  const about = { row: one.invoiceId, number: one.number }
  const tell = (what: Break['what'], where: string, expected: unknown, found: unknown) =>
    breaks.push(broken(what, about, where, expected, found))
  const differs = (what: Break['what'], where: string, expected: unknown, found: unknown) => {
    if (expected !== found) tell(what, where, expected, found)
  }
  const contentSha256 = sha256Of(one.content)
  const xmlSha256 = sha256Of(one.xml)
  differs('content', 'content_sha256', contentSha256.toString('hex'), one.contentSha256.toString('hex'))
  differs('xml', 'xml_sha256', xmlSha256.toString('hex'), one.xmlSha256.toString('hex'))
  const link = linkOf(one.previousSha256, one.contentSha256, one.xmlSha256)
  differs('chain', 'sha256', link.toString('hex'), one.sha256.toString('hex'))
  const content = parsed(one.content)
  if (content === null) {
    tell('content', 'content', 'JSON', 'something else')
    return breaks
  }
  differs('content', 'number', one.number, content.number)
  differs('content', 'issuedOn', one.issuedOn, content.issuedOn)
  differs('content', 'layout', content.layout, one.layout)
  differs('content', 'series', content.typeCode === 381 ? 'credit_note' : 'invoice', one.series)
  const { row } = one
  if (row === null) {
    tell('row', 'invoices', 'a row', 'none')
    return breaks
  }
  const sign = content.typeCode === 381 ? -1 : 1
  const says: Record<string, unknown> = {
    state: 'issued',
    kind: one.series,
    companyId: one.companyId,
    clientId: content.buyer.clientId,
    typeCode: content.typeCode,
    number: content.number,
    issuedOn: content.issuedOn,
    dueOn: content.dueOn,
    totalExclCents: sign * content.totals.exclCents,
    totalVatCents: sign * content.totals.vatCents,
    original: cited(content.original),
    orderReference: content.orderReference,
    periodFrom: content.period?.from ?? null,
    periodUntil: content.period?.until ?? null,
  }
  for (const [field, found] of Object.entries(row)) differs('row', field, plus(says[field]), plus(found))
  differs('line', 'count', content.lines.length, one.lines.length)
  for (const [index, line] of content.lines.entries()) {
    const found = one.lines[index]
    if (!found) continue
    const frozen: Record<string, unknown> = {
      position: line.position,
      description: line.description,
      quantity: sign * Number(line.quantity),
      unit: line.unit,
      unitPriceCents: line.unitPriceCents,
      discountCents: sign * line.discountCents,
      exclCents: sign * line.exclCents,
      vatCategory: line.vatCategory,
      vatBasisPoints: line.vatBasisPoints,
      periodFrom: line.period?.from ?? null,
      periodUntil: line.period?.until ?? null,
    }
    for (const [field, value] of Object.entries({ ...found, quantity: Number(found.quantity) }))
      differs('line', `${line.position}.${field}`, plus(frozen[field]), plus(value))
  }
  return breaks
}

/** As the query writes what a row cites. */
const cited = (original: InvoiceContent['original']) => original && `${original.number} ${original.issuedOn}`

/** 0 and -0 are one amount. */
const plus = (value: unknown) => (value === 0 ? 0 : value)

function parsed(content: string): InvoiceContent | null {
  try {
    // Its hash stands in the chain: only what was frozen by us is read on.
    return JSON.parse(content) as InvoiceContent
  } catch {
    return null
  }
}
