import { exportJobKind, startClientExport } from '#contract/clients'
import { originOf } from '#server/audit'
import { dayOf } from '#platform/server/clock.ts'
import type { Jobs } from '#platform/server/jobs.ts'
import { handle, type Handler } from '#platform/server/requests.ts'
import { sortOf } from '../listing/order.ts'
import type { ExportOrder } from './export-job.ts'

export function exporting({ jobs }: { jobs: () => Jobs }): Handler {
  return handle(startClientExport, async (ctx, { body: { format, filter, sort: wished } }) => {
    const sort = sortOf(filter, wished)
    const { staffId, name: actorName } = ctx.actor
    const order: ExportOrder = {
      format,
      filter,
      sort,
      today: dayOf(ctx.clock.now()),
      actorName,
      language: ctx.request.language,
      origin: originOf(ctx.request),
    }
    const jobId = await jobs().start(ctx.db, { kind: exportJobKind, staffId, input: order })
    ctx.record({ object: 'client_export', id: jobId, after: { format, filter, sort } })
    return { jobId }
  })
}
