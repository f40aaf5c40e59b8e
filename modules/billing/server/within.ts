import type { Limitable } from '#contract/billing'
import { limitsOf, type Within } from '#server/access'
import type { Actor } from '#platform/server/requests.ts'

/** Within whose invoices somebody holds a permission: an invoice lies where its client does. */
export function within(actor: Pick<Actor, 'limits' | 'staffId'>, permission: Limitable): Within {
  return limitsOf(actor, permission)
}
