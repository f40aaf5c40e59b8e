/** What a limited person may not do to a client: let it stand outside their limits. */
import { clientOutsideLimits } from '#contract/clients'
import { isLimitedTo, type Within } from '#server/access'
import { refuse, WrongField, type Refused } from '#platform/server/requests.ts'

type Placed = { department?: string | null | undefined; accountManagerId?: string | null | undefined }

/** A new client of somebody limited to their own is theirs, unless they say whose it is. */
export function withOwnManager<Client extends Placed>(client: Client, mine: Within): Client {
  if (!isLimitedTo(mine, 'own') || client.accountManagerId) return client
  return { ...client, accountManagerId: mine.staffId }
}

/**
 * What is answered when a client would stand outside: the field that leads there, of those that were given.
 * @param given what was asked for
 */
export function outsideLimits(mine: Within, given: Placed): WrongField | Refused {
  if (isLimitedTo(mine, 'own') && given.accountManagerId !== undefined)
    return new WrongField('body', 'accountManagerId', 'account_manager_outside_limits')
  if (isLimitedTo(mine, 'department'))
    return new WrongField('body', 'department', 'department_outside_limits')
  return refuse(clientOutsideLimits)
}
