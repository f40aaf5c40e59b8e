import { changeStatuses, clientStatuses, restoreStatuses } from '#contract/clients'
import { handle } from '#platform/server/requests.ts'
import { changeStatus, lockClients, putStatusBack } from './queries.ts'
import { selected } from './selecting.ts'

export const changingStatuses = [
  handle(changeStatuses, async (ctx, { body: { clients, status } }) => {
    const ids = await selected(ctx, clients)
    const rows = await changeStatus(ctx.db, ids, status, ctx.clock.now())
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
    return { status, changed, unchanged: ids.length - rows.length }
  }),

  handle(restoreStatuses, async (ctx, { body: { status, changed } }) => {
    const asked = changed.flatMap((group) => group.ids)
    await lockClients(ctx.db, asked)
    const byStatus = []
    for (const { previous, ids } of changed) {
      const restored = await putStatusBack(ctx.db, ids, { from: status, to: previous }, ctx.clock.now())
      byStatus.push({ previous, ids: restored })
    }
    const restored = byStatus.flatMap((group) => group.ids)
    ctx.record({ object: 'client', before: { status }, after: { ids: restored, byStatus } })
    return { restored: restored.length, left: new Set(asked).size - restored.length }
  }),
]
