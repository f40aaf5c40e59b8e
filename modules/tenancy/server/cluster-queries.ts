import { sql, type Tables } from '#platform/server/db.ts'

type Db = Tables<'clusters'>

export type ClusterRow = {
  id: string
  name: string
  address: string
  provisionerUrlSealed: Buffer
  templateName: string | null
  unreachableSince: Date | null
}

const columns = ['id', 'name', 'address', 'provisionerUrlSealed', 'templateName', 'unreachableSince'] as const

export async function clusterRowById(db: Db, id: string): Promise<ClusterRow | undefined> {
  return db.selectFrom('clusters').where('id', '=', id).select(columns).executeTakeFirst()
}

export async function clusterRowByName(db: Db, name: string): Promise<ClusterRow | undefined> {
  return db.selectFrom('clusters').where('name', '=', name).select(columns).executeTakeFirst()
}

export async function allClusterRows(db: Db): Promise<ClusterRow[]> {
  return db.selectFrom('clusters').select(columns).orderBy('name').execute()
}

export type NewCluster = {
  id: string
  name: string
  address: string
  provisionerUrlSealed: Buffer
  capacity?: number
}

/** @returns whether it was made; another process may have been faster */
export async function insertCluster(db: Db, cluster: NewCluster): Promise<boolean> {
  const row = await db
    .insertInto('clusters')
    .values(cluster)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function moveClusterTo(
  db: Db,
  id: string,
  { address, provisionerUrlSealed }: Pick<NewCluster, 'address' | 'provisionerUrlSealed'>,
): Promise<void> {
  await db.updateTable('clusters').set({ address, provisionerUrlSealed }).where('id', '=', id).execute()
}

/** @returns whether that is news */
export async function markUnreachable(db: Db, id: string, trouble: string, now: Date): Promise<boolean> {
  const row = await db
    .updateTable('clusters')
    .set({ trouble, unreachableSince: sql<Date>`coalesce(unreachable_since, ${now})` })
    .where('id', '=', id)
    .returning(sql<boolean>`old.unreachable_since is null`.as('isNews'))
    .executeTakeFirst()
  return row?.isNews ?? false
}

/** @returns whether that is news */
export async function markReachable(db: Db, id: string): Promise<boolean> {
  const row = await db
    .updateTable('clusters')
    .set({ trouble: null, unreachableSince: null })
    .where('id', '=', id)
    .where('unreachableSince', 'is not', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function keepTemplate(
  db: Db,
  id: string,
  template: { name: string; version: number; catalogue: string[] },
): Promise<void> {
  await db
    .updateTable('clusters')
    .set({
      templateName: template.name,
      templateVersion: template.version,
      templateCatalogue: template.catalogue,
    })
    .where('id', '=', id)
    .execute()
}

/**
 * The open cluster that answers and has most room, or the one asked for if it has any. Until the end of the transaction
 * nobody else asks: two who open practices at once do not both take the last place.
 */
export async function roomiestCluster(
  db: Tables<'clusters' | 'tenants'>,
  asked: string | undefined,
): Promise<string | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended('room for tenants', 0))`.execute(db)
  const taken = sql<number>`(select count(*) from tenants
    where tenants.cluster_id = clusters.id and tenants.state <> 'purged')`
  const row = await db
    .selectFrom('clusters')
    .where('state', '=', 'open')
    .where('unreachableSince', 'is', null)
    .where('capacity', '>', taken)
    .$if(asked !== undefined, (query) => query.where('id', '=', asked ?? ''))
    .orderBy(sql`capacity - ${taken}`, 'desc')
    .orderBy('name')
    .limit(1)
    .select('id')
    .executeTakeFirst()
  return row?.id
}
