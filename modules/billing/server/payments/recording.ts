/** A payment written down, whoever tells of it: a person, a statement, a direct debit, a card. */
import { allocationTooLarge, paymentMonthClosed, type Allocation } from '#contract/billing'
import type { CentralDb } from '#platform/server/db.ts'
import { refuse } from '#platform/server/requests.ts'
import { mainCompany } from '../settings/in-force.ts'
import { checkPayable } from './allocating.ts'
import { lockMoneyOf } from './lock.ts'
import { insertAllocations, insertPayment, isClosed } from './queries.ts'
import { settling, type ToWeigh } from './settling.ts'

export type Received = {
  clientId: string
  amountCents: number
  receivedOn: string
  method: 'direct_debit' | 'card' | 'transfer' | 'cheque'
  reference: string
  source: 'hand' | 'bank' | 'direct_debit' | 'card' | 'import'
  /** What it pays; the rest stays as the client's credit. */
  allocations: readonly Allocation[]
  byStaffId: string | null
  /** Of the clock; the money may have arrived before. */
  today: string
  toWeigh?: ToWeigh | undefined
}

/** @returns the payment's id. @throws Refused where it pays more than there is, or its month is closed */
export async function recordPayment(db: CentralDb, received: Received): Promise<string> {
  const { allocations: wanted, today, toWeigh, ...payment } = received
  const allocations = summed(wanted)
  if (allocations.reduce((sum, { amountCents }) => sum + amountCents, 0) > payment.amountCents)
    throw refuse(allocationTooLarge)
  const { id: companyId } = await mainCompany(db)
  await lockMoneyOf(db, payment.clientId)
  if (await isClosed(db, companyId, payment.receivedOn)) throw refuse(paymentMonthClosed)
  await checkPayable(db, payment.clientId, { added: allocations }, [])
  const id = await insertPayment(db, { ...payment, companyId })
  await settling(
    db,
    allocations.map((one) => one.invoiceId),
    { on: payment.receivedOn, today, byStaffId: payment.byStaffId, data: { paymentId: id }, toWeigh },
    () => insertAllocations(db, id, allocations, payment.byStaffId),
  )
  return id
}

function summed(allocations: readonly Allocation[]): Allocation[] {
  const sums = new Map<string, number>()
  for (const { invoiceId, amountCents } of allocations)
    sums.set(invoiceId, (sums.get(invoiceId) ?? 0) + amountCents)
  return [...sums].map(([invoiceId, amountCents]) => ({ invoiceId, amountCents }))
}
