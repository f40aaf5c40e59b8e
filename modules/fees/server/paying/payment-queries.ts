import type { RawBuilder } from 'kysely'
import { z } from 'zod'
import { requestReused, type DueRef, type PaymentFilter, type PaymentMethod } from '#contract/fees'
import { Day, Id, Instant } from '#platform/contract/ids.ts'
import { sql } from '#platform/server/db.ts'
import { refuse } from '#platform/server/requests.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'
import type { HouseNow } from '../house.ts'

type Db = TenantTables<
  'payments' | 'paymentAllocations' | 'patients' | 'profiles' | 'appointments' | 'extraFees' | 'acts'
>

/** A place in the list: the latest day first, and within it what was written down last. */
export const PaymentPlace = z.object({ on: Day, at: Instant, id: Id })
export type PaymentPlace = z.infer<typeof PaymentPlace>

export type PaymentRow = {
  id: string
  patientId: string
  patientName: string
  practitionerId: string
  practitionerName: string
  receivedOn: string
  cents: number
  method: PaymentMethod
  reference: string
  refundOf: string | null
  refundedCents: number
  /** It was wholly taken back on the day it was written down, under its own date; or takes another one back so. */
  isUndone: boolean
  recordedToday: boolean
  recordedBy: string | null
  recordedAt: Date
  allocations: { kind: DueRef['kind']; id: string; on: string; label: string; cents: number }[]
}

