import type { TenantDatabases } from '#platform/server/tenant-db.ts'
import { keepProfile, markLeft, practiceRow, profileOf } from './queries.ts'

type Person = { memberId: string; profile: string; firstName: string; lastName: string }

/**
 * What the practice's own database knows of its people, written by the vendor's keeper as they come and go. Nothing is
 * written where nothing changed: who comes in every day comes in too while the practice moves and can only be read.
 */
export function comingAndGoing(databases: Pick<TenantDatabases, 'reading' | 'within'>) {
  return {
    async enterPractice({ tenantId, memberId, profile, firstName, lastName }: Person & { tenantId: string }) {
      const known = await profileOf(await databases.reading(tenantId, 'keeper'), memberId)
      const same =
        known?.leftAt === null &&
        known.profile === profile &&
        known.firstName === firstName &&
        known.lastName === lastName
      if (same) return
      await databases.within(tenantId, 'keeper', (db) =>
        keepProfile(db, { memberId, profile, firstName, lastName }),
      )
    },

    async timeZoneOf(tenantId: string): Promise<string> {
      return (await practiceRow(await databases.reading(tenantId, 'keeper'))).timeZone
    },

    async leavePractice({
      tenantId,
      memberId,
      leftAt,
    }: {
      tenantId: string
      memberId: string
      leftAt: Date
    }) {
      await databases.within(tenantId, 'keeper', (db) => markLeft(db, memberId, leftAt))
    },
  }
}
