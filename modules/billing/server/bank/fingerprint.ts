import { createHash } from 'node:crypto'
import type { AccountOf } from './accounts.ts'
import { plain } from './reading/columns.ts'
import type { StatementLine } from './reading/statement.ts'

export type Fingerprint = {
  print: string
  /** As it was made before the account was in it; one found so on a statement of the same account is the same line. */
  former: string
  ending: string
}

/**
 * What names each line for good, in their order: the bank's own name of it, or its account, its facts and its place among equal ones
 * of its day. A file that overlaps an earlier one brings whole days, so the second of two equal payments is the second in both.
 */
export function fingerprints(lines: readonly StatementLine[], accountOf: AccountOf): Fingerprint[] {
  const nth = counting()
  const formerNth = counting()
  return lines.map((line) => {
    const { account, ending } = accountOf(line.account)
    const facts = `${line.bookedOn}\n${line.amountCents}\n${plain(line.label)}\n${plain(line.counterparty)}`
    // The bank's name bears the account already.
    const former = line.bankName
      ? `bank\n${line.bankName}\n${line.bookedOn}\n${line.amountCents}`
      : `facts\n${facts}`
    const named = line.bankName || account === '' ? former : `account\n${account}\n${facts}`
    return { print: hashed(nth(named)), former: hashed(formerNth(former)), ending }
  })
}

const hashed = (text: string) => createHash('sha256').update(text).digest('hex')

function counting(): (named: string) => string {
  const times = new Map<string, number>()
  return (named) => {
    const time = (times.get(named) ?? 0) + 1
    times.set(named, time)
    return `${named}\n${time}`
  }
}
