/** CAMT.053, the bank's statement in ISO 20022. */
import { maxBankTransactions } from '#contract/billing'
import { listAt, nodeAt, parsed, textAt, unescaped, type Node } from './iso20022.ts'
import { NoStatement, tidy, type StatementLine } from './statement.ts'

export const looksLikeXml = (text: string): boolean => /^\uFEFF?\s*<(\?xml|\w+:?Document|Document)/.test(text)

export function readCamt(text: string): { lines: StatementLine[]; accounts: string[] } {
  const document = parsed(text)
  const statements = listAt(document, 'Document', 'BkToCstmrStmt', 'Stmt')
  if (statements.length === 0) throw new NoStatement('unreadable')
  const lines: StatementLine[] = []
  const accounts = new Set<string>()
  for (const statement of statements) {
    const account = textAt(statement, 'Acct', 'Id', 'IBAN') || textAt(statement, 'Acct', 'Id', 'Othr', 'Id')
    if (account !== '') accounts.add(account)
    for (const entry of listAt(statement, 'Ntry')) {
      // Only what is booked: what is pending may never be.
      const status = textAt(entry, 'Sts') || textAt(entry, 'Sts', 'Cd')
      if (status !== 'BOOK') continue
      lines.push(...linesOf(entry, account))
      if (lines.length > maxBankTransactions) throw new NoStatement('too_long')
    }
  }
  return { lines, accounts: [...accounts] }
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
      account,
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
