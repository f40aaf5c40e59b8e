import {
  allocateCreditNote,
  allocatePayment,
  recordPaymentByHand,
  refundClient,
  reversePayment,
} from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import { found, handle, NotFound, WrongField, type Context, type Handler } from '#platform/server/requests.ts'
import { within } from '../within.ts'
import { allocate, allocateCredit } from './allocating.ts'
import { clientSeen } from './listing-queries.ts'
import { payable } from './queries.ts'
import { recordPayment } from './recording.ts'
import { accountShown, paymentById, paymentShowing } from './showing.ts'
import { refund, takeBack } from './taking-back.ts'

function notToCome(ctx: Pick<Context, 'clock'>, field: string, day: string): void {
  if (day > dayOf(ctx.clock.now())) throw new WrongField('body', field, 'day_in_future')
}

/** @throws NotFound where a document is nobody's that they may see: not even a refusal says that it is there */
async function mustSeeDocument(ctx: Pick<Context, 'db' | 'actor'>, id: string): Promise<void> {
  const { clientId } = found(await payable(ctx.db, id))
  if (!(await clientSeen(ctx.db, clientId, within(ctx.actor, 'invoices.read')))) throw new NotFound()
}

export const paymentHandlers: readonly Handler[] = [
  ...paymentShowing,

  handle(recordPaymentByHand, async (ctx, { body }) => {
    notToCome(ctx, 'receivedOn', body.receivedOn)
    if (!(await clientSeen(ctx.db, body.clientId, within(ctx.actor, 'invoices.read'))))
      throw new WrongField('body', 'clientId', 'client_unknown')
    const id = await recordPayment(ctx.db, {
      ...body,
      source: 'hand',
      byStaffId: ctx.actor.staffId,
      today: dayOf(ctx.clock.now()),
    })
    ctx.record({ object: 'payment', id, after: body })
    return paymentById(ctx, id)
  }),

  handle(allocatePayment, async (ctx, { params: { id }, body: { allocations } }) => {
    await paymentById(ctx, id)
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
    await paymentById(ctx, id)
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
    if ('paymentId' in body.from) await paymentById(ctx, body.from.paymentId)
    else await mustSeeDocument(ctx, body.from.creditNoteId)
    const id = await refund(ctx.db, {
      ...body,
      byStaffId: ctx.actor.staffId,
      today: dayOf(ctx.clock.now()),
    })
    ctx.record({ object: 'payment', id, after: body })
    return paymentById(ctx, id)
  }),

  handle(allocateCreditNote, async (ctx, { params: { id }, body: { allocations } }) => {
    await mustSeeDocument(ctx, id)
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
