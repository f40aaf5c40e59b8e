import {
  clientInTrash,
  clientNotInTrash,
  restoreClient,
  restoreClients,
  trashClient,
  trashClients,
} from '#contract/clients'
import { found, handle, refuse, type Context } from '#platform/server/requests.ts'
import { clientById, lockClient, putInTrash, takeFromTrash } from './queries.ts'
import { selected } from './selecting.ts'
import { within } from './within.ts'

const mine = (ctx: Pick<Context, 'actor'>) => within(ctx.actor, 'clients.trash')

export const trashing = [
  handle(trashClient, async (ctx, { params: { id } }) => {
    const client = found(await lockClient(ctx.db, id, mine(ctx)))
    if (client.trashedAt) throw refuse(clientInTrash)
    await putInTrash(ctx.db, client.held, { staffId: ctx.actor.staffId, now: ctx.clock.now() })
    ctx.record({ object: 'client', id })
    return found(await clientById(ctx.db, id, mine(ctx)))
  }),

  handle(restoreClient, async (ctx, { params: { id } }) => {
    const client = found(await lockClient(ctx.db, id, mine(ctx)))
    if (!client.trashedAt) throw refuse(clientNotInTrash)
    await takeFromTrash(ctx.db, client.held)
    ctx.record({ object: 'client', id })
    return found(await clientById(ctx.db, id, mine(ctx)))
  }),

  handle(trashClients, async (ctx, { body: { clients } }) => {
    const { held } = await selected(ctx, clients, mine(ctx), { trash: 'out' })
    const ids = await putInTrash(ctx.db, held, { staffId: ctx.actor.staffId, now: ctx.clock.now() })
    ctx.record({ object: 'client', after: { ids, filter: clients.filter } })
    return { ids }
  }),

  handle(restoreClients, async (ctx, { body: { clients } }) => {
    const { held } = await selected(ctx, clients, mine(ctx), { trash: 'in' })
    const ids = await takeFromTrash(ctx.db, held)
    ctx.record({ object: 'client', after: { ids, filter: clients.filter } })
    return { ids }
  }),
]
