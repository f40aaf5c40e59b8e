import { clientEmailTaken, createClient, type EmailTakenDetails } from '#contract/clients'
import type { Within } from '#server/access'
import type { Tables } from '#platform/server/db.ts'
import { handle, refuse, type Refused } from '#platform/server/requests.ts'
import { checkAccountManager, nameOfManager } from './account-managers.ts'
import { outsideLimits, withOwnManager } from './leaving-limits.ts'
import { clientById, holderOfEmail, insertClient } from './queries.ts'
import { within } from './within.ts'

export const creating = handle(createClient, async (ctx, { body }) => {
  const mine = within(ctx.actor, 'clients.write')
  const client = withOwnManager(body, mine)
  await checkAccountManager(ctx.db, client.accountManagerId)
  const id = await insertClient(ctx.db, client, ctx.clock.now())
  if (!id) throw await emailTaken(ctx.db, client.email, mine)
  ctx.record({ object: 'client', id, after: { ...client, ...(await nameOfManager(ctx.db, client)) } })
  const created = await clientById(ctx.db, id, mine)
  if (!created) throw outsideLimits(mine, body)
  return created
})

/**
 * The refusal that names who has the address: a client in the trash still has it, so that it can come back. Of a client
 * outside one's limits nothing is said but that the address is taken.
 */
export async function emailTaken(
  db: Tables<'clients' | 'subscriptions'>,
  email: string,
  mine: Within,
): Promise<Refused> {
  const details: EmailTakenDetails | undefined = await holderOfEmail(db, email, mine)
  const place = !details ? 'outside' : details.inTrash ? 'trash' : 'list'
  return refuse(clientEmailTaken, { details, values: { place } })
}
