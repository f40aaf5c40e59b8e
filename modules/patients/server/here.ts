import type { TenantTables } from '#platform/server/tenant-db.ts'

/**
 * Somebody whose data were not erased, nor are before this transaction ends: about nobody else is anything written anew.
 * An erasure that has begun is waited for, and one that comes later finds what was written.
 */
export async function isHere(db: TenantTables<'patients'>, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('patients')
    .where('id', '=', id)
    .where('erasedAt', 'is', null)
    .select('id')
    .forKeyShare()
    .executeTakeFirst()
  return row !== undefined
}
