import {
  erasePatient,
  erasureAppointmentsAhead,
  erasureNameWrong,
  patientErased,
  previewErasure,
  requestIdentityUnchecked,
} from '#contract/patients'
import {
  found,
  handleInTenant,
  refuse,
  type TenantContext,
  type TenantHandler,
} from '#platform/server/requests.ts'
import { appointmentsAhead, erase, heldOf, isName, nameOf, told } from './erasing-queries.ts'
import { heldPatient, patientState } from './queries.ts'
import { changeRequest } from './request-queries.ts'
import { openRequest } from './requests.ts'

/** Erasing a patient, in one transaction: seen before, and proved after by figures that name nobody. */
export const erasing: readonly TenantHandler[] = [
  handleInTenant(previewErasure, async ({ db, clock, member }, { params: { id } }) => {
    if (found(await patientState(db, id)).erasedAt) throw refuse(patientErased)
    return {
      name: found(await nameOf(db, id)),
      ...(await heldOf(db, [id], member)),
      ahead: await appointmentsAhead(db, id, clock.now()),
    }
  }),

  handleInTenant(erasePatient, async (ctx, { params: { id }, body: { typedName, requestId } }) => {
    const { db, clock } = ctx
    if (found(await heldPatient(db, id)).erasedAt) throw refuse(patientErased)
    if (!(await isName(db, id, typedName.trim()))) throw refuse(erasureNameWrong)
    if ((await appointmentsAhead(db, id, clock.now())) > 0) throw refuse(erasureAppointmentsAhead)
    const request = requestId === null ? null : await askedBy(ctx, requestId, id)
    const counts = await heldOf(db, [id], ctx.member)
    await erase(db, [id], clock.now())
    if (request)
      await changeRequest(db, request.id, {
        state: 'answered',
        answeredAt: clock.now(),
        answeredBy: ctx.member.memberId,
        proof: JSON.stringify({ ...told(counts).erased, ...counts.kept }),
      })
    ctx.record({ after: { ...told(counts), requestId } })
    return counts
  }),
]

/** The open request of this very patient, whose identity was checked. */
async function askedBy(ctx: TenantContext, requestId: string, patientId: string) {
  const request = await openRequest(ctx.db, requestId)
  if (request.patientId !== patientId) return found(null)
  if (!request.identityCheckedAt) throw refuse(requestIdentityUnchecked)
  return request
}
