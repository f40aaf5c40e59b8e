/**
 * Every statement on notes. Each asks for one author's: of another author's note there is nothing to be known, not even
 * that it exists. Texts come and go sealed.
 */
import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'

type Db = TenantTables<'notes' | 'noteVersions' | 'patients' | 'appointments' | 'practice'>

export type Filters = {
  patientId?: string | undefined
  kind?: string | undefined
  state?: 'unsigned' | 'signed' | undefined
  /** Unsigned for more than so many days, by then. */
  unsignedSince?: { days: number; now: Date } | undefined
  trash?: 'in' | undefined
}

/** A row's place in the list. */
export type Place = { heldOn: string; id: string }

const timeZone = sql<string>`(select time_zone from practice)`
/** What was written before notes had a day of their own is of the day it was written. */
const heldOn = sql<string>`coalesce(notes.held_on, (notes.written_at at time zone ${timeZone})::date)`
const startsLocal = sql<string>`to_char(appointments.starts_at at time zone ${timeZone}, 'YYYY-MM-DD"T"HH24:MI')`

function filtered(db: Db, authorId: string, filters: Filters) {
  const { patientId, kind, state, unsignedSince, trash } = filters
  return db
    .selectFrom('notes')
    .where('notes.authorId', '=', authorId)
    .where('notes.trashedAt', trash ? 'is not' : 'is', null)
    .$if(patientId !== undefined, (query) => query.where('notes.patientId', '=', patientId ?? null))
    .$if(kind !== undefined, (query) => query.where('notes.kind', '=', kind ?? ''))
    .$if(state === 'signed', (query) => query.where('notes.lockedAt', 'is not', null))
    .$if(state === 'unsigned' || unsignedSince !== undefined, (query) =>
      // A personal note waits for no signature.
      query.where('notes.lockedAt', 'is', null).where('notes.kind', '=', 'record'),
    )
    .$if(unsignedSince !== undefined, (query) =>
      query.where(
        heldOn,
        '<',
        sql<string>`(${unsignedSince?.now}::timestamptz at time zone ${timeZone})::date - ${unsignedSince?.days}::integer`,
      ),
    )
}

export type NoteListRow = Awaited<ReturnType<typeof notePage>>[number]

function shownColumns(db: Db, authorId: string, filters: Filters) {
  return filtered(db, authorId, filters)
    .leftJoin('patients', 'patients.id', 'notes.patientId')
    .leftJoin('appointments', 'appointments.id', 'notes.appointmentId')
    .select([
      'notes.id',
      'notes.kind',
      'notes.titleSealed',
      'notes.patientId',
      'patients.firstName',
      'patients.lastName',
      'notes.appointmentId',
      'appointments.startsAt',
      startsLocal.as('startsLocal'),
      heldOn.as('heldOn'),
      'notes.savedAt',
      'notes.lockedAt',
      'notes.version',
      'notes.trashedAt',
    ])
}

