import {
  answerPatientRequest,
  checkRequestIdentity,
  getPatientRequest,
  listPatientRequests,
  receivePatientRequest,
  refusePatientRequest,
  requestClosed,
  requestIdentityUnchecked,
  type PatientRequest,
} from '#contract/patients'
import { uuidv7 } from '#platform/server/ids.ts'
import {
  found,
  handleInTenant,
  refuse,
  WrongField,
  type TenantContext,
  type TenantHandler,
} from '#platform/server/requests.ts'
import { dueOn } from './deadline.ts'
import { practiceNow } from './practice-day.ts'
import { heldPatient } from './queries.ts'
import {
  changeRequest,
  heldRequest,
  insertRequest,
  requestCounts,
  requestRow,
  requestRows,
  type RequestRow,
} from './request-queries.ts'

/** What patients ask about their data, from the day it came in to what was done about it. */
export const requests: readonly TenantHandler[] = [
  handleInTenant(listPatientRequests, async ({ db, clock }, { query }) => {
    const { today } = await practiceNow(db, clock)
    return {
      rows: (await requestRows(db, query, today)).map(shown),
      counts: await requestCounts(db, today),
    }
  }),

  handleInTenant(getPatientRequest, async (ctx, { params: { id } }) => {
    const request = await shownRequest(ctx, id)
    ctx.record({ object: 'patient_request', id })
    return request
  }),

  handleInTenant(
    receivePatientRequest,
    ({ clock }) => ({ id: uuidv7(clock.now().getTime()) }),
    async (ctx, { body: { patientId, kind, receivedOn, note } }, { id }) => {
      const patient = await heldPatient(ctx.db, patientId)
      if (!patient || patient.erasedAt) throw new WrongField('body', 'patientId', 'request_patient_unknown')
      const { today } = await practiceNow(ctx.db, ctx.clock)
      if (receivedOn > today) throw new WrongField('body', 'receivedOn', 'date_in_future')
      const due = dueOn(receivedOn)
      const { memberId: createdBy } = ctx.member
      const createdAt = ctx.clock.now()
      await insertRequest(ctx.db, { id, patientId, kind, receivedOn, dueOn: due, note, createdBy, createdAt })
      ctx.record({ after: { patientId, kind, receivedOn, dueOn: due } })
      return shownRequest(ctx, id)
    },
  ),

  handleInTenant(checkRequestIdentity, async (ctx, { params: { id } }) => {
    const { identityCheckedAt } = await openRequest(ctx.db, id)
    await changeRequest(ctx.db, id, { identityCheckedAt: identityCheckedAt ?? ctx.clock.now() })
    ctx.record({})
    return shownRequest(ctx, id)
  }),

  handleInTenant(answerPatientRequest, async (ctx, { params: { id }, body: { answer } }) => {
    const { identityCheckedAt } = await openRequest(ctx.db, id)
    if (!identityCheckedAt) throw refuse(requestIdentityUnchecked)
    return end(ctx, id, 'answered', answer)
  }),

  handleInTenant(refusePatientRequest, async (ctx, { params: { id }, body: { answer } }) => {
    await openRequest(ctx.db, id)
    return end(ctx, id, 'refused', answer)
  }),
]

async function end(ctx: TenantContext, id: string, state: 'answered' | 'refused', answer: string) {
  await changeRequest(ctx.db, id, {
    state,
    answer,
    answeredAt: ctx.clock.now(),
    answeredBy: ctx.member.memberId,
  })
  ctx.record({ before: { state: 'open' }, after: { state } })
  return shownRequest(ctx, id)
}

/** @throws NotFound, Refused(`requestClosed`) */
export async function openRequest(db: TenantContext['db'], id: string) {
  const request = found(await heldRequest(db, id))
  if (request.state !== 'open') throw refuse(requestClosed)
  return request
}

async function shownRequest({ db, clock }: TenantContext, id: string): Promise<PatientRequest> {
  return shown(found(await requestRow(db, id, (await practiceNow(db, clock)).today)))
}

function shown({ patientId, patientName, erased, ...row }: RequestRow): PatientRequest {
  return {
    ...row,
    patient: { id: patientId, name: patientName, erased },
    identityCheckedAt: row.identityCheckedAt?.toISOString() ?? null,
    answeredAt: row.answeredAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }
}
