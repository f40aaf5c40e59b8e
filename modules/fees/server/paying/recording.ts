import {
  alreadyPaid,
  paymentExceedsDues,
  recordPayment,
  requestReused,
  severalPractitioners,
  type DueRef,
} from '#contract/fees'
import {
  found,
  handleInTenant,
  refuse,
  WrongField,
  type TenantContext,
  type TenantHandler,
} from '#platform/server/requests.ts'
import { isHere } from '#server/patients'
import type { Language } from '#platform/server/sentences.ts'
import { duePage, duesNamed, holdDues, holdPatient, type DueRow } from '../dues-queries.ts'
import { houseNow, type HouseNow } from '../house.ts'
import { instantWords, moneyWords } from '../refusal-words.ts'
import { insertPayment, lastPaymentOf, paymentRow, type PaymentRow } from './payment-queries.ts'
import { sharedOut } from './sharing-out.ts'
import { shownPayment } from './showing.ts'

/** More lines than anybody owes: who owes more pays the oldest first. */
const mostDues = 500

export const recording: TenantHandler = handleInTenant(
  recordPayment,
  (_ctx, { body }) => ({ id: body.requestId }),
  async (ctx, { body }, { id }) => {
    const { patientId, cents, method, receivedOn, reference } = body
    const house = await houseNow(ctx)
    // From here on whoever pays for the same patient waits, and then sees what was paid.
    if (!(await holdPatient(ctx.db, patientId))) throw new WrongField('body', 'patientId', 'patient_unknown')
    const before = await paymentRow(ctx.db, id, house)
    if (before) {
      ctx.record({ after: { repeated: true } })
      return shownPayment(sameAgain(before, { patientId, cents, refundOf: null }))
    }
    // What was paid goes back whoever it was; nothing more comes in of somebody who is erased.
    if (!(await isHere(ctx.db, patientId))) throw new WrongField('body', 'patientId', 'patient_unknown')
    if (receivedOn > house.today) throw new WrongField('body', 'receivedOn', 'date_in_future')

    const dues = await duesToPay(ctx, patientId, body.dues, house)
    const left = dues.map((due) => ({ kind: due.kind, id: due.id, leftCents: due.dueCents - due.paidCents }))
    const leftCents = left.reduce((sum, one) => sum + Math.max(0, one.leftCents), 0)
    if (leftCents === 0) await refusePaid(ctx, patientId, body.dues, house)
    if (cents > leftCents) throw tooMuch(leftCents, ctx.request.language)
    const [practitionerId, ...others] = new Set(dues.map((due) => due.practitionerId))
    if (practitionerId === undefined || others.length > 0) throw refuse(severalPractitioners)

    const { memberId: recordedBy } = ctx.member
    await insertPayment(
      ctx.db,
      {
        id,
        patientId,
        practitionerId,
        receivedOn,
        cents,
        method,
        reference,
        refundOf: null,
        recordedBy,
        recordedAt: house.now,
      },
      sharedOut(cents, left),
    )
    ctx.record({ after: { cents, method, receivedOn, dues: left.map((due) => due.id) } })
    return shownPayment(found(await paymentRow(ctx.db, id, house)))
  },
)

/** In the order they were named; unless any was, what is to be collected, the oldest first. What they cost stays as it is. */
async function duesToPay(
  { db }: TenantContext,
  patientId: string,
  named: readonly DueRef[] | undefined,
  house: HouseNow,
): Promise<DueRow[]> {
  const refs =
    named ?? (await duePage(db, { patient: patientId, state: 'owed' }, house, { limit: mostDues })).rows
  await holdDues(db, refs)
  const dues = await duesNamed(db, refs, house)
  if (dues.some((due) => due.patientId !== patientId)) throw new WrongField('body', 'dues', 'due_unknown')
  return named
    ? named.flatMap((ref) => dues.find(({ kind, id }) => kind === ref.kind && id === ref.id) ?? [])
    : dues
}

/** The first time's answer, if it is the same that is asked; a name used twice for two things is somebody's mistake. */
export function sameAgain(
  before: PaymentRow,
  asked: { patientId?: string; cents: number; refundOf: string | null },
): PaymentRow {
  const same =
    before.cents === asked.cents &&
    before.refundOf === asked.refundOf &&
    (asked.patientId === undefined || asked.patientId === before.patientId)
  if (!same) throw refuse(requestReused)
  return before
}

/** @throws Refused where something was paid of them: who was faster, and when */
async function refusePaid(
  { db, request }: TenantContext,
  patientId: string,
  refs: readonly DueRef[] | undefined,
  { timeZone }: HouseNow,
) {
  const last = await lastPaymentOf(db, patientId, refs)
  if (!last) return
  const { at, by } = last
  throw refuse(alreadyPaid, {
    details: { by, at: at.toISOString() },
    values: { by: by ?? '', at: instantWords(at, request.language, timeZone) },
  })
}

const tooMuch = (leftCents: number, language: Language) =>
  refuse(paymentExceedsDues, { details: { leftCents }, values: { left: moneyWords(leftCents, language) } })
