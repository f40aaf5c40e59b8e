/** What is held of patients besides their own row, and erasing it: the same for one who asks and for many by the rule. */
import type { Erasure } from '#contract/patients'
import { sql } from '#platform/server/db.ts'
import type { TenantDb } from '#platform/server/tenant-db.ts'

export type Counts = Pick<Erasure, 'erased' | 'kept'>

const ofAppointments = (ids: readonly string[]) =>
  sql`(select id from appointments where patient_id = any(${ids}::uuid[]))`

/** A note that was begun from an appointment and not yet given a patient is theirs too. */
const ofTheirs = (ids: readonly string[]) =>
  sql`(patient_id = any(${ids}::uuid[]) or patient_id is null and appointment_id in ${ofAppointments(ids)})`

/** @param reader that there are notes, and how many, is their author's alone: whoever is told counts their own */
export async function heldOf(
  db: TenantDb,
  ids: readonly string[],
  reader: { memberId: string },
): Promise<Counts> {
  const count = (table: string, and = sql``) =>
    sql`(select count(*)::integer from ${sql.table(table)} where patient_id = any(${ids}::uuid[]) ${and})`
  const { rows } = await sql<Counts['erased'] & Counts['kept']>`
    select ${count('relatives')} as relatives, ${count('consents')} as consents,
      (select count(*)::integer from notes
        where ${ofTheirs(ids)} and author_id = ${reader.memberId}::uuid) as notes,
      ${count('calls')} as calls, ${count('tasks')} as tasks, ${count('messages')} as messages,
      ${count('appointments', sql`and remark <> ''`)} as remarks, ${count('appointments')} as appointments,
      ${count('fee_notes')} as fee_notes, ${count('payments')} as payments, ${count('extra_fees')} as extra_fees`.execute(
    db,
  )
  const { appointments, feeNotes, payments, extraFees, ...erased } = rows[0]! // one row whatever is held
  return { erased, kept: { appointments, feeNotes, payments, extraFees } }
}

/** For what colleagues read too, the log and a request's proof: of notes not even how many their author had. */
export function told({ erased: { notes: _theirs, ...erased }, kept }: Counts) {
  return { erased, kept }
}

/** Planned and still to come. */
export async function appointmentsAhead(db: TenantDb, id: string, now: Date): Promise<number> {
  const { rows } = await sql<{ ahead: number }>`
    select count(*)::integer as ahead from appointments
    where patient_id = ${id}::uuid and status = 'planned' and starts_at > ${now}`.execute(db)
  return rows[0]?.ahead ?? 0
}

export async function nameOf(db: TenantDb, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select first_name || ' ' || last_name as name from patients where id = ${id}::uuid`.execute(db)
  return rows[0]?.name
}

export async function isName(db: TenantDb, id: string, typed: string): Promise<boolean> {
  const { rows } = await sql<{ same: boolean }>`
    select searchable(first_name || ' ' || last_name) = searchable(${typed}) as same
    from patients where id = ${id}::uuid`.execute(db)
  return rows[0]?.same ?? false
}

/**
 * The rows that hold the accounts together stay, and say nothing of who it was. The patient's own row goes first: the
 * database gives up a signed note only of somebody who is erased.
 */
export async function erase(db: TenantDb, ids: readonly string[], now: Date): Promise<void> {
  const theirs = sql`patient_id = any(${ids}::uuid[])`
  await sql`update patients set first_name = 'Patient', last_name = 'effacé', birth_name = '', born_on = null, email = '',
      phone = '', address = '', postcode = '', city = '', origin_id = null, remark = '', no_sms = true, no_email = true,
      mon_soutien_psy = false, archived_at = null, trashed_at = null, erased_at = ${now}, revision = revision + 1
    where id = any(${ids}::uuid[])`.execute(db)
  await sql`delete from consents where ${theirs}`.execute(db)
  await sql`delete from relatives where ${theirs}`.execute(db)
  await sql`delete from notes where ${ofTheirs(ids)}`.execute(db)
  await sql`delete from tasks where ${theirs} or call_id in (select id from calls where ${theirs})`.execute(
    db,
  )
  await sql`update calls set caller = '', phone = '', message = '' where ${theirs}`.execute(db)
  await sql`update messages set recipient = '', subject = '', body = '', problem = null, carrier_id = null,
      state = case when state in ('waiting', 'sending') then 'cancelled' else state end
    where ${theirs}`.execute(db)
  await sql`update appointments set remark = '', title = '' where ${theirs}`.execute(db)
  await sql`update payments set reference = '' where ${theirs}`.execute(db)
  await sql`update extra_fees set label = 'Frais' where ${theirs}`.execute(db)
  await sql`update patient_requests set note = '', answer = '' where ${theirs}`.execute(db)
}
