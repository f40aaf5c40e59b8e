/** Every statement of the practice's own database. There is no tenant in them: the handle is one practice's. */
import type { OwnProfile, Practice } from '#contract/cabinet'
import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'

type Db = TenantTables<'practice' | 'profiles'>

export async function practiceRow(db: Db) {
  return db
    .selectFrom('practice')
    .select(['name', 'kind', 'timeZone', 'phone', 'email', 'address', 'postcode', 'city', 'revision'])
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
  change: {
    [Field in 'name' | 'timeZone' | 'phone' | 'email' | 'address' | 'postcode' | 'city']?:
      | Practice[Field]
      | undefined
  },
  now: Date,
): Promise<boolean> {
  const changed = await db
    .updateTable('practice')
    .set({ ...change, revision: revision + 1, updatedAt: now })
    .where('revision', '=', revision)
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}

export async function ownProfile(db: Db, memberId: string): Promise<OwnProfile | undefined> {
  return db
    .selectFrom('profiles')
    .where('memberId', '=', memberId)
    .select(['profession', 'rpps', 'adeli', 'siret', 'phone', 'revision'])
    .executeTakeFirst()
}

/** False when another revision stands by now. */
export async function changeProfile(
  db: Db,
  memberId: string,
  { revision, ...change }: OwnProfile,
): Promise<boolean> {
  const changed = await db
    .updateTable('profiles')
    .set({ ...change, revision: revision + 1 })
    .where('memberId', '=', memberId)
    .where('revision', '=', revision)
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}

// ─────────────────────────── what the keeper writes as people come and go

export async function profileOf(db: Db, memberId: string) {
  return db.selectFrom('profiles').where('memberId', '=', memberId).selectAll().executeTakeFirst()
}

export async function keepProfile(
  db: Db,
  profile: { memberId: string; profile: string; firstName: string; lastName: string },
) {
  const { memberId, ...known } = profile
  await db
    .insertInto('profiles')
    .values({ memberId, ...known })
    .onConflict((conflict) => conflict.column('memberId').doUpdateSet({ ...known, leftAt: null }))
    .execute()
}

/** Whoever never came in is not known there, and stays so. */
export async function markLeft(db: Db, memberId: string, leftAt: Date) {
  await db
    .updateTable('profiles')
    .set({ leftAt: sql<Date>`coalesce(left_at, ${leftAt})` })
    .where('memberId', '=', memberId)
    .execute()
}
