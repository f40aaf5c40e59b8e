import {
  allocateCreditNote,
  allocatePayment,
  recordPaymentByHand,
  refundClient,
  reversePayment,
} from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import { handle, WrongField, type Context, type Handler } from '#platform/server/requests.ts'
import { allocate, allocateCredit } from './allocating.ts'
import { clientIsThere } from './queries.ts'
import { recordPayment } from './recording.ts'
import { accountShown, paymentById, paymentShowing } from './showing.ts'
import { refund, takeBack } from './taking-back.ts'

function notToCome(ctx: Pick<Context, 'clock'>, field: string, day: string): void {
  if (day > dayOf(ctx.clock.now())) throw new WrongField('body', field, 'day_in_future')
}

export const paymentHandlers: readonly Handler[] = [
  ...paymentShowing,

  handle(recordPaymentByHand, async (ctx, { body }) => {
    notToCome(ctx, 'receivedOn', body.receivedOn)
    if (!(await clientIsThere(ctx.db, body.clientId)))
      throw new WrongField('body', 'clientId', 'client_unknown')
    const id = await recordPayment(ctx.db, { ...body, source: 'hand', byStaffId: ctx.actor.staffId })
    ctx.record({ object: 'payment', id, after: body })
    return paymentById(ctx, id)
  }),

  handle(allocatePayment, async (ctx, { params: { id }, body: { allocations } }) => {
    const on = dayOf(ctx.clock.now())
    const { before } = await allocate(ctx.db, {
      paymentId: id,
      allocations,
      on,
      byStaffId: ctx.actor.staffId,
    })
    ctx.record({ object: 'payment', id, before: { allocations: before }, after: { allocations } })
    return paymentById(ctx, id)
  }),

  handle(reversePayment, async (ctx, { params: { id }, body: { reason } }) => {
    const today = dayOf(ctx.clock.now())
    const reversal = await takeBack(ctx.db, {
      paymentId: id,
      why: 'mistake',
      on: today,
      today,
      reference: '',
      source: 'hand',
      byStaffId: ctx.actor.staffId,
    })
    ctx.record({ object: 'payment', id, after: { reversedBy: reversal }, reason })
    return paymentById(ctx, reversal)
  }),

  handle(refundClient, async (ctx, { body }) => {
    notToCome(ctx, 'sentOn', body.sentOn)
    const id = await refund(ctx.db, { ...body, byStaffId: ctx.actor.staffId })
    ctx.record({ object: 'payment', id, after: body })
    return paymentById(ctx, id)
  }),

  handle(allocateCreditNote, async (ctx, { params: { id }, body: { allocations } }) => {
    const on = dayOf(ctx.clock.now())
    const { clientId, before } = await allocateCredit(ctx.db, {
      creditNoteId: id,
      allocations,
      on,
      byStaffId: ctx.actor.staffId,
    })
    ctx.record({ object: 'invoice', id, before: { allocations: before }, after: { allocations } })
    return accountShown(ctx.db, clientId)
  }),
]
