import type { RawBuilder } from 'kysely'
import { z } from 'zod'
import type { DueRef, FeeNoteFilter, FeeNoteState } from '#contract/fees'
import { Day, Id } from '#platform/contract/ids.ts'
import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'
import type { NoteContent, NoteLine } from './content.ts'

type Db = TenantTables<
  'feeNotes' | 'feeNoteLines' | 'feeNoteSeries' | 'paymentAllocations' | 'patients' | 'profiles'
>

/** A place in the list: what was issued last stands first. */
export const NotePlace = z.object({ on: Day, number: z.string().max(40), id: Id })
export type NotePlace = z.infer<typeof NotePlace>

export type NoteRow = {
  id: string
  number: string
  patientId: string
  patientName: string
  practitionerId: string
  practitionerName: string
  issuedOn: string
  totalCents: number
  paidCents: number
  state: FeeNoteState
}

/** Each line is of one or the other, and each is found by an index: there are as many payments as years of work. */
const paidOfNote = sql`coalesce((select sum(least(paid.cents, l.cents)) from fee_note_lines l cross join lateral (
    select coalesce(sum(a.cents), 0) as cents from payment_allocations a
    where a.appointment_id = l.appointment_id or a.extra_fee_id = l.extra_fee_id) paid
  where l.fee_note_id = n.id), 0)::bigint`

/** Notes with what was paid of their lines by now; of a cancelled one nothing is told. */
const notes = sql`select n.*, case when n.cancelled_at is null then ${paidOfNote} else 0 end as paid_cents from fee_notes n`

const stateOf = sql<FeeNoteState>`case when n.cancelled_at is not null then 'cancelled'
  when n.paid_cents >= n.total_cents then 'paid' else 'unpaid' end`

function conditionsOf({ from, to, state, patient, practitioner }: FeeNoteFilter): RawBuilder<boolean> {
  const conditions = [sql`true`]
  if (from) conditions.push(sql`n.issued_on >= ${from}`)
  if (to) conditions.push(sql`n.issued_on <= ${to}`)
  if (state) conditions.push(sql`${stateOf} = ${state}`)
  if (patient) conditions.push(sql`n.patient_id = ${patient}`)
  if (practitioner) conditions.push(sql`n.practitioner_id = ${practitioner}`)
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

const columns = sql`n.id, n.number, n.patient_id, p.first_name || ' ' || p.last_name as patient_name, n.practitioner_id,
  w.first_name || ' ' || w.last_name as practitioner_name, n.issued_on, n.total_cents, n.paid_cents, ${stateOf} as state`

const named = sql`join patients p on p.id = n.patient_id join profiles w on w.member_id = n.practitioner_id`

export async function notePage(
  db: Db,
  filter: FeeNoteFilter,
  { after, limit }: { after?: NotePlace | undefined; limit: number },
): Promise<{ rows: NoteRow[] }> {
  const beyond = after
    ? sql`and (n.issued_on, n.number, n.id) < (${after.on}::date, ${after.number}, ${after.id}::uuid)`
    : sql``
  const { rows } = await sql<NoteRow>`select ${columns} from (${notes}) n ${named}
    where ${conditionsOf(filter)} ${beyond} order by n.issued_on desc, n.number desc, n.id desc limit ${limit}`.execute(
    db,
  )
  return { rows }
}

/** Cancelled notes are counted, and add nothing. */
export async function noteSums(db: Db, filter: FeeNoteFilter) {
  const { rows } = await sql<{ total: number; totalCents: number; paidCents: number }>`
    select count(*) as total, coalesce(sum(n.total_cents) filter (where n.cancelled_at is null), 0) as total_cents,
      coalesce(sum(n.paid_cents), 0)::bigint as paid_cents
    from (${notes}) n where ${conditionsOf(filter)}`.execute(db)
  return rows[0] ?? { total: 0, totalCents: 0, paidCents: 0 }
}

export type WholeNote = NoteRow & {
  issuedBy: string | null
  issuedAt: Date
  cancelledAt: Date | null
  cancelledReason: string | null
  content: NoteContent
  contentSha256: Buffer
  lines: { kind: DueRef['kind']; id: string; on: string; label: string; cents: number }[]
}

export async function wholeNote(db: Db, id: string): Promise<WholeNote | undefined> {
  const { rows } =
    await sql<WholeNote>`select ${columns}, b.first_name || ' ' || b.last_name as issued_by, n.issued_at,
      n.cancelled_at, n.cancelled_reason, n.content, n.content_sha256,
      (select json_agg(json_build_object('kind', case when l.appointment_id is null then 'extra' else 'appointment' end,
          'id', coalesce(l.appointment_id, l.extra_fee_id), 'on', l.done_on, 'label', l.label, 'cents', l.cents)
        order by l.position) from fee_note_lines l where l.fee_note_id = n.id) as lines
    from (${notes}) n ${named} left join profiles b on b.member_id = n.issued_by where n.id = ${id}`.execute(
      db,
    )
  return rows[0]
}

/**
 * The next number of a practitioner's year. The row stays locked until the transaction ends, and with a transaction that
 * fails the number comes back: there is no gap.
 */
export async function nextNumber(db: Db, practitionerId: string, year: number): Promise<number> {
  const row = await db
    .insertInto('feeNoteSeries')
    .values({ practitionerId, year, lastNumber: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['practitionerId', 'year'])
        .doUpdateSet({ lastNumber: sql<number>`fee_note_series.last_number + 1` }),
    )
    .returning('lastNumber')
    .executeTakeFirstOrThrow()
  return row.lastNumber
}

/** The latest day on which a practitioner issued something. */
export async function lastIssuedOn(db: Db, practitionerId: string): Promise<string | null> {
  const { last } = await db
    .selectFrom('feeNotes')
    .where('practitionerId', '=', practitionerId)
    .select(({ fn }) => fn.max('issuedOn').as('last'))
    .executeTakeFirstOrThrow()
  return last
}

type NewNote = {
  id: string
  practitionerId: string
  patientId: string
  number: string
  issuedOn: string
  totalCents: number
  content: NoteContent
  contentSha256: Buffer
  issuedBy: string
  issuedAt: Date
}

export async function insertNote(db: Db, note: NewNote, refs: readonly DueRef[], lines: readonly NoteLine[]) {
  await db
    .insertInto('feeNotes')
    .values({ ...note, content: JSON.stringify(note.content) })
    .execute()
  await db
    .insertInto('feeNoteLines')
    .values(
      lines.map(({ on: doneOn, label, cents }, index) => ({
        feeNoteId: note.id,
        position: index + 1,
        appointmentId: refs[index]?.kind === 'appointment' ? refs[index].id : null,
        extraFeeId: refs[index]?.kind === 'extra' ? refs[index].id : null,
        doneOn,
        label,
        cents,
      })),
    )
    .execute()
}

/** False where it was cancelled before. */
export async function markCancelled(db: Db, id: string, reason: string, now: Date): Promise<boolean> {
  const changed = await db
    .updateTable('feeNotes')
    .set({ cancelledAt: now, cancelledReason: reason })
    .where('id', '=', id)
    .where('cancelledAt', 'is', null)
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}
