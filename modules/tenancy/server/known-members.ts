/**
 * What a practice's own database knows of who works in it, written there by its keeper: notes and files point at it, and
 * the practice sees names without asking the central database.
 */
import { sql } from '#platform/server/db.ts'
import type { TenantDatabases } from '#platform/server/tenant-db.ts'

type Entering = {
  tenantId: string
  memberId: string
  profile: 'practitioner' | 'secretary'
  firstName: string
  lastName: string
}

export const knownMembers = (databases: Pick<TenantDatabases, 'reading' | 'within'>) => ({
  /** Before each session begins. Most times it is known already: then nothing is written, not even while the practice moves. */
  async enterPractice({ tenantId, memberId, profile, firstName, lastName }: Entering): Promise<void> {
    const db = await databases.reading(tenantId, 'keeper')
    const known = await db
      .selectFrom('profiles')
      .where('memberId', '=', memberId)
      .where('leftAt', 'is', null)
      .select(['profile', 'firstName', 'lastName'])
      .executeTakeFirst()
    if (known?.profile === profile && known.firstName === firstName && known.lastName === lastName) return
    const said = { profile, firstName, lastName, leftAt: null }
    await databases.within(tenantId, 'keeper', (transaction) =>
      transaction
        .insertInto('profiles')
        .values({ memberId, ...said })
        .onConflict((conflict) => conflict.column('memberId').doUpdateSet(said))
        .execute(),
    )
  },

  /** Whoever never came in is not known there, and stays so. */
  async leavePractice({ tenantId, memberId, leftAt }: { tenantId: string; memberId: string; leftAt: Date }) {
    await databases.within(tenantId, 'keeper', (transaction) =>
      transaction
        .updateTable('profiles')
        .set({ leftAt: sql<Date>`coalesce(left_at, ${leftAt})` })
        .where('memberId', '=', memberId)
        .execute(),
    )
  },
})
