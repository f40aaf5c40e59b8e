import type { Errand, Schedule } from '#platform/server/jobs.ts'
import { sql, type CentralDb } from '#platform/server/db.ts'
import { deliverDue } from './delivering.ts'
import type { Parts } from './parts.ts'
import { planReminders } from './planning.ts'

/** Each practice is looked at once in so many minutes. */
const buckets = 15
/** Side by side: one that does not answer holds up only its own lane. */
const lanes = 4

/** What somebody has just written leaves at once; what fails then is the sweep's. */
export const sendingErrand = { name: 'patient-messages', retries: 2, retryDelay: 30, secondsATry: 900 }

export const sendingNow = (parts: Parts): Errand => ({
  ...sendingErrand,
  run: async (tenantId) => {
    await deliverDue(tenantId, parts)
  },
})

export const sweeping = (parts: Parts): Schedule => ({
  name: 'patient-messages-sweep',
  cron: '* * * * *',
  async run(db) {
    const minute = Math.floor(parts.clock.now().getTime() / 60_000)
    await sweep(await practicesIn(db, minute % buckets), parts)
  },
})

/** Plans and sends in each of these practices, whatever becomes of the others. */
export async function sweep(tenantIds: readonly string[], parts: Parts): Promise<void> {
  const left = [...tenantIds]
  const lane = async () => {
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      try {
        await parts.databases.within(id, 'keeper', (db) => planReminders(db, parts))
        await deliverDue(id, parts)
      } catch (error) {
        parts.log.warn({ err: error, tenant: id }, 'the messages of a practice could not be looked at')
      }
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

/** By chance, but always the same: practices that are made together are not all swept together. */
async function practicesIn(db: CentralDb, bucket: number): Promise<string[]> {
  const rows = await db
    .selectFrom('tenants')
    .where('state', '=', 'active')
    .where(sql<number>`abs(hashtext(id::text)::bigint) % ${buckets}`, '=', bucket)
    .select('id')
    .execute()
  return rows.map(({ id }) => id)
}
