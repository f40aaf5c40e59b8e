import { createHash } from 'node:crypto'
import { plain } from './reading/columns.ts'
import type { StatementLine } from './reading/statement.ts'

/**
 * What names each line for good, in their order: the bank's own name of it, or its facts and its place among equal ones of its
 * day. A file that overlaps an earlier one brings whole days, so the second of two equal payments is the second in both.
 */
export function fingerprints(lines: readonly StatementLine[]): string[] {
  const times = new Map<string, number>()
  return lines.map((line) => {
    const named = line.bankName
      ? `bank\n${line.bankName}\n${line.bookedOn}\n${line.amountCents}`
      : `facts\n${line.bookedOn}\n${line.amountCents}\n${plain(line.label)}\n${plain(line.counterparty)}`
    const time = (times.get(named) ?? 0) + 1
    times.set(named, time)
    return createHash('sha256').update(`${named}\n${time}`).digest('hex')
  })
}
