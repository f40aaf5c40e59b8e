import type { Limitable } from '#contract/billing'
import { limitsOf, type Reaching, type Within } from '#server/access'

/** Within whose invoices somebody holds a permission: an invoice lies where its client does. */
export function within(actor: Reaching, permission: Limitable): Within {
  return limitsOf(actor, permission)
}
