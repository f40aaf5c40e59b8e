import { changeStatuses, clientStatuses, restoreStatuses } from '#contract/clients'
import { handle } from '#platform/server/requests.ts'
import { changeStatus, heldAmong, lockClients, putStatusBack } from './queries.ts'
import { selected } from './selecting.ts'
import { within } from './within.ts'

export const changingStatuses = [
  handle(changeStatuses, async (ctx, { body: { clients, status } }) => {
    const { held, asked } = await selected(ctx, clients, within(ctx.actor, 'clients.write'))
    const rows = await changeStatus(ctx.db, held, status, ctx.clock.now())
    const changed = clientStatuses
      .map((previous) => ({
        previous,
        ids: rows.filter((row) => row.previous === previous).map((row) => row.id),
      }))
      .filter((group) => group.ids.length > 0)
    ctx.record({
      object: 'client',
      before: { byStatus: changed },
      after: { ids: rows.map((row) => row.id), status, filter: clients.filter },
    })
    return { status, changed, unchanged: asked - rows.length }
  }),

  handle(restoreStatuses, async (ctx, { body: { status, changed } }) => {
    const asked = new Set(changed.flatMap((group) => group.ids))
    const held = await lockClients(ctx.db, [...asked], within(ctx.actor, 'clients.write'))
    const byStatus = []
    for (const { previous, ids } of changed) {
      const change = { from: status, to: previous }
      const restored = await putStatusBack(ctx.db, heldAmong(held, ids), change, ctx.clock.now())
      byStatus.push({ previous, ids: restored })
    }
    const restored = byStatus.flatMap((group) => group.ids)
    ctx.record({ object: 'client', before: { status }, after: { ids: restored, byStatus } })
    return { restored: restored.length, left: asked.size - restored.length }
  }),
]
