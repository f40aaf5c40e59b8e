/** Every statement of the practice's own database. There is no tenant in them: the handle is one practice's. */
import type { TenantTables } from '#platform/server/tenant-db.ts'

type Db = TenantTables<'practice' | 'profiles'>

export async function practiceRow(db: Db) {
  return db
    .selectFrom('practice')
    .select(['name', 'kind', 'timeZone', 'revision'])
    .executeTakeFirstOrThrow()
}

export async function peopleOf(db: Db) {
  return db
    .selectFrom('profiles')
    .where('leftAt', 'is', null)
    .orderBy('lastName')
    .orderBy('firstName')
    .orderBy('memberId')
    .select(['memberId', 'profile', 'firstName', 'lastName'])
    .execute()
}

/** False when another revision stands by now. */
export async function changePractice(
  db: Db,
  revision: number,
  change: { name?: string | undefined; timeZone?: string | undefined },
  now: Date,
): Promise<boolean> {
  const changed = await db
    .updateTable('practice')
    .set({ ...change, revision: revision + 1, updatedAt: now })
    .where('revision', '=', revision)
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}

/** What one practitioner wrote: when and of which kind, never the text. */
export async function notesOf(db: TenantTables<'notes'>, authorId: string, limit: number) {
  return db
    .selectFrom('notes')
    .where('authorId', '=', authorId)
    .orderBy('writtenAt', 'desc')
    .orderBy('id')
    .limit(limit)
    .select(['id', 'kind', 'writtenAt', 'lockedAt'])
    .execute()
}
