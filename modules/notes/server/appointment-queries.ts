/** What notes are of: patients, and the asking practitioner's own sessions. */
import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'

type Db = TenantTables<'notes' | 'patients' | 'appointments' | 'acts' | 'practice'>

const timeZone = sql<string>`(select time_zone from practice)`

export async function patientNamed(db: Db, id: string) {
  return db
    .selectFrom('patients')
    .where('id', '=', id)
    .where('erasedAt', 'is', null)
    .select(['id', 'firstName', 'lastName'])
    .executeTakeFirst()
}

/** The day by the practice's clock. */
export async function todayThere(db: Db, now: Date): Promise<string> {
  const { day } = await db
    .selectFrom('practice')
    .select(sql<string>`(${now}::timestamptz at time zone time_zone)::date`.as('day'))
    .executeTakeFirstOrThrow()
  return day
}

function sessions(db: Db, practitionerId: string) {
  return db
    .selectFrom('appointments')
    .innerJoin('patients', 'patients.id', 'appointments.patientId')
    .leftJoin('acts', 'acts.id', 'appointments.actId')
    .where('appointments.practitionerId', '=', practitionerId)
    .select([
      'appointments.id',
      'appointments.startsAt',
      sql<string>`to_char(appointments.starts_at at time zone ${timeZone}, 'YYYY-MM-DD"T"HH24:MI')`.as(
        'startsLocal',
      ),
      'patients.id as patientId',
      'patients.firstName',
      'patients.lastName',
      sql<string>`coalesce(acts.name, '')`.as('act'),
      noteOf(practitionerId).as('noteId'),
    ])
}

/** The author's record note of a session, the first where there are several. */
const noteOf = (authorId: string) => sql<string | null>`(
  select n.id from notes n where n.appointment_id = appointments.id and n.author_id = ${authorId}
    and n.kind = 'record' and n.trashed_at is null order by n.id limit 1)`

export type SessionRow = NonNullable<Awaited<ReturnType<typeof sessionById>>>

export async function sessionById(db: Db, practitionerId: string, id: string) {
  return sessions(db, practitionerId).where('appointments.id', '=', id).executeTakeFirst()
}

type Asked = { patientId?: string | undefined; withoutNote: boolean; now: Date; since: Date | undefined }

/** One that is under way counts; one that nobody came to, or that was cancelled, took not place. */
const tookPlace = (now: Date) =>
  sql<boolean>`appointments.starts_at <= ${now} and appointments.status in ('planned', 'kept')`

export async function sessionsHeld(db: Db, practitionerId: string, asked: Asked, limit: number) {
  const { patientId, withoutNote, now, since } = asked
  const chosen = sessions(db, practitionerId)
    .where(tookPlace(now))
    .$if(patientId !== undefined, (query) => query.where('appointments.patientId', '=', patientId ?? null))
    .$if(since !== undefined, (query) => query.where('appointments.startsAt', '>=', since ?? now))
    .$if(withoutNote, (query) => query.where(noteOf(practitionerId), 'is', null))
  const [rows, { total }] = await Promise.all([
    chosen.orderBy('appointments.startsAt', 'desc').orderBy('appointments.id').limit(limit).execute(),
    chosen
      .clearSelect()
      .select(sql<number>`count(*)::int`.as('total'))
      .executeTakeFirstOrThrow(),
  ])
  return { rows, total }
}
