import { CompiledQuery } from 'kysely'
import { sql, type CentralDb, type Tables } from '#platform/server/db.ts'
import type { Within } from '#server/access'
import { objectName } from '../searching/names.ts'
import { isMeant, mayBeErased, valuesOf, type Meant } from './meant.ts'

/** What falls under it, verb by verb; from `cutoff` on, or without a payload, or of erasures themselves, it stays. */
export type Falls = {
  verb: string
  payloads: number
  from: Date | null
  to: Date | null
  onSeveral: number
  recent: number
  ofErasures: number
  without: number
}

export async function fallsUnder(
  db: Tables<'auditLog'>,
  meant: Meant,
  cutoff: Date,
): Promise<readonly Falls[]> {
  const goes = `sealed IS NOT NULL AND entry.at < $6 AND ${mayBeErased}`
  return ask<Falls>(
    db,
    `SELECT entry.verb,
       count(*) FILTER (WHERE ${goes}) AS payloads,
       min(entry.at) FILTER (WHERE ${goes}) AS "from",
       max(entry.at) FILTER (WHERE ${goes}) AS "to",
       count(*) FILTER (WHERE ${goes} AND entry.object_count > 1) AS "onSeveral",
       count(*) FILTER (WHERE sealed IS NOT NULL AND entry.at >= $6 AND ${mayBeErased}) AS recent,
       count(*) FILTER (WHERE sealed IS NOT NULL AND NOT (${mayBeErased})) AS "ofErasures",
       count(*) FILTER (WHERE sealed IS NULL) AS "without"
     FROM audit_log entry WHERE ${isMeant} GROUP BY entry.verb`,
    [...valuesOf(meant), cutoff],
  )
}

export async function isSomethingToErase(db: Tables<'auditLog'>, meant: Meant): Promise<boolean> {
  const [row] = await ask<{ some: boolean }>(
    db,
    `SELECT EXISTS (SELECT FROM audit_log entry WHERE sealed IS NOT NULL AND ${mayBeErased} AND ${isMeant}) AS "some"`,
    valuesOf(meant),
  )
  return row?.some === true
}

export type Request = Meant & {
  before: Date
  id: string
  entryId: string
  reason: string
  /** Null: by the clock. */
  requestedBy: string | null
}

/** @returns false when the same waits already: an erasure is asked for once (audit_erasures_open) */
export async function insertErasure(db: Tables<'auditErasures'>, erasure: Request): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('auditErasures')
    .values(erasure)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** The one that waits and is about the same. */
export async function openErasure(db: Tables<'auditErasures'>, meant: Meant) {
  const { kind, objectType = null, objectId = null, actorId = null } = meant
  return db
    .selectFrom('auditErasures')
    .where('doneAt', 'is', null)
    .where('kind', '=', kind)
    .where('objectType', 'is not distinct from', objectType)
    .where('objectId', 'is not distinct from', objectId)
    .where('actorId', 'is not distinct from', actorId)
    .select('id')
    .executeTakeFirst()
}

/** @param mine the clients whose names may be known; undefined: none */
export async function erasuresPage(
  db: CentralDb,
  mine: Within | undefined,
  wanted: { before?: string | undefined; limit: number; state?: 'waiting' | 'done' | undefined },
) {
  const { before, limit, state } = wanted
  let query = erasures(db, mine).orderBy('e.id', 'desc').limit(limit)
  if (before) query = query.where('e.id', '<', before)
  if (state) query = query.where('e.doneAt', state === 'done' ? 'is not' : 'is', null)
  return query.execute()
}

export type ErasureRow = Awaited<ReturnType<typeof erasuresPage>>[number]

export async function erasureById(db: CentralDb, mine: Within | undefined, id: string) {
  return erasures(db, mine).where('e.id', '=', id).executeTakeFirst()
}

export async function certificateOf(db: Tables<'auditErasures'>, id: string) {
  return db.selectFrom('auditErasures').where('id', '=', id).select('certificate').executeTakeFirst()
}

const erasures = (db: CentralDb, mine: Within | undefined) =>
  db
    .selectFrom('auditErasures as e')
    .select([
      'e.id',
      'e.kind',
      'e.before',
      'e.objectType',
      'e.objectId',
      'e.actorId',
      'e.reason',
      'e.requestedBy',
      'e.requestedAt',
      'e.entryId',
      'e.doneAt',
      'e.erased',
      staffName('requested_by').as('requestedByName'),
      sql<string | null>`coalesce(${staffName('actor_id')}, ${objectName(mine)})`.as('name'),
    ])

const staffName = (column: string) => sql<string | null>`(
  select concat_ws(' ', nullif(named.first_name, ''), named.last_name)
  from staff_members named where named.id::text = e.${sql.ref(column)}::text)`

// ───────────────────────────── how long payloads are kept

export async function retention(db: Tables<'auditRetention'>) {
  return db.selectFrom('auditRetention').select(['payloadMonths', 'revision']).executeTakeFirstOrThrow()
}

/** @returns what was saved; nothing when somebody was faster */
export async function changeRetention(
  db: Tables<'auditRetention'>,
  { payloadMonths, revision }: { payloadMonths: number | null; revision: number },
) {
  return db
    .updateTable('auditRetention')
    .set({ payloadMonths, revision: sql<number>`revision + 1` })
    .where('revision', '=', revision)
    .returning(['payloadMonths', 'revision'])
    .executeTakeFirst()
}

/** Text that is shared with the sequencer, which speaks plain SQL. */
async function ask<Row>(db: Tables<'auditLog'>, text: string, values: unknown[]): Promise<readonly Row[]> {
  const { rows } = await db.withoutPlugins().executeQuery<Row>(CompiledQuery.raw(text, values))
  return rows
}
