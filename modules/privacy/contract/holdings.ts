import { z } from 'zod'
import { Day } from '#platform/contract/ids.ts'

/** What the vendor holds of a client, by kind of data. */
export const holdingKinds = [
  'identity',
  'contact',
  'professional_numbers',
  'internal_note',
  'subscription_running',
  'subscriptions_ended',
  'invoice_drafts',
  'invoices',
  'payments',
  'tickets',
  'ticket_messages',
  'mails',
  'audit_payloads',
  'audit_leaves',
] as const
export type HoldingKind = (typeof holdingKinds)[number]

/**
 * What may become of it: `erasable` now; `kept` by law until a day; `needed` as long as the contract runs; `impersonal`:
 * nothing in it tells who somebody is.
 */
export const fates = ['erasable', 'kept', 'needed', 'impersonal'] as const

export const Holding = z.object({
  kind: z.enum(holdingKinds),
  /** How many fields, documents or entries. */
  count: z.int(),
  fate: z.enum(fates),
  /** The last day it must be kept; null where no law says one. */
  until: Day.nullable(),
})
export type Holding = z.infer<typeof Holding>
