import type { Limitable as LimitableOfInvoices } from '#contract/billing'
import type { Limitable } from '#contract/clients'
import { limitsOf, type Within } from '#server/access'
import type { Actor } from '#platform/server/requests.ts'

/** Within what clients somebody holds a permission: what every question about clients is asked with. */
export function within(
  actor: Pick<Actor, 'limits' | 'staffId'>,
  permission: Limitable | LimitableOfInvoices,
): Within {
  return limitsOf(actor, permission)
}
