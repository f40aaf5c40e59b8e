import type { BankColumn, BankLayout } from '#contract/billing'

/** One line of a statement, as far as it says. */
export type StatementLine = {
  /** Of which account it is, as the file says it; '': it does not. */
  account: string
  bookedOn: string
  amountCents: number
  label: string
  /** End-to-end id, creditor's reference, or the bank's own name of it. */
  reference: string
  counterparty: string
  /** Of the other side's account, its last four signs. */
  counterpartyEnding: string
  /** The bank's own name of it, with its account: the same whenever it is told again. */
  bankName: string | null
  /** Of a direct debit that came back: ISO 20022 reason. */
  returnCode: string | null
}

export type UnreadableLine = { line: number; code: 'date' | 'amount' | 'empty' }

export type Understood = {
  format: 'camt.053' | 'csv'
  encoding: string
  separator: string
  headings: string[]
  layout: BankLayout
  missing: BankColumn[]
  lines: StatementLine[]
  /** Whose statement it is, as far as it says. */
  accounts: string[]
  unreadable: UnreadableLine[]
  /** Counted, where only the first are named. */
  unreadableCount: number
}

/** Whatever is no statement: the file is refused as a whole. */
export class NoStatement extends Error {
  readonly why: 'unreadable' | 'too_long'
  constructor(why: 'unreadable' | 'too_long') {
    super(why)
    this.why = why
  }
}

/** One line without control characters, as the database keeps it. */
export const tidy = (text: string, max: number): string =>
  text
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .trim()
    .slice(0, max)
    .replace(/[\uD800-\uDBFF]$/, '')
