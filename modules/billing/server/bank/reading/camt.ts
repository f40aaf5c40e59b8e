/**
 * CAMT.053, the bank's statement in ISO 20022. Nothing of XML's own machinery is used: a document that declares a type or an
 * entity is none of a bank's, and is refused before it is parsed.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { maxBankTransactions } from '#contract/billing'
import { NoStatement, tidy, type StatementLine } from './statement.ts'

export const looksLikeXml = (text: string): boolean => /^\uFEFF?\s*<(\?xml|\w+:?Document|Document)/.test(text)

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  isArray: (name) => ['Stmt', 'Ntry', 'NtryDtls', 'TxDtls', 'Ustrd', 'Strd', 'AddtlRmtInf'].includes(name),
})

type Node = Record<string, unknown>

export function readCamt(text: string): StatementLine[] {
  const document = parsed(text)
  const statements = listAt(document, 'Document', 'BkToCstmrStmt', 'Stmt')
  if (statements.length === 0) throw new NoStatement('unreadable')
  const lines: StatementLine[] = []
  for (const statement of statements) {
    const account = textAt(statement, 'Acct', 'Id', 'IBAN') || textAt(statement, 'Acct', 'Id', 'Othr', 'Id')
    for (const entry of listAt(statement, 'Ntry')) {
      // Only what is booked: what is pending may never be.
      const status = textAt(entry, 'Sts') || textAt(entry, 'Sts', 'Cd')
      if (status !== 'BOOK') continue
      lines.push(...linesOf(entry, account))
      if (lines.length > maxBankTransactions) throw new NoStatement('too_long')
    }
  }
  return lines
}

/** Any ISO 20022 document, strictly. */
export function parsed(text: string): Node {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new NoStatement('unreadable')
  if (deeperThan(text, 40)) throw new NoStatement('unreadable')
  if (XMLValidator.validate(text, { allowBooleanAttributes: false }) !== true)
    throw new NoStatement('unreadable')
  return parser.parse(text) as Node // an object of what stands in it
}

function linesOf(entry: Node, account: string): StatementLine[] {
  const whole = signedCents(entry)
  const bookedOn = (textAt(entry, 'BookgDt', 'Dt') || textAt(entry, 'BookgDt', 'DtTm')).slice(0, 10)
  if (whole === undefined || !/^\d{4}-\d\d-\d\d$/.test(bookedOn)) throw new NoStatement('unreadable')
  if (whole === 0) return []
  const bankName = textAt(entry, 'AcctSvcrRef') || textAt(entry, 'NtryRef')
  const label = tidy(textAt(entry, 'AddtlNtryInf'), 500)
  const details = listAt(entry, 'NtryDtls').flatMap((details) => listAt(details, 'TxDtls'))
  const parts = details.map((detail) => partCents(detail))
  const sum = parts.reduce<number>((total, cents) => total + (cents ?? Number.NaN), 0)
  // A batch tells each of its transactions, and they add up; else the entry is one.
  const each = details.length > 1 && Math.abs(sum) === Math.abs(whole) ? details : [details[0] ?? {}]
  return each.map((detail, index) => {
    const amountCents = each.length > 1 ? Math.sign(whole) * Math.abs(parts[index] ?? 0) : whole
    const came = amountCents > 0
    const party = came ? 'Dbtr' : 'Cdtr'
    const parties = nodeAt(detail, 'RltdPties')
    const name = textAt(parties, party, 'Nm') || textAt(parties, party, 'Pty', 'Nm')
    const iban = textAt(parties, `${party}Acct`, 'Id', 'IBAN')
    const free = listAt(detail, 'RmtInf', 'Ustrd').map(String)
    const structured = listAt(detail, 'RmtInf', 'Strd').map((one) => textAt(one, 'CdtrRefInf', 'Ref'))
    const endToEnd = textAt(detail, 'Refs', 'EndToEndId')
    const reference = [
      endToEnd === 'NOTPROVIDED' ? '' : endToEnd,
      ...structured,
      textAt(detail, 'Refs', 'PmtInfId'),
    ]
    const own = textAt(detail, 'Refs', 'AcctSvcrRef') || bankName
    return {
      bookedOn,
      amountCents,
      label: tidy([...free.map(unescaped), textAt(detail, 'AddtlTxInf')].join(' '), 500) || label,
      reference: tidy(reference.find((text) => text !== '') ?? '', 140),
      counterparty: tidy(name, 140),
      counterpartyEnding: iban.slice(-4),
      bankName: own === '' ? null : `${account}:${own}${each.length > 1 ? `:${index}` : ''}`,
      returnCode: textAt(detail, 'RtrInf', 'Rsn', 'Cd') || null,
    }
  })
}

/** Euros alone. */
function amountCents(amount: unknown): number | undefined {
  const written = typeof amount === 'object' && amount !== null ? (amount as Node) : {}
  if (written['@Ccy'] !== 'EUR') return undefined
  const parts = /^(\d{1,13})(?:\.(\d{1,5}))?$/.exec(String(written['#text'] ?? '').trim())
  if (!parts) return undefined
  const [, whole = '', fraction = ''] = parts
  if (/[1-9]/.test(fraction.slice(2))) return undefined
  return Number(whole) * 100 + Number(fraction.slice(0, 2).padEnd(2, '0'))
}

function signedCents(node: Node): number | undefined {
  const cents = amountCents(node['Amt'])
  const direction = textAt(node, 'CdtDbtInd')
  if (cents === undefined || (direction !== 'CRDT' && direction !== 'DBIT')) return undefined
  return direction === 'CRDT' ? cents : -cents
}

const partCents = (detail: Node): number | undefined =>
  amountCents(detail['Amt']) ?? amountCents(nodeAt(detail, 'AmtDtls', 'TxAmt')['Amt'])

/** Tags still open at once: a document nested thousands deep would exhaust whoever reads it. */
function deeperThan(text: string, most: number): boolean {
  let depth = 0
  for (const [tag] of text.matchAll(/<\/?[A-Za-z_][^<>]*>/g)) {
    if (tag.startsWith('</')) depth--
    else if (!tag.endsWith('/>') && ++depth > most) return true
  }
  return false
}

export function nodeAt(node: unknown, ...path: readonly string[]): Node {
  let at = node
  for (const name of path) at = typeof at === 'object' && at !== null ? (at as Node)[name] : undefined
  return typeof at === 'object' && at !== null && !Array.isArray(at) ? (at as Node) : {}
}

export function listAt(node: unknown, ...path: readonly string[]): Node[] {
  const last = path.at(-1) ?? ''
  const value = nodeAt(node, ...path.slice(0, -1))[last]
  return Array.isArray(value) ? (value as Node[]) : []
}

/** Text of a leaf, whether or not it bears attributes. */
export function textAt(node: unknown, ...path: readonly string[]): string {
  const value = nodeAt(node, ...path.slice(0, -1))[path.at(-1) ?? '']
  const text = typeof value === 'object' && value !== null ? (value as Node)['#text'] : value
  return typeof text === 'string' ? unescaped(text).trim() : ''
}

const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The five of XML and characters by their number; anything else stays as it is written. */
function unescaped(text: string): string {
  return text.replaceAll(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi,
    (whole, decimal, hex, name) => {
      if (name) return names[String(name).toLowerCase()] ?? whole
      const point = decimal ? Number(decimal) : Number.parseInt(String(hex), 16)
      return point > 0 && point <= 0x10_ff_ff ? String.fromCodePoint(point) : ''
    },
  )
}
