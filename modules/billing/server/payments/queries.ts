/** Every statement that writes payments and what they pay. */
import type { Allocation } from '#contract/billing'
import { sql, type Tables } from '#platform/server/db.ts'
import { keepMonthsOpen } from '../accounting/queries.ts'

type Db = Tables<'payments' | 'paymentAllocations' | 'creditAllocations' | 'invoices'>

export type PaymentRow = {
  id: string
  clientId: string
  amountCents: number
  receivedOn: string
  method: string
  reversesId: string | null
  /** Amounts of the payments that took it back, below zero or 0. */
  takenBackCents: number
  /** Of them, what was sent to the client the way it had come. */
  sentBackCents: number
  /** It was never received, or its payer's bank took it. */
  isReversed: boolean
  /** Nothing of it is left to be given to an invoice, or given to another. */
  isOver: boolean
  allocatedCents: number
  /** With what those that took it back allocate. */
  availableCents: number
}

export async function paymentRow(db: Db, id: string): Promise<PaymentRow | undefined> {
  return db
    .selectFrom('payments')
    .where('payments.id', '=', id)
    .select([
      'payments.id',
      'payments.clientId',
      'payments.amountCents',
      'payments.receivedOn',
      'payments.method',
      'payments.reversesId',
      takenBack.as('takenBackCents'),
      sql<number>`(select coalesce(sum(back.amount_cents), 0)::bigint from payments as back
        where back.reverses_id = payments.id and back.why = 'refund' and back.method = payments.method)`.as(
        'sentBackCents',
      ),
      sql<boolean>`exists (select from payments as back where back.reverses_id = payments.id and back.why <> 'refund')`.as(
        'isReversed',
      ),
      // What one below zero reopened is no more the payment's to give elsewhere.
      sql<boolean>`(amount_cents + ${takenBack} = 0 or exists (select from payments as back where back.reverses_id = payments.id
        and (back.why <> 'refund' or exists (select from payment_allocations where payment_id = back.id))))`.as(
        'isOver',
      ),
      allocated.as('allocatedCents'),
      available.as('availableCents'),
    ])
    .executeTakeFirst()
}

/** Amounts below zero, together. */
export const takenBack = sql<number>`(select coalesce(sum(back.amount_cents), 0)::bigint from payments as back
  where back.reverses_id = payments.id)`
export const allocated = sql<number>`(select coalesce(sum(amount_cents), 0)::bigint from payment_allocations
  where payment_id = payments.id)`
/** What was received, less what went back, less what invoices hold of both. */
export const available = sql<number>`(case when payments.amount_cents < 0 then 0 else payments.amount_cents + ${takenBack} - (
  select coalesce(sum(held.amount_cents), 0)::bigint from payment_allocations as held
  join payments as holder on holder.id = held.payment_id where payments.id in (holder.id, holder.reverses_id)) end)`

export async function insertPayment(
  db: Db,
  payment: {
    clientId: string
    companyId: string
    amountCents: number
    receivedOn: string
    method: string
    reference: string
    source: string
    byStaffId: string | null
    reversesId?: string
    why?: string
  },
): Promise<string> {
  const { byStaffId, ...row } = payment
  const { id } = await db
    .insertInto('payments')
    .values({ ...row, recordedBy: byStaffId })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export const allocationsOf = (db: Db, paymentId: string): Promise<Allocation[]> =>
  db
    .selectFrom('paymentAllocations')
    .where('paymentId', '=', paymentId)
    .select(['invoiceId', 'amountCents'])
    .execute()

/** What invoices hold of it, less what was reopened since. */
export const heldOf = (db: Db, paymentId: string): Promise<Allocation[]> =>
  db
    .selectFrom('paymentAllocations')
    .innerJoin('payments', 'payments.id', 'paymentId')
    .where(({ or, eb }) => or([eb('payments.id', '=', paymentId), eb('reversesId', '=', paymentId)]))
    .groupBy('invoiceId')
    .having(sql<boolean>`sum(payment_allocations.amount_cents) > 0`)
    .orderBy('invoiceId')
    .select(['invoiceId', sql<number>`sum(payment_allocations.amount_cents)::bigint`.as('amountCents')])
    .execute()

export async function insertAllocations(
  db: Db,
  paymentId: string,
  allocations: readonly Allocation[],
  byStaffId: string | null,
): Promise<void> {
  if (allocations.length === 0) return
  await db
    .insertInto('paymentAllocations')
    .values(allocations.map((allocation) => ({ ...allocation, paymentId, allocatedBy: byStaffId })))
    .execute()
}

export async function deleteAllocations(
  db: Db,
  paymentId: string,
  invoiceIds: readonly string[],
): Promise<void> {
  if (invoiceIds.length === 0) return
  await db
    .deleteFrom('paymentAllocations')
    .where('paymentId', '=', paymentId)
    .where('invoiceId', 'in', invoiceIds)
    .execute()
}

export const creditAllocationsOf = (db: Db, creditNoteId: string): Promise<Allocation[]> =>
  db
    .selectFrom('creditAllocations')
    .where('creditNoteId', '=', creditNoteId)
    .select(['invoiceId', 'amountCents'])
    .execute()

export async function replaceCreditAllocations(
  db: Db,
  creditNoteId: string,
  { gone, added }: { gone: readonly string[]; added: readonly Allocation[] },
  byStaffId: string | null,
): Promise<void> {
  if (gone.length > 0)
    await db
      .deleteFrom('creditAllocations')
      .where('creditNoteId', '=', creditNoteId)
      .where('invoiceId', 'in', gone)
      .execute()
  if (added.length > 0)
    await db
      .insertInto('creditAllocations')
      .values(added.map((one) => ({ ...one, creditNoteId, allocatedBy: byStaffId })))
      .execute()
}

/** Issued documents as payments see them. */
export type Payable = {
  id: string
  clientId: string
  kind: string
  state: string
  paidCents: number
  totalInclCents: number
  originalId: string | null
}

export const payables = (db: Db, ids: readonly string[]): Promise<Payable[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('invoices')
        .where('id', 'in', ids)
        .select([
          'id',
          'clientId',
          'kind',
          'state',
          'paidCents',
          'originalId',
          sql<number>`total_excl_cents + total_vat_cents`.as('totalInclCents'),
        ])
        .execute()

/** What a credit note cites: what it pays elsewhere, or sends back, is no more paid of it. */
export const originalOf = ({ originalId }: Payable): string[] => (originalId === null ? [] : [originalId])

export const payable = async (db: Db, id: string): Promise<Payable | undefined> =>
  (await payables(db, [id]))[0]

/** Whatever lies before the last closed month is closed too: its totals so far are sealed. True until the transaction ends. */
export async function isClosed(
  db: Tables<'accountingClosings'>,
  companyId: string,
  day: string,
): Promise<boolean> {
  await keepMonthsOpen(db, companyId)
  const closing = await db
    .selectFrom('accountingClosings')
    .where('companyId', '=', companyId)
    .where('month', '>=', `${day.slice(0, 7)}-01`)
    .select('id')
    .executeTakeFirst()
  return closing !== undefined
}

export async function insertEvents(
  db: Tables<'invoiceEvents'>,
  events: readonly { invoiceId: string; kind: string; code?: number; data: object }[],
  byStaffId: string | null,
): Promise<void> {
  if (events.length === 0) return
  await db
    .insertInto('invoiceEvents')
    .values(
      events.map(({ data, code = null, ...event }) => ({
        ...event,
        code,
        byStaffId,
        data: JSON.stringify(data),
      })),
    )
    .execute()
}
