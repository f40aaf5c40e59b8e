import type { Limitable as LimitableOfInvoices } from '#contract/billing'
import type { Limitable } from '#contract/clients'
import { limitsOf, type Reaching, type Within } from '#server/access'

/** Within what clients somebody holds a permission: what every question about clients is asked with. */
export function within(actor: Reaching, permission: Limitable | LimitableOfInvoices): Within {
  return limitsOf(actor, permission)
}