/** @param table `y`, or `z` for others beside it */
function conditionsOf(
  { from, to, method, patient, practitioner }: PaymentFilter,
  table: 'y' | 'z' = 'y',
): RawBuilder<boolean> {
  const at = (column: string) => sql.ref(`${table}.${column}`)
  const conditions = [sql`true`]
  if (from) conditions.push(sql`${at('received_on')} >= ${from}`)
  if (to) conditions.push(sql`${at('received_on')} <= ${to}`)
  if (method) conditions.push(sql`${at('method')} = ${method}`)
  if (patient) conditions.push(sql`${at('patient_id')} = ${patient}`)
  if (practitioner) conditions.push(sql`${at('practitioner_id')} = ${practitioner}`)
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

/** Rows of `payments y`, as they are shown. */
const shownRows = ({ timeZone, today }: HouseNow, more: RawBuilder<unknown> = sql``) => sql`
  select y.id, y.patient_id, p.first_name || ' ' || p.last_name as patient_name, y.practitioner_id,
    w.first_name || ' ' || w.last_name as practitioner_name, y.received_on, y.cents, y.method, y.reference, y.refund_of,
    coalesce((select -sum(r.cents) from payments r where r.refund_of = y.id), 0) as refunded_cents,
    coalesce((select sum(r.cents) = -o.cents and bool_and(r.received_on = o.received_on
        and (r.recorded_at at time zone ${timeZone})::date = (o.recorded_at at time zone ${timeZone})::date)
      from payments o join payments r on r.refund_of = o.id where o.id = coalesce(y.refund_of, y.id) group by o.id),
      false) as is_undone,
    (y.recorded_at at time zone ${timeZone})::date = ${today}::date as recorded_today,
    b.first_name || ' ' || b.last_name as recorded_by, y.recorded_at,
    coalesce((select json_agg(line order by line."on", line.id) from (
      select case when l.appointment_id is null then 'extra' else 'appointment' end as kind,
        coalesce(l.appointment_id, l.extra_fee_id) as id,
        coalesce((a.starts_at at time zone ${timeZone})::date, e.done_on) as "on",
        coalesce(e.label, c.name, '') as label, l.cents
      from payment_allocations l left join appointments a on a.id = l.appointment_id left join acts c on c.id = a.act_id
        left join extra_fees e on e.id = l.extra_fee_id
      where l.payment_id = y.id) line), '[]') as allocations ${more}
  from payments y join patients p on p.id = y.patient_id join profiles w on w.member_id = y.practitioner_id
    left join profiles b on b.member_id = y.recorded_by`

export async function paymentPage(
  db: Db,
  filter: PaymentFilter,
  house: HouseNow,
  { after, limit }: { after?: PaymentPlace | undefined; limit: number },
): Promise<{ rows: (PaymentRow & { dayCents: number })[] }> {
  const beyond = after
    ? sql`and (y.received_on, y.recorded_at, y.id) < (${after.on}::date, ${after.at}::timestamptz, ${after.id}::uuid)`
    : sql``
  const ofTheDay = sql`, (select sum(z.cents) from payments z
    where z.received_on = y.received_on and ${conditionsOf(filter, 'z')}) as day_cents`
  const { rows } = await sql<
    PaymentRow & { dayCents: number }
  >`${shownRows(house, ofTheDay)} where ${conditionsOf(filter)} ${beyond}
    order by y.received_on desc, y.recorded_at desc, y.id desc limit ${limit}`.execute(db)
  return { rows }
}

export async function paymentSums(
  db: Db,
  filter: PaymentFilter,
): Promise<{ method: PaymentMethod; cents: number; count: number }[]> {
  const { rows } = await sql<{ method: PaymentMethod; cents: number; count: number }>`
    select y.method, sum(y.cents) as cents, count(*) as count from payments y where ${conditionsOf(filter)}
    group by y.method order by sum(y.cents) desc, y.method`.execute(db)
  return rows
}

export async function paymentRow(db: Db, id: string, house: HouseNow): Promise<PaymentRow | undefined> {
  const { rows } = await sql<PaymentRow>`${shownRows(house)} where y.id = ${id}`.execute(db)
  return rows[0]
}

/** Who wrote down what was paid last of these, or by the patient at all, and when. */
export async function lastPaymentOf(db: Db, patientId: string, refs: readonly DueRef[] | undefined) {
  const what = refs
    ? sql`coalesce(l.appointment_id, l.extra_fee_id) = any(${refs.map(({ id }) => id)}::uuid[])`
    : sql`y.patient_id = ${patientId}`
  const { rows } = await sql<{ by: string | null; at: Date }>`
    select b.first_name || ' ' || b.last_name as by, y.recorded_at as at
    from payment_allocations l join payments y on y.id = l.payment_id left join profiles b on b.member_id = y.recorded_by
    where ${what} and l.cents > 0
    order by y.recorded_at desc, y.id desc limit 1`.execute(db)
  return rows[0]
}

export type NewPayment = {
  id: string
  patientId: string
  practitionerId: string
  receivedOn: string
  cents: number
  method: PaymentMethod
  reference: string
  refundOf: string | null
  recordedBy: string
  recordedAt: Date
}
export type Allocation = DueRef & { cents: number }

/**
 * Under the name the browser gave it: it is there once, whoever sends it twice.
 * @throws Refused payment_request_reused, where it was given to somebody else's payment at the same moment
 */
export async function insertPayment(db: Db, payment: NewPayment, allocations: readonly Allocation[]) {
  const inserted = await db
    .insertInto('payments')
    .values({ ...payment, requestId: payment.id })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows !== 1n) throw refuse(requestReused)
  await db
    .insertInto('paymentAllocations')
    .values(
      allocations.map(({ kind, id, cents }) => ({
        paymentId: payment.id,
        appointmentId: kind === 'appointment' ? id : null,
        extraFeeId: kind === 'extra' ? id : null,
        cents,
      })),
    )
    .execute()
}

/** What is left of each of a payment's allocations, the latest due first; `overCents` was paid above what is owed by now. */
export async function allocationsLeft(db: Db, paymentId: string) {
  const { rows } = await sql<Allocation & { leftCents: number; overCents: number }>`
    select case when l.appointment_id is null then 'extra' else 'appointment' end as kind,
      coalesce(l.appointment_id, l.extra_fee_id) as id, l.cents,
      l.cents + coalesce((select sum(g.cents) from payment_allocations g join payments r on r.id = g.payment_id
        where r.refund_of = l.payment_id
          and (g.appointment_id = l.appointment_id or g.extra_fee_id = l.extra_fee_id)), 0) as left_cents,
      (select sum(o.cents) from payment_allocations o
        where o.appointment_id = l.appointment_id or o.extra_fee_id = l.extra_fee_id) - coalesce(a.due_cents, e.due_cents) as over_cents
    from payment_allocations l left join appointments a on a.id = l.appointment_id
      left join extra_fees e on e.id = l.extra_fee_id
    where l.payment_id = ${paymentId}
    order by coalesce(a.starts_at, e.created_at) desc, id`.execute(db)
  return rows
}
