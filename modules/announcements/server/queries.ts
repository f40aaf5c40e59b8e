import type { AnnouncementWords } from '#contract/announcements'
import { sql, type Tables } from '#platform/server/db.ts'

type Db = Tables<'announcements' | 'staffMembers'>

export type AnnouncementRow = Awaited<ReturnType<typeof announcementRows>>[number]

function announcements(db: Db, today: string) {
  return db
    .selectFrom('announcements')
    .leftJoin('staffMembers', 'staffMembers.id', 'announcements.createdBy')
    .select([
      'announcements.id',
      'bodyFr',
      'bodyEn',
      'link',
      sql<string>`from_on::text`.as('fromOn'),
      sql<string>`until_on::text`.as('untilOn'),
      'audience',
      'revision',
      'announcements.createdAt',
      sql<string | null>`first_name || ' ' || last_name`.as('createdBy'),
      sql<string>`case when removed_at is not null then 'removed' when from_on > ${today} then 'planned'
        when until_on < ${today} then 'over' else 'current' end`.as('state'),
    ])
}

/** Of today first, then what is to come, then what was. */
export async function announcementRows(db: Db, today: string, limit: number) {
  return announcements(db, today)
    .orderBy(
      sql`case when removed_at is not null then 3 when from_on > ${today} then 1 when until_on < ${today} then 2 else 0 end`,
    )
    .orderBy('fromOn', 'desc')
    .orderBy('announcements.id', 'desc')
    .limit(limit)
    .execute()
}

export async function announcementRow(db: Db, id: string, today: string) {
  return announcements(db, today).where('announcements.id', '=', id).executeTakeFirst()
}

export async function insertAnnouncement(
  db: Db,
  row: AnnouncementWords & { createdBy: string; createdAt: Date },
) {
  const { id } = await db.insertInto('announcements').values(row).returning('id').executeTakeFirstOrThrow()
  return id
}

/** False when somebody else was faster. */
export async function changeWords(
  db: Db,
  id: string,
  revision: number,
  words: AnnouncementWords,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('announcements')
    .set({ ...words, revision: revision + 1 })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function setRemoved(db: Db, id: string, removedAt: Date | null): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('announcements')
    .set({ removedAt })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function shownToday(db: Db, audience: string, today: string, limit: number) {
  return db
    .selectFrom('announcements')
    .where('removedAt', 'is', null)
    .where(sql<boolean>`${today} between from_on and until_on`)
    .where('audience', 'in', ['everyone', audience])
    .select(['id', 'bodyFr', 'bodyEn', 'link'])
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
