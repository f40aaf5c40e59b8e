/** What a provider's call changes here: once, however often it is said. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { largestPaymentCents } from '#contract/billing'
import type { CentralDb } from '#platform/server/db.ts'
import { lockMoneyOf } from '../payments/lock.ts'
import { payable, paymentRow } from '../payments/queries.ts'
import { recordPayment } from '../payments/recording.ts'
import { leftToTakeBack, takeBack } from '../payments/taking-back.ts'
import type { CardEvent } from './provider.ts'
import { checkoutNamed, endCheckout, hearOnce, type CheckoutRow } from './queries.ts'

const Told = z.object({
  type: z.enum(['checkout.paid', 'checkout.failed', 'checkout.expired', 'checkout.refunded']),
  // Another currency's cents would be booked as ours.
  data: z.object({
    checkout: z.string().max(200),
    amountCents: z.int().min(0).max(largestPaymentCents),
    currency: z.literal('EUR'),
  }),
})

/** @returns undefined where it says nothing we understand */
export function understood(body: Uint8Array): CardEvent | undefined {
  try {
    const { type, data } = Told.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)))
    return { type, checkout: data.checkout, amountCents: data.amountCents }
  } catch {
    return undefined
  }
}

export type Heard = { outcome: 'done' | 'known' | 'ignored'; checkoutId?: string }

type Moment = { today: string; now: Date }

export async function hear(
  db: CentralDb,
  call: { provider: string; eventId: string; body: Uint8Array; event: CardEvent },
  at: Moment,
): Promise<Heard> {
  const { event, provider } = call
  const sha256 = createHash('sha256').update(call.body).digest()
  if (!(await hearOnce(db, { provider, eventId: call.eventId, kind: event.type, sha256, outcome: 'heard' })))
    return { outcome: 'known' }
  const checkout = await checkoutNamed(db, provider, event.checkout)
  if (!checkout) return { outcome: 'ignored' }
  return { outcome: await changedBy(event, { db, checkout, at }), checkoutId: checkout.id }
}

type About = { db: CentralDb; checkout: CheckoutRow; at: Moment }

/** Calls come in any order: a page that expired may have been paid a moment before, and what is sent back was paid. */
async function changedBy(event: CardEvent, about: About): Promise<Heard['outcome']> {
  const { db, checkout, at } = about
  const isPaid = checkout.paymentId !== null
  if (event.amountCents === 0 && isAboutMoney(event)) return 'ignored'
  switch (event.type) {
    case 'checkout.refunded': {
      const paymentId = checkout.paymentId ?? (await pay(about, checkout.amountCents))
      return sendBack(about, paymentId, event.amountCents)
    }
    case 'checkout.paid':
      if (isPaid) return 'ignored'
      await pay(about, event.amountCents)
      return 'done'
    case 'checkout.failed':
    case 'checkout.expired':
      if (checkout.state !== 'open') return 'ignored'
      await endCheckout(db, checkout.id, {
        state: event.type === 'checkout.failed' ? 'failed' : 'expired',
        endedAt: at.now,
      })
      return 'done'
  }
}

const isAboutMoney = ({ type }: CardEvent) => type === 'checkout.paid' || type === 'checkout.refunded'

/** What its invoice owes no more is the client's credit: money is never left out. @returns the payment's id */
async function pay({ db, checkout, at }: About, amountCents: number): Promise<string> {
  await lockMoneyOf(db, checkout.clientId)
  const invoice = await payable(db, checkout.invoiceId)
  const owedCents = invoice ? Math.max(0, invoice.totalInclCents - invoice.paidCents) : 0
  const paidCents = Math.min(owedCents, amountCents)
  const paymentId = await recordPayment(db, {
    clientId: checkout.clientId,
    amountCents,
    receivedOn: at.today,
    method: 'card',
    reference: checkout.providerId.slice(0, 140),
    source: 'card',
    allocations: paidCents > 0 ? [{ invoiceId: checkout.invoiceId, amountCents: paidCents }] : [],
    byStaffId: null,
    today: at.today,
  })
  await endCheckout(db, checkout.id, { state: 'paid', endedAt: at.now, paymentId })
  return paymentId
}

/** @param toldCents all that went back by now; what a person wrote down of it already is not booked twice */
async function sendBack(
  { db, checkout, at }: About,
  paymentId: string,
  toldCents: number,
): Promise<Heard['outcome']> {
  await lockMoneyOf(db, checkout.clientId)
  const payment = await paymentRow(db, paymentId)
  if (!payment) return 'ignored'
  const leftCents = leftToTakeBack(payment, 'refund')
  const amountCents = Math.min(leftCents, toldCents + payment.sentBackCents)
  if (amountCents > 0)
    await takeBack(db, {
      paymentId,
      why: 'refund',
      amountCents,
      on: at.today,
      today: at.today,
      reference: checkout.providerId.slice(0, 140),
      source: 'card',
      byStaffId: null,
    })
  const isWhole = toldCents >= payment.amountCents
  if (isWhole && checkout.state !== 'refunded')
    await endCheckout(db, checkout.id, { state: 'refunded', endedAt: at.now })
  else if (amountCents <= 0) return 'ignored'
  return 'done'
}
