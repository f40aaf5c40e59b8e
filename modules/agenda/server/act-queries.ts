import type { Act } from '#contract/agenda'
import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'

type Db = TenantTables<'acts' | 'tariffs'>

const actSql = sql`json_build_object('id', k.id, 'name', k.name, 'minutes', k.minutes, 'colour', k.colour,
  'monSoutienPsy', k.mon_soutien_psy, 'position', k.position, 'archived', k.archived_at is not null,
  'revision', k.revision, 'tariffs', coalesce((select json_agg(json_build_object('fromOn', t.from_on, 'feeCents', t.fee_cents)
    order by t.from_on desc) from tariffs t where t.act_id = k.id), '[]'))`

export async function actsShown(db: Db): Promise<Act[]> {
  const { rows } = await sql<{ shown: Act }>`select ${actSql} as shown from acts k
    order by k.archived_at is not null, k.position, searchable(k.name), k.id`.execute(db)
  return rows.map(({ shown }) => shown)
}

export async function actShown(db: Db, id: string, { held = false } = {}): Promise<Act | undefined> {
  const { rows } = await sql<{ shown: Act }>`
    select ${actSql} as shown from acts k where k.id = ${id} ${held ? sql`for update` : sql``}`.execute(db)
  return rows[0]?.shown
}

/** Whoever else would begin with the usual acts waits until this transaction ends, and then sees them. */
export async function beginAlone(db: Db) {
  await sql`select pg_advisory_xact_lock(hashtextextended('usual acts', 0))`.execute(db)
}

export async function insertActs(
  db: Db,
  rows: readonly {
    id: string
    name: string
    minutes: number
    colour: number
    monSoutienPsy: boolean
    position: number
  }[],
) {
  await db
    .insertInto('acts')
    .values([...rows])
    .execute()
}

export async function touchAct(
  db: Db,
  id: string,
  change: {
    name?: string | undefined
    minutes?: number | undefined
    colour?: number | undefined
    monSoutienPsy?: boolean | undefined
    position?: number | undefined
    archivedAt?: Date | null
  },
) {
  await db
    .updateTable('acts')
    .set({ ...change, revision: sql<number>`revision + 1` })
    .where('id', '=', id)
    .execute()
}

export async function putTariff(db: Db, row: { actId: string; fromOn: string; feeCents: number }) {
  await db
    .insertInto('tariffs')
    .values(row)
    .onConflict((conflict) => conflict.columns(['actId', 'fromOn']).doUpdateSet({ feeCents: row.feeCents }))
    .execute()
}

export async function deleteTariff(db: Db, actId: string, fromOn: string) {
  await db.deleteFrom('tariffs').where('actId', '=', actId).where('fromOn', '=', fromOn).execute()
}

export async function isActUsed(db: TenantTables<'appointments'>, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('appointments')
    .where('actId', '=', id)
    .select('id')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
