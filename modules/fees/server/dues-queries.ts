import type { RawBuilder } from 'kysely'
import { z } from 'zod'
import type { DueFilter, DueRef, DueState } from '#contract/fees'
import { Id, Instant } from '#platform/contract/ids.ts'
import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'
import type { HouseNow } from './house.ts'

type Db = TenantTables<
  'dues' | 'practice' | 'patients' | 'profiles' | 'feeNotes' | 'appointments' | 'extraFees'
>

/** A place in the list: the oldest first. */
export const DuePlace = z.object({ at: Instant, id: Id })
export type DuePlace = z.infer<typeof DuePlace>

export type DueRow = {
  kind: 'appointment' | 'extra'
  id: string
  patientId: string
  patientName: string
  practitionerId: string
  practitionerName: string
  at: Date
  isOver: boolean
  onDay: string
  startsLocal: string | null
  label: string
  status: 'planned' | 'kept' | 'late_cancelled' | 'no_show'
  dueCents: number
  paidCents: number
  feeNoteId: string | null
  feeNoteNumber: string | null
}

export type DueSums = {
  total: number
  dueCents: number
  paidCents: number
  leftCents: number
  patients: number
}

/** What is over, or was said to be, or stands on a fee note: it is to be paid now. */
const isOwed = (now: Date) =>
  sql<boolean>`(d.ends_at <= ${now} or d.status <> 'planned' or d.fee_note_id is not null)`

const inState = (state: DueState, now: Date): RawBuilder<boolean> =>
  ({
    owed: sql<boolean>`d.paid_cents < d.due_cents and ${isOwed(now)}`,
    planned: sql<boolean>`d.paid_cents < d.due_cents and not ${isOwed(now)}`,
    paid: sql<boolean>`d.paid_cents >= d.due_cents`,
    any: sql<boolean>`true`,
  })[state]

