import {
  erasureUnderWay,
  keptHours,
  nothingToErase,
  payloadsTooYoung,
  requestErasure,
  youngestMonths,
  type ErasureScope,
} from '#contract/audit'
import type { CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { found, handle, refuse } from '#platform/server/requests.ts'
import { namedFor } from '../searching/names.ts'
import { bindingOf } from './binding.ts'
import { asErasure } from './listing.ts'
import { latestByAge, latestOfAll } from './limits.ts'
import type { Meant } from './meant.ts'
import { erasureById, insertErasure, isSomethingToErase, openErasure, type Request } from './queries.ts'

export const asking = handle(requestErasure, async (ctx, { body: { reason, ...scope } }) => {
  const now = ctx.clock.now()
  const meant = meantBy(scope, now)
  const id = uuidv7(now.getTime())
  const entryId = uuidv7(now.getTime())
  const asked = { ...meant, id, reason, requestedBy: ctx.actor.staffId }
  await writeRequest(ctx.db, { ...asked, entryId })
  ctx.record({ entryId, object: 'audit_payloads', id, reason, ticket: bindingOf(asked), after: meant })
  return asErasure(found(await erasureById(ctx.db, namedFor(ctx.actor), id)))
})

/** @throws {Refused} nothing falls under it, or the same waits already */
export async function writeRequest(db: CentralDb, request: Request): Promise<void> {
  if (!(await isSomethingToErase(db, request))) throw refuse(nothingToErase, { values: { hours: keptHours } })
  if (!(await insertErasure(db, request)))
    throw refuse(erasureUnderWay, { details: await openErasure(db, request) })
}

/**
 * What is erased: never anything of the last day, so that what was shown in the preview is what goes.
 * @throws {Refused} by age, younger than may be
 */
export function meantBy({ before, ...scope }: ErasureScope, now: Date): Meant & { before: Date } {
  const asked = before === undefined ? undefined : new Date(before)
  const latest = scope.kind === 'age' ? latestByAge(now) : latestOfAll(now)
  if (scope.kind === 'age' && asked && asked > latest)
    throw refuse(payloadsTooYoung, { details: { before: latest }, values: { months: youngestMonths } })
  return { ...scope, before: asked && asked < latest ? asked : latest }
}
