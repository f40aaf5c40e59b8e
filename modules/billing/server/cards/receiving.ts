/** What a provider's call changes here: once, however often it is said. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { CentralDb } from '#platform/server/db.ts'
import { lockMoneyOf } from '../payments/lock.ts'
import { payable, paymentRow } from '../payments/queries.ts'
import { recordPayment } from '../payments/recording.ts'
import { takeBack } from '../payments/taking-back.ts'
import type { CardEvent } from './provider.ts'
import { checkoutNamed, endCheckout, hearOnce } from './queries.ts'

const Told = z.object({
  type: z.enum(['checkout.paid', 'checkout.failed', 'checkout.expired', 'checkout.refunded']),
  data: z.object({ checkout: z.string().max(200), amountCents: z.int().min(0) }),
})

/** @returns undefined where it says nothing we understand */
export function understood(body: Uint8Array): CardEvent | undefined {
  try {
    const { type, data } = Told.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)))
    return { type, ...data }
  } catch {
    return undefined
  }
}

export type Heard = { outcome: 'done' | 'known' | 'ignored'; checkoutId?: string }

export async function hear(
  db: CentralDb,
  call: { provider: string; eventId: string; body: Uint8Array; event: CardEvent },
  { today, now }: { today: string; now: Date },
): Promise<Heard> {
  const { event, provider } = call
  const sha256 = createHash('sha256').update(call.body).digest()
  if (!(await hearOnce(db, { provider, eventId: call.eventId, kind: event.type, sha256, outcome: 'heard' })))
    return { outcome: 'known' }
  const checkout = await checkoutNamed(db, provider, event.checkout)
  if (!checkout) return { outcome: 'ignored' }
  const about = { checkoutId: checkout.id }
  const end = (state: string, paymentId?: string) =>
    endCheckout(db, checkout.id, { state, endedAt: now, ...(paymentId && { paymentId }) })
  if (event.type === 'checkout.refunded') {
    const payment = checkout.paymentId ? await paymentRow(db, checkout.paymentId) : undefined
    if (checkout.state !== 'paid' || !payment || payment.takenBackCents < 0)
      return { outcome: 'ignored', ...about }
    await takeBack(db, {
      paymentId: payment.id,
      why: 'returned',
      on: today,
      today,
      reference: checkout.providerId,
      source: 'card',
      byStaffId: null,
    })
    await end('refunded')
    return { outcome: 'done', ...about }
  }
  // A page that expired here may have been paid there a moment before: money is never left out.
  if (checkout.state === 'paid' || checkout.state === 'refunded') return { outcome: 'ignored', ...about }
  if (event.type !== 'checkout.paid') {
    if (checkout.state !== 'open') return { outcome: 'ignored', ...about }
    await end(event.type === 'checkout.failed' ? 'failed' : 'expired')
    return { outcome: 'done', ...about }
  }
  if (event.amountCents === 0) return { outcome: 'ignored', ...about }
  await lockMoneyOf(db, checkout.clientId)
  const invoice = await payable(db, checkout.invoiceId)
  const owedCents = invoice ? Math.max(0, invoice.totalInclCents - invoice.paidCents) : 0
  const paidCents = Math.min(owedCents, event.amountCents)
  const paymentId = await recordPayment(db, {
    clientId: checkout.clientId,
    amountCents: event.amountCents,
    receivedOn: today,
    method: 'card',
    reference: checkout.providerId.slice(0, 140),
    source: 'card',
    allocations: paidCents > 0 ? [{ invoiceId: checkout.invoiceId, amountCents: paidCents }] : [],
    byStaffId: null,
  })
  await end('paid', paymentId)
  return { outcome: 'done', ...about }
}
