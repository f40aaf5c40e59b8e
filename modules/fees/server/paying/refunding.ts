import { refundExceedsPayment, refundOfRefund, refundPayment, undoPayment, undoTooLate } from '#contract/fees'
import { uuidv7 } from '#platform/server/ids.ts'
import {
  found,
  handleInTenant,
  refuse,
  type TenantContext,
  type TenantHandler,
} from '#platform/server/requests.ts'
import { holdPatient } from '../dues-queries.ts'
import { houseNow, type HouseNow } from '../house.ts'
import { moneyWords } from '../refusal-words.ts'
import { allocationsLeft, insertPayment, paymentRow, type PaymentRow } from './payment-queries.ts'
import { sameAgain } from './recording.ts'
import { takenBack } from './sharing-out.ts'
import { shownPayment } from './showing.ts'

export const refunding: readonly TenantHandler[] = [
  handleInTenant(
    refundPayment,
    (_ctx, { body }) => ({ id: body.requestId }),
    async (ctx, { params, body: { requestId, cents, method, reference } }) => {
      const house = await houseNow(ctx)
      const payment = await held(ctx, params.id, house)
      const before = await paymentRow(ctx.db, requestId, house)
      if (before) {
        ctx.record({ after: { repeated: true } })
        return shownPayment(sameAgain(before, { cents: -cents, refundOf: payment.id }))
      }
      if (payment.refundOf !== null) throw refuse(refundOfRefund)
      const leftCents = payment.cents - payment.refundedCents
      if (cents > leftCents)
        throw refuse(refundExceedsPayment, {
          details: { leftCents },
          values: { left: moneyWords(leftCents, ctx.request.language) },
        })
      await giveBack(ctx, payment, { id: requestId, cents, method, reference, on: house.today }, house)
      ctx.record({ after: { cents: -cents, method, refundOf: payment.id } })
      return shownPayment(found(await paymentRow(ctx.db, requestId, house)))
    },
  ),

  handleInTenant(undoPayment, async (ctx, { params }) => {
    const house = await houseNow(ctx)
    const payment = await held(ctx, params.id, house)
    const { state, canUndo } = shownPayment(payment)
    // The answer to the first click was lost: what was asked for stands.
    if (state === 'undone') ctx.record({ after: { repeated: true } })
    else if (!canUndo) throw refuse(undoTooLate)
    else {
      const { cents, method, reference, receivedOn: on } = payment
      const id = uuidv7(house.now.getTime())
      await giveBack(ctx, payment, { id, cents, method, reference, on }, house)
      ctx.record({ after: { cents: -cents, by: id } })
    }
    return shownPayment(found(await paymentRow(ctx.db, payment.id, house)))
  }),
]

/** The payment as it is while nobody else pays or gives back for its patient. */
async function held({ db }: TenantContext, id: string, house: HouseNow): Promise<PaymentRow> {
  const { patientId } = found(await paymentRow(db, id, house))
  await holdPatient(db, patientId)
  return found(await paymentRow(db, id, house))
}

type GoingBack = Pick<PaymentRow, 'id' | 'cents' | 'method' | 'reference'> & { on: string }

async function giveBack(
  { db, member }: TenantContext,
  { id: refundOf, patientId, practitionerId }: PaymentRow,
  { id, cents, method, reference, on: receivedOn }: GoingBack,
  { now }: HouseNow,
) {
  await insertPayment(
    db,
    {
      id,
      patientId,
      practitionerId,
      receivedOn,
      cents: -cents,
      method,
      reference,
      refundOf,
      recordedBy: member.memberId,
      recordedAt: now,
    },
    takenBack(cents, await allocationsLeft(db, refundOf)),
  )
}