/** The latest session first. */
export async function notePage(
  db: Db,
  authorId: string,
  filters: Filters,
  after: Place | undefined,
  limit: number,
) {
  return shownColumns(db, authorId, filters)
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(${heldOn}, notes.id) < (${after?.heldOn}::date, ${after?.id}::uuid)`),
    )
    .orderBy(heldOn, 'desc')
    .orderBy('notes.id', 'desc')
    .limit(limit)
    .execute()
}

/** Those of these ids, in the list's own order. */
export async function notesAmong(db: Db, authorId: string, filters: Filters, ids: readonly string[]) {
  return shownColumns(db, authorId, filters)
    .where('notes.id', '=', sql<string>`any(${ids}::uuid[])`)
    .orderBy(heldOn, 'desc')
    .orderBy('notes.id', 'desc')
    .execute()
}

export async function notesCounted(db: Db, authorId: string, filters: Filters): Promise<number> {
  const { count } = await filtered(db, authorId, filters)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** The titles there are to look through, those of the newest. */
export async function sealedTitles(db: Db, authorId: string, filters: Filters, limit: number) {
  return filtered(db, authorId, filters)
    .where('notes.titleSealed', 'is not', null)
    .select(['notes.id', 'notes.titleSealed', heldOn.as('heldOn')])
    .orderBy(heldOn, 'desc')
    .orderBy('notes.id', 'desc')
    .limit(limit)
    .execute()
}

/** One note whole, wherever it lies. */
export async function wholeNote(db: Db, authorId: string, id: string) {
  return db
    .selectFrom('notes')
    .leftJoin('patients', 'patients.id', 'notes.patientId')
    .leftJoin('appointments', 'appointments.id', 'notes.appointmentId')
    .where('notes.authorId', '=', authorId)
    .where('notes.id', '=', id)
    .select([
      'notes.id',
      'notes.kind',
      'notes.titleSealed',
      'notes.bodySealed',
      'notes.patientId',
      'patients.firstName',
      'patients.lastName',
      'notes.appointmentId',
      'appointments.startsAt',
      startsLocal.as('startsLocal'),
      heldOn.as('heldOn'),
      'notes.savedAt',
      'notes.lockedAt',
      'notes.version',
      'notes.revision',
      'notes.trashedAt',
    ])
    .executeTakeFirst()
}

/** Held until the transaction ends: two who save at once come one after the other. */
export async function lockNote(db: Db, authorId: string, id: string) {
  return db
    .selectFrom('notes')
    .where('authorId', '=', authorId)
    .where('id', '=', id)
    .selectAll()
    .forUpdate()
    .executeTakeFirst()
}

type Written = {
  titleSealed: Buffer | null
  bodySealed: Buffer
  patientId: string | null
  appointmentId: string | null
  heldOn: string
  savedAt: Date
}

/** False where that id is taken, by whomever. */
export async function insertNote(
  db: Db,
  note: Written & { id: string; authorId: string; kind: string; writtenAt: Date },
): Promise<boolean> {
  const inserted = await db
    .insertInto('notes')
    .values(note)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n
}

type Change = Partial<Written & { lockedAt: Date; version: number; trashedAt: Date | null }>

/** Of a note that is locked. */
export async function changeNote(db: Db, authorId: string, id: string, change: Change): Promise<void> {
  await db
    .updateTable('notes')
    .set({ ...change, revision: sql`revision + 1` })
    .where('authorId', '=', authorId)
    .where('id', '=', id)
    .execute()
}

export async function deleteNote(db: Db, authorId: string, id: string): Promise<void> {
  await db.deleteFrom('notes').where('authorId', '=', authorId).where('id', '=', id).execute()
}

// ─────────────────────────── what signed notes said before

export async function versionsOf(db: Db, authorId: string, noteId: string) {
  return db
    .selectFrom('noteVersions')
    .innerJoin('notes', 'notes.id', 'noteVersions.noteId')
    .where('notes.authorId', '=', authorId)
    .where('noteId', '=', noteId)
    .orderBy('noteVersions.version', 'desc')
    .select(['noteVersions.version', 'reasonSealed', 'signedAt', 'replacedAt'])
    .execute()
}

export async function versionOf(db: Db, authorId: string, noteId: string, version: number) {
  return db
    .selectFrom('noteVersions')
    .innerJoin('notes', 'notes.id', 'noteVersions.noteId')
    .where('notes.authorId', '=', authorId)
    .where('noteId', '=', noteId)
    .where('noteVersions.version', '=', version)
    .select(['noteVersions.version', 'noteVersions.bodySealed', 'reasonSealed', 'signedAt', 'replacedAt'])
    .executeTakeFirst()
}

export async function insertVersion(
  db: Db,
  version: {
    noteId: string
    version: number
    bodySealed: Buffer
    reasonSealed: Buffer
    signedAt: Date
    replacedAt: Date
  },
): Promise<void> {
  await db.insertInto('noteVersions').values(version).execute()
}

// ─────────────────────────── for their author's own copy

export async function notesToCopy(
  db: Db,
  authorId: string,
  on: { patientId?: string | undefined; personal: boolean },
) {
  return filtered(db, authorId, { patientId: on.patientId, kind: on.personal ? undefined : 'record' })
    .orderBy(heldOn)
    .orderBy('notes.id')
    .select([
      'notes.id',
      'notes.kind',
      'notes.titleSealed',
      'notes.bodySealed',
      'notes.patientId',
      'notes.appointmentId',
      heldOn.as('heldOn'),
      'notes.writtenAt',
      'notes.savedAt',
      'notes.lockedAt',
      'notes.version',
    ])
    .execute()
}

export async function versionsToCopy(db: Db, authorId: string, noteIds: readonly string[]) {
  return db
    .selectFrom('noteVersions')
    .innerJoin('notes', 'notes.id', 'noteVersions.noteId')
    .where('notes.authorId', '=', authorId)
    .where('noteId', '=', sql<string>`any(${noteIds}::uuid[])`)
    .orderBy('noteId')
    .orderBy('noteVersions.version')
    .select([
      'noteId',
      'noteVersions.version',
      'noteVersions.bodySealed',
      'reasonSealed',
      'signedAt',
      'replacedAt',
    ])
    .execute()
}
