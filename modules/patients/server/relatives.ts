import {
  addRelative,
  patientErased,
  relativeConsents,
  relativesMost,
  removeRelative,
  tooManyRelatives,
  updateRelative,
} from '#contract/patients'
import { uuidv7 } from '#platform/server/ids.ts'
import {
  found,
  handleInTenant,
  refuse,
  type TenantContext,
  type TenantHandler,
} from '#platform/server/requests.ts'
import { changeRelative, consentsOf, deleteRelative, insertRelative, relativesOf } from './around-queries.ts'
import { heldPatient } from './queries.ts'

/** Who stands beside a patient. The patient is held meanwhile: an erasure is whole, or has not begun. */
export const relatives: readonly TenantHandler[] = [
  handleInTenant(addRelative, async (ctx, { params: { id: patientId }, body }) => {
    await untouched(ctx, patientId)
    if ((await relativesOf(ctx.db, patientId)).length >= relativesMost)
      throw refuse(tooManyRelatives, { values: { most: relativesMost } })
    const id = uuidv7(ctx.clock.now().getTime())
    const relative = await insertRelative(ctx.db, { ...body, id, patientId, createdAt: ctx.clock.now() })
    ctx.record({ after: { relativeId: id, role: body.role } })
    return relative
  }),

  handleInTenant(updateRelative, async (ctx, { params: { id: patientId, relativeId: id }, body }) => {
    await untouched(ctx, patientId)
    const relative = found(await changeRelative(ctx.db, { id, patientId }, body))
    ctx.record({ after: { relativeId: id, role: body.role } })
    return relative
  }),

  handleInTenant(removeRelative, async (ctx, { params: { id: patientId, relativeId: id } }) => {
    await untouched(ctx, patientId)
    // What was withdrawn is proof too: that it stood until then.
    if ((await consentsOf(ctx.db, patientId)).some(({ relativeId }) => relativeId === id))
      throw refuse(relativeConsents)
    if (!(await deleteRelative(ctx.db, { id, patientId }))) found(null)
    ctx.record({ after: { relativeId: id } })
    return undefined
  }),
]

export async function untouched(ctx: TenantContext, patientId: string): Promise<void> {
  if (found(await heldPatient(ctx.db, patientId)).erasedAt) throw refuse(patientErased)
}
