import {
  copyJobKind,
  copyNotAskedFor,
  identityNotChecked,
  prepareCopy,
  requestWithoutClient,
} from '#contract/privacy'
import { originOf } from '#server/audit'
import { dayOf } from '#platform/server/clock.ts'
import type { Jobs } from '#platform/server/jobs.ts'
import { handle, refuse, type Handler } from '#platform/server/requests.ts'
import { held, takeStep } from '../taking-steps.ts'
import type { CopyOrder } from './copy-job.ts'

export function copying({ jobs }: { jobs: () => Jobs }): Handler {
  return handle(prepareCopy, async (ctx, { params: { id } }) => {
    const request = await held(ctx, id)
    const { kind, clientId, number } = request
    if (kind !== 'access' && kind !== 'portability') throw refuse(copyNotAskedFor)
    if (clientId === null) throw refuse(requestWithoutClient)
    if (request.identityCheckedOn === null) throw refuse(identityNotChecked)
    const { staffId, name: actorName } = ctx.actor
    const order: CopyOrder = {
      requestId: id,
      number,
      kind,
      clientId,
      today: dayOf(ctx.clock.now()),
      actorName,
      language: ctx.request.language,
      origin: originOf(ctx.request),
    }
    const jobId = await jobs().start(ctx.db, { kind: copyJobKind, staffId, input: order, total: 1 })
    await takeStep(ctx, request, { kind: 'copy_requested' }, { after: { jobId } })
    return { jobId }
  })
}
