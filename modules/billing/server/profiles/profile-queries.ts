import { sql, type Tables } from '#platform/server/db.ts'
import type { Profile } from './index.ts'

type Db = Tables<'billingProfiles'>

const stored = ({ address, ...profile }: Profile) => ({
  ...profile,
  address: address === null ? null : JSON.stringify(address),
})

/** @returns whether nobody had written one meanwhile */
export async function insertProfile(db: Db, clientId: string, profile: Profile, now: Date): Promise<boolean> {
  const row = await db
    .insertInto('billingProfiles')
    .values({ ...stored(profile), clientId, updatedAt: now })
    .onConflict((known) => known.doNothing())
    .returning('clientId')
    .executeTakeFirst()
  return row !== undefined
}

/** @returns whether it still stood as it was seen */
export async function updateProfile(
  db: Db,
  clientId: string,
  revision: number,
  profile: Profile,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('billingProfiles')
    .set({ ...stored(profile), revision: sql<number>`revision + 1`, updatedAt: now })
    .where('clientId', '=', clientId)
    .where('revision', '=', revision)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
