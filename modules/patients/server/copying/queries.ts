/** Everything the practice holds of one patient, section by section, in the words of the database. */
import type { RawBuilder } from 'kysely'
import { sql } from '#platform/server/db.ts'
import type { TenantDb } from '#platform/server/tenant-db.ts'

export type Row = Record<string, string | number | boolean | null>
export type Section = { name: SectionName; rows: Row[] }

export const sectionNames = [
  'identity',
  'relatives',
  'consents',
  'appointments',
  'extraFees',
  'feeNotes',
  'payments',
  'calls',
  'tasks',
  'messages',
  'requests',
] as const
export type SectionName = (typeof sectionNames)[number] | 'notes'

/** Instants by the practice's clock: `2026-11-23 09:00`. */
const local = (column: RawBuilder<unknown>, timeZone: string) =>
  sql`to_char(${column} at time zone ${timeZone}, 'YYYY-MM-DD HH24:MI')`

export async function sectionsOf(db: TenantDb, id: string, timeZone: string): Promise<Section[]> {
  const at = (column: RawBuilder<unknown>) => local(column, timeZone)
  const theirs = sql`patient_id = ${id}::uuid`
  const selects: Record<(typeof sectionNames)[number], RawBuilder<Row>> = {
    identity: sql`select p.first_name, p.last_name, p.birth_name, p.born_on::text as born_on, p.email, p.phone, p.address,
        p.postcode, p.city, o.name as origin, p.remark, p.no_sms, p.no_email, p.mon_soutien_psy,
        f.first_name || ' ' || f.last_name as practitioner, ${at(sql`p.created_at`)} as created_at,
        ${at(sql`p.archived_at`)} as archived_at
      from patients p join profiles f on f.member_id = p.practitioner_id left join origins o on o.id = p.origin_id
      where p.id = ${id}::uuid`,
    relatives: sql`select role, first_name, last_name, phone, email, pays from relatives where ${theirs} order by created_at`,
    consents: sql`select c.subject as about, coalesce(r.first_name || ' ' || r.last_name, '') as given_by, c.given_on::text as given_on,
        c.how, c.withdrawn_on::text as withdrawn_on
      from consents c left join relatives r on r.id = c.relative_id where c.patient_id = ${id}::uuid order by c.recorded_at`,
    appointments: sql`select ${at(sql`a.starts_at`)} as starts_at, ${at(sql`a.ends_at`)} as ends_at,
        coalesce(k.name, '') as act, a.status, a.place, a.fee_cents, a.due_cents, a.remark
      from appointments a left join acts k on k.id = a.act_id where a.patient_id = ${id}::uuid order by a.starts_at`,
    extraFees: sql`select done_on::text as done_on, label, due_cents from extra_fees where ${theirs} order by done_on, created_at`,
    feeNotes: sql`select n.number, n.issued_on::text as issued_on, l.done_on::text as done_on, l.label, l.cents,
        n.total_cents, ${at(sql`n.cancelled_at`)} as cancelled_at
      from fee_notes n join fee_note_lines l on l.fee_note_id = n.id where n.patient_id = ${id}::uuid
      order by n.issued_on, n.number, l.position`,
    payments: sql`select received_on::text as received_on, cents, method, reference from payments where ${theirs}
      order by received_on, recorded_at`,
    calls: sql`select ${at(sql`called_at`)} as called_at, caller, phone, subject as about, message, urgent from calls
      where ${theirs} order by called_at`,
    tasks: sql`select title, details, due_on::text as due_on, ${at(sql`created_at`)} as created_at,
        ${at(sql`done_at`)} as done_at from tasks where ${theirs} order by created_at`,
    messages: sql`select channel, kind, recipient, subject, body, state, ${at(sql`written_at`)} as written_at,
        ${at(sql`sent_at`)} as sent_at from messages where ${theirs} order by written_at`,
    requests: sql`select kind, received_on::text as received_on, due_on::text as due_on, note, state,
        ${at(sql`answered_at`)} as answered_at, answer from patient_requests where ${theirs} order by received_on`,
  }
  const sections: Section[] = []
  for (const name of sectionNames) sections.push({ name, rows: (await selects[name].execute(db)).rows })
  return sections
}
