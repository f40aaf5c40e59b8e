import { sql, type Tables } from '#platform/server/db.ts'
import { countedUpTo, type Place } from './queries.ts'

type Db = Tables<'addressBlocks' | 'staffMembers'>

/** Blocks a network unless it is blocked already, the longer the more often it was today. @returns the new block */
export async function insertBlock(
  db: Db,
  block: { network: string; reason: 'too_many_failures' | 'neighbouring_failures'; now: Date },
  secondsAfter: (earlierToday: number) => number,
): Promise<{ id: string; seconds: number; isFirstOfHour: boolean } | null> {
  const { network, now } = block
  return db.transaction().execute(async (tx) => {
    // Two processes that see the same failure number thirty take turns.
    await sql`select pg_advisory_xact_lock(hashtext('address_blocks'))`.execute(tx)
    const { rows } = await sql<{ blocked: boolean; earlier: number; lastHour: number }>`
      select coalesce(bool_or(network = ${network} and lifted_at is null and until > ${now}), false) as blocked,
        count(*) filter (where network = ${network} and lifted_at is null)::int as earlier,
        count(*) filter (where created_at > ${now}::timestamptz - interval '1 hour')::int as last_hour
      from address_blocks where created_at > ${now}::timestamptz - interval '1 day'`.execute(tx)
    const { blocked, earlier, lastHour } = rows[0] ?? { blocked: false, earlier: 0, lastHour: 0 }
    if (blocked) return null
    const seconds = secondsAfter(earlier)
    const { id } = await tx
      .insertInto('addressBlocks')
      .values({
        network,
        reason: block.reason,
        createdAt: now,
        until: new Date(now.getTime() + seconds * 1000),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { id, seconds, isFirstOfHour: lastHour === 0 }
  })
}

/** Adds what blocks answered since the last time, network by network. */
export async function addRefused(db: Db, refused: ReadonlyMap<string, number>, now: Date): Promise<void> {
  const [networks, counts] = [[...refused.keys()], [...refused.values()]]
  await sql`
    update address_blocks set refused = refused + more.count, last_refused_at = ${now}
    from unnest(${networks}::cidr[], ${counts}::int[]) as more (network, count)
    where address_blocks.network = more.network and lifted_at is null and until > ${now}`.execute(db)
}

export type BlockRow = Omit<Awaited<ReturnType<typeof blocksPage>>[number], 'exactAt'>

const blocks = (db: Db) =>
  db
    .selectFrom('addressBlocks')
    .leftJoin('staffMembers', 'staffMembers.id', 'addressBlocks.liftedBy')
    .select([
      'addressBlocks.id',
      sql<string>`network::text`.as('network'),
      'reason',
      'refused',
      'addressBlocks.createdAt',
      'lastRefusedAt',
      'until',
      'liftedAt',
      sql<string | null>`first_name || ' ' || last_name`.as('liftedBy'),
      sql<string>`to_char(address_blocks.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as(
        'exactAt',
      ),
    ])

export async function blocksPage(
  db: Db,
  wanted: { activeAt: Date | undefined; before: Place | undefined; limit: number },
) {
  const { activeAt, before } = wanted
  let query = blocks(db)
  if (activeAt) query = query.where('liftedAt', 'is', null).where('until', '>', activeAt)
  if (before)
    query = query.where(
      sql<boolean>`(address_blocks.created_at, address_blocks.id) < (${before.at}::timestamptz, ${before.id}::uuid)`,
    )
  return query
    .orderBy('addressBlocks.createdAt', 'desc')
    .orderBy('addressBlocks.id', 'desc')
    .limit(wanted.limit)
    .execute()
}

export async function blocksCounted(db: Db, activeAt: Date | undefined): Promise<number> {
  let query = db.selectFrom('addressBlocks').select('id')
  if (activeAt) query = query.where('liftedAt', 'is', null).where('until', '>', activeAt)
  const { total } = await db
    .selectFrom(query.limit(countedUpTo + 1).as('counted'))
    .select(sql<number>`count(*)`.as('total'))
    .executeTakeFirstOrThrow()
  return total
}

/** Lifts a block, if nobody did before. @returns it as it is now; undefined when there is none */
export async function liftOne(db: Db, id: string, by: string, now: Date): Promise<BlockRow | undefined> {
  await db
    .updateTable('addressBlocks')
    .set({ liftedAt: now, liftedBy: by })
    .where('id', '=', id)
    .where('liftedAt', 'is', null)
    .execute()
  return blocks(db).where('addressBlocks.id', '=', id).executeTakeFirst()
}
