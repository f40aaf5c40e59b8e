/** Why an accepted quote is not invoiced, from wherever that is asked. */
import { refusal } from '#platform/contract/refusal.ts'

/** An invoice was begun of it, `details.invoiceId`. */
export const quoteInvoiced = refusal('quote_invoiced')
/** A deposit of it is still a draft, `details.invoiceId`: it is issued or discarded before the final invoice. */
export const quoteDepositOpen = refusal('quote_deposit_open')
