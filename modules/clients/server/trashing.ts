import {
  clientInTrash,
  clientNotInTrash,
  restoreClient,
  restoreClients,
  trashClient,
  trashClients,
} from '#contract/clients'
import { found, handle, refuse } from '#platform/server/requests.ts'
import { clientById, lockClient, putInTrash, takeFromTrash } from './queries.ts'
import { selected } from './selecting.ts'

export const trashing = [
  handle(trashClient, async (ctx, { params: { id } }) => {
    if (found(await lockClient(ctx.db, id)).trashedAt) throw refuse(clientInTrash)
    await putInTrash(ctx.db, [id], { staffId: ctx.actor.staffId, now: ctx.clock.now() })
    ctx.record({ object: 'client', id })
    return found(await clientById(ctx.db, id))
  }),

  handle(restoreClient, async (ctx, { params: { id } }) => {
    if (!found(await lockClient(ctx.db, id)).trashedAt) throw refuse(clientNotInTrash)
    await takeFromTrash(ctx.db, [id])
    ctx.record({ object: 'client', id })
    return found(await clientById(ctx.db, id))
  }),

  handle(trashClients, async (ctx, { body: { clients } }) => {
    const chosen = await selected(ctx, clients, { trash: 'out' })
    const ids = await putInTrash(ctx.db, chosen, { staffId: ctx.actor.staffId, now: ctx.clock.now() })
    ctx.record({ object: 'client', after: { ids, filter: clients.filter } })
    return { ids }
  }),

  handle(restoreClients, async (ctx, { body: { clients } }) => {
    const ids = await takeFromTrash(ctx.db, await selected(ctx, clients, { trash: 'in' }))
    ctx.record({ object: 'client', after: { ids, filter: clients.filter } })
    return { ids }
  }),
]
