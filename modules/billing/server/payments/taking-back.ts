/** A payment is never taken away: one below zero takes it back, and reopens what it paid. */
import {
  allocationTooLarge,
  paymentBelowZero,
  paymentMonthClosed,
  paymentTakenBack,
  type Allocation,
} from '#contract/billing'
import type { CentralDb } from '#platform/server/db.ts'
import { found, refuse } from '#platform/server/requests.ts'
import { mainCompany } from '../settings/in-force.ts'
import { lockMoneyOf } from './lock.ts'
import { openDay } from './open-day.ts'
import {
  heldOf,
  insertAllocations,
  insertPayment,
  isClosed,
  originalOf,
  payable,
  paymentRow,
  type PaymentRow,
} from './queries.ts'
import type { Received } from './recording.ts'
import { settling, type ToWeigh } from './settling.ts'

export type TakenBack = {
  paymentId: string
  /** mistake: it was never received; returned: the payer's bank took it back; refund: a provider sent some of it back. */
  why: 'mistake' | 'returned' | 'refund'
  /** Of a refund; else all that is left to be taken back. */
  amountCents?: number
  on: string
  /** In Paris: what belongs into a closed month is booked on it. */
  today: string
  reference: string
  source: Received['source']
  byStaffId: string | null
  toWeigh?: ToWeigh | undefined
}

/**
 * What can still be taken back. A bank and a provider take back what did not go back the same way already; money that was sent
 * to the client otherwise is the client's debt. What was never received was never received as a whole.
 */
export function leftToTakeBack(
  { amountCents, sentBackCents, isReversed }: PaymentRow,
  why: TakenBack['why'],
): number {
  if (amountCents < 0 || isReversed) return 0
  return why === 'mistake' ? amountCents : amountCents + sentBackCents
}

/** With what it paid, as far as nothing else is left of it. @returns the id of the payment below zero */
export async function takeBack(db: CentralDb, wanted: TakenBack): Promise<string> {
  const { clientId } = found(await paymentRow(db, wanted.paymentId))
  await lockMoneyOf(db, clientId)
  const payment = found(await paymentRow(db, wanted.paymentId))
  if (payment.amountCents < 0) throw refuse(paymentBelowZero)
  const leftCents = leftToTakeBack(payment, wanted.why)
  const amountCents = Math.min(leftCents, wanted.amountCents ?? leftCents)
  if (amountCents <= 0) throw refuse(paymentTakenBack)
  const { id: companyId } = await mainCompany(db)
  const on = await openDay(db, wanted.on, wanted.today)
  const reopened = reopenedBy(amountCents - Math.max(0, payment.availableCents), await heldOf(db, payment.id))
  const id = await insertPayment(db, {
    clientId,
    companyId,
    amountCents: -amountCents,
    receivedOn: on,
    method: payment.method,
    reference: wanted.reference,
    source: wanted.source,
    byStaffId: wanted.byStaffId,
    reversesId: payment.id,
    why: wanted.why,
  })
  await settling(
    db,
    reopened.map((one) => one.invoiceId),
    {
      on,
      today: wanted.today,
      byStaffId: wanted.byStaffId,
      data: { paymentId: id, why: wanted.why },
      toWeigh: wanted.toWeigh,
    },
    () => insertAllocations(db, id, reopened, wanted.byStaffId),
  )
  return id
}

function reopenedBy(cents: number, held: readonly Allocation[]): Allocation[] {
  let left = cents
  return held.flatMap(({ invoiceId, amountCents }) => {
    const back = Math.min(left, amountCents)
    if (back <= 0) return []
    left -= back
    return [{ invoiceId, amountCents: -back }]
  })
}

export type Refund = {
  from: { paymentId: string } | { creditNoteId: string }
  amountCents: number
  sentOn: string
  method: Received['method']
  reference: string
  byStaffId: string | null
  today: string
}

/** Money sent to the client: what is left of a payment, or of a credit note, which it settles. */
export async function refund(db: CentralDb, wanted: Refund): Promise<string> {
  const { from, amountCents } = wanted
  const { id: companyId } = await mainCompany(db)
  const row = {
    companyId,
    amountCents: -amountCents,
    receivedOn: wanted.sentOn,
    method: wanted.method,
    reference: wanted.reference,
    source: 'hand',
    byStaffId: wanted.byStaffId,
    why: 'refund',
  }
  if ('paymentId' in from) {
    const { clientId } = found(await paymentRow(db, from.paymentId))
    await lockMoneyOf(db, clientId)
    await mustBeOpen(db, companyId, wanted.sentOn)
    const payment = found(await paymentRow(db, from.paymentId))
    if (payment.amountCents < 0) throw refuse(paymentBelowZero)
    if (amountCents > payment.availableCents) throw refuse(allocationTooLarge)
    return insertPayment(db, { ...row, clientId, reversesId: payment.id })
  }
  const { clientId } = found(await payable(db, from.creditNoteId))
  await lockMoneyOf(db, clientId)
  await mustBeOpen(db, companyId, wanted.sentOn)
  const note = found(await payable(db, from.creditNoteId))
  if (note.kind !== 'credit_note' || note.state !== 'issued') throw refuse(allocationTooLarge)
  if (amountCents > note.paidCents - note.totalInclCents) throw refuse(allocationTooLarge)
  const id = await insertPayment(db, { ...row, clientId })
  await settling(
    db,
    originalOf(note),
    {
      on: wanted.sentOn,
      today: wanted.today,
      byStaffId: wanted.byStaffId,
      data: { paymentId: id, why: 'refund' },
    },
    () => insertAllocations(db, id, [{ invoiceId: note.id, amountCents: -amountCents }], wanted.byStaffId),
  )
  return id
}

async function mustBeOpen(db: CentralDb, companyId: string, day: string): Promise<void> {
  if (await isClosed(db, companyId, day)) throw refuse(paymentMonthClosed)
}
