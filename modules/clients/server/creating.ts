import { clientEmailTaken, createClient, type EmailTakenDetails } from '#contract/clients'
import type { Tables } from '#platform/server/db.ts'
import { found, handle, refuse, type Refused } from '#platform/server/requests.ts'
import { clientById, holderOfEmail, insertClient } from './queries.ts'

export const creating = handle(createClient, async (ctx, { body }) => {
  const id = await insertClient(ctx.db, body, ctx.clock.now())
  if (!id) throw await emailTaken(ctx.db, body.email)
  ctx.record({ object: 'client', id, after: body })
  return found(await clientById(ctx.db, id))
})

/** The refusal that names who has the address: a client in the trash still has it, so that it can come back. */
export async function emailTaken(db: Tables<'clients' | 'subscriptions'>, email: string): Promise<Refused> {
  const details: EmailTakenDetails | undefined = await holderOfEmail(db, email)
  return refuse(clientEmailTaken, { details, values: { place: details?.inTrash ? 'trash' : 'list' } })
}
