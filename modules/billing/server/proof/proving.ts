import { getInvoiceProof, getInvoiceXml, type InvoiceContent, invoiceNotIssued } from '#contract/billing'
import { found, handle, refuse, Stream, type Context, type Handler } from '#platform/server/requests.ts'
import { linkOf, nothingBefore, sha256Of } from '../issuing/freezing.ts'
import { within } from '../within.ts'
import { frozenDocument } from './queries.ts'

export const proving: readonly Handler[] = [
  handle(getInvoiceProof, async (ctx, { params: { id } }) => {
    const { document, row } = await frozen(ctx, id)
    const { pdfSha256, pdfBytes, certificateSha256, renderedAt } = document
    return {
      number: document.number,
      series: document.series as 'invoice' | 'credit_note', // the column's CHECK holds the same two
      position: document.position,
      finalisedAt: document.finalisedAt.toISOString(),
      contentSha256: hex(document.contentSha256),
      xmlSha256: hex(document.xmlSha256),
      previousSha256: hex(document.previousSha256),
      sha256: hex(document.sha256),
      holds: holds(document, row),
      pdf:
        pdfSha256 && certificateSha256 && renderedAt && pdfBytes !== null
          ? {
              sha256: hex(pdfSha256),
              bytes: pdfBytes,
              certificateSha256: hex(certificateSha256),
              renderedAt: renderedAt.toISOString(),
            }
          : null,
    }
  }),

  handle(getInvoiceXml, async (ctx, { params: { id } }) => {
    const { document } = await frozen(ctx, id)
    return new Stream(Buffer.from(document.xml), {
      'content-type': 'application/xml; charset=utf-8',
      'content-disposition': `attachment; filename="${document.number}.xml"`,
    })
  }),
]

type Frozen = NonNullable<NonNullable<Awaited<ReturnType<typeof frozenDocument>>>['document']>
type Row = NonNullable<Awaited<ReturnType<typeof frozenDocument>>>['row']

/** @throws NotFound, Refused */
async function frozen(ctx: Pick<Context, 'db' | 'actor'>, id: string) {
  const { row, document } = found(await frozenDocument(ctx.db, id, within(ctx.actor, 'invoices.read')))
  if (!document) throw refuse(invoiceNotIssued)
  return { row, document }
}

const hex = (bytes: Buffer) => bytes.toString('hex')

/** Everything reckoned anew. */
function holds(document: Frozen, row: Row): boolean {
  const { content, xml, contentSha256, xmlSha256, previousSha256, before, position } = document
  const { number, issuedOn, typeCode, totals } = JSON.parse(content) as InvoiceContent // only this type is frozen
  const previous = position === 1 ? nothingBefore : before
  return (
    sha256Of(content).equals(contentSha256) &&
    sha256Of(xml).equals(xmlSha256) &&
    linkOf(previousSha256, contentSha256, xmlSha256).equals(document.sha256) &&
    previous?.equals(previousSha256) === true &&
    [number, document.number].every((one) => one === row.number) &&
    [issuedOn, document.issuedOn].every((one) => one === row.issuedOn) &&
    (typeCode === 381 ? -1 : 1) * totals.inclCents === row.totalInclCents
  )
}