function matching(filter: DueFilter, { now, timeZone }: HouseNow): RawBuilder<boolean> {
  const { state = 'owed', from, to, patient, practitioner } = filter
  const conditions = [inState(state, now)]
  if (patient) conditions.push(sql`d.patient_id = ${patient}`)
  if (practitioner) conditions.push(sql`d.practitioner_id = ${practitioner}`)
  if (from) conditions.push(sql`d.at >= ${from}::timestamp at time zone ${timeZone}`)
  if (to) conditions.push(sql`d.at < (${to}::date + 1)::timestamp at time zone ${timeZone}`)
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

const columns = ({ now, timeZone }: HouseNow) => sql`d.kind, d.id, d.patient_id,
  p.first_name || ' ' || p.last_name as patient_name, d.practitioner_id,
  w.first_name || ' ' || w.last_name as practitioner_name, d.at, ${isOwed(now)} as is_over,
  (d.at at time zone ${timeZone})::date as on_day,
  case d.kind when 'appointment' then to_char(d.at at time zone ${timeZone}, 'YYYY-MM-DD"T"HH24:MI') end as starts_local,
  d.label, case when d.status = 'planned' and d.ends_at <= ${now} then 'kept' else d.status end as status,
  d.due_cents, d.paid_cents, d.fee_note_id, n.number as fee_note_number`

const named = sql`join patients p on p.id = d.patient_id join profiles w on w.member_id = d.practitioner_id
  left join fee_notes n on n.id = d.fee_note_id`

/** One question for the page and what all of it comes to. */
export async function duePage(
  db: Db,
  filter: DueFilter,
  house: HouseNow,
  { after, limit }: { after?: DuePlace | undefined; limit: number },
): Promise<{ rows: DueRow[]; sums: DueSums }> {
  const beyond = after ? sql`where (d.at, d.id) > (${after.at}::timestamptz, ${after.id}::uuid)` : sql``
  const { rows } = await sql<DueSums & { row: number } & DueRow>`
    with found as materialized (select d.* from dues d where ${matching(filter, house)}),
      sums as (select count(*) as total, coalesce(sum(due_cents), 0) as due, coalesce(sum(paid_cents), 0) as paid,
        coalesce(sum(greatest(due_cents - paid_cents, 0)), 0) as left_over, count(distinct patient_id) as people from found)
    select sums.total, sums.due as sum_due, sums.paid as sum_paid, sums.left_over as sum_left, sums.people, page.*
    from sums left join (select ${columns(house)} from found d ${named} ${beyond} order by d.at, d.id limit ${limit}) page
      on true
    order by page.at, page.id`.execute(db)
  const [first] = rows as unknown as {
    total: number
    sumDue: number
    sumPaid: number
    sumLeft: number
    people: number
  }[] // there is always a row: the sums
  return {
    rows: rows.filter((row) => row.id !== null),
    sums: {
      total: first?.total ?? 0,
      dueCents: first?.sumDue ?? 0,
      paidCents: first?.sumPaid ?? 0,
      leftCents: first?.sumLeft ?? 0,
      patients: first?.people ?? 0,
    },
  }
}

/** Those that were named, in the order of time; what costs nothing is not among them. */
export async function duesNamed(db: Db, refs: readonly DueRef[], house: HouseNow): Promise<DueRow[]> {
  if (refs.length === 0) return []
  const [kinds, ids] = [refs.map(({ kind }) => kind), refs.map(({ id }) => id)]
  const { rows } = await sql<DueRow>`select ${columns(house)} from dues d ${named}
    where d.id = any(${ids}::uuid[]) and (d.kind, d.id) in (select * from unnest(${kinds}::text[], ${ids}::uuid[]))
    order by d.at, d.id`.execute(db)
  return rows
}

/** What is over and stands on no note, or stands on one that was cancelled; the latest first. */
export async function billableOf(db: Db, patientId: string, house: HouseNow): Promise<DueRow[]> {
  const { rows } = await sql<DueRow>`select ${columns(house)} from dues d ${named}
    where d.patient_id = ${patientId} and d.fee_note_id is null and (d.at <= ${house.now} or d.status <> 'planned')
    order by d.at desc, d.id desc limit 200`.execute(db)
  return rows
}

/**
 * Holds whoever else would pay, give back or bill for this patient until the transaction ends.
 * @returns false where there is no such patient
 */
export async function holdPatient(db: TenantTables<'patients'>, patientId: string): Promise<boolean> {
  const row = await db
    .selectFrom('patients')
    .where('id', '=', patientId)
    .select('id')
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row !== undefined
}

/** Keeps what they cost as it is until the transaction ends. */
export async function holdDues(db: TenantTables<'appointments' | 'extraFees'>, refs: readonly DueRef[]) {
  const ids = (kind: DueRef['kind']) => refs.filter((ref) => ref.kind === kind).map(({ id }) => id)
  await sql`select id from appointments where id = any(${ids('appointment')}::uuid[]) order by id for share`.execute(
    db,
  )
  await sql`select id from extra_fees where id = any(${ids('extra')}::uuid[]) order by id for share`.execute(
    db,
  )
}

/** Somebody who can be asked for money anew: neither in the trash nor erased, nor before the transaction ends. */
export async function patientToAsk(db: TenantTables<'patients'>, id: string) {
  return db
    .selectFrom('patients')
    .where('id', '=', id)
    .where('trashedAt', 'is', null)
    .where('erasedAt', 'is', null)
    .select('practitionerId')
    .forKeyShare()
    .executeTakeFirst()
}

export async function patientNamed(db: TenantTables<'patients'>, id: string) {
  return db
    .selectFrom('patients')
    .where('id', '=', id)
    .select(['id', sql<string>`first_name || ' ' || last_name`.as('name')])
    .executeTakeFirst()
}

/** Paid for what costs less by now, or nothing: what should go back. */
export async function overpaidOf(
  db: TenantTables<'appointments' | 'extraFees' | 'paymentAllocations'>,
  patientId: string,
): Promise<number> {
  const { rows } = await sql<{ cents: number }>`
    select coalesce(sum(greatest(paid - due, 0)), 0)::bigint as cents from (
      select a.due_cents as due, (select sum(l.cents) from payment_allocations l where l.appointment_id = a.id) as paid
        from appointments a where a.patient_id = ${patientId}
      union all
      select e.due_cents, (select sum(l.cents) from payment_allocations l where l.extra_fee_id = e.id)
        from extra_fees e where e.patient_id = ${patientId}) accounts`.execute(db)
  return rows[0]?.cents ?? 0
}
