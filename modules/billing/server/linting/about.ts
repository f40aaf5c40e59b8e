import type { Left } from '../drafts/rates-left.ts'
import type { Taking } from '../issuing/deposits-taken.ts'

/** What a document cannot tell of itself. Amounts are positive, as in the content. */
export type About = {
  /** In Paris. */
  today: string
  /** Of its series; null: it is the first. */
  lastIssuedOn: string | null
  /** The last day of the last month that was closed in the accounts. */
  closedUntil: string | null
  /** Null: nobody said anything of VAT by that day. */
  vatRegime: 'normal' | 'franchise' | 'exempt_care' | null
  /** VAT is due when the document is issued, by option. */
  onDebits: boolean
  /** What is left of what a credit note or a corrective invoice cites. */
  original: Left | null
  /** Deposits that its lines take off, or give back. */
  takings: readonly Pick<Taking, 'line' | 'deposit' | 'exclCents' | 'leftCents'>[]
}
