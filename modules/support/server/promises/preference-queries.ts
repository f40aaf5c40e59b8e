import type { AlertPreferences } from '#contract/support'
import type { CentralDb } from '#platform/server/db.ts'

/** Who never said anything has every mail, at any hour at which support works. */
export async function preferencesOf(db: CentralDb, staffId: string): Promise<AlertPreferences> {
  const row = await db
    .selectFrom('supportPreferences')
    .select(['alertsByMail', 'quietFrom', 'quietUntil', 'timeZone'])
    .where('staffId', '=', staffId)
    .executeTakeFirst()
  if (!row) return { byMail: true, quiet: null, timeZone: 'Europe/Paris' }
  const { alertsByMail, quietFrom, quietUntil, timeZone } = row
  const isQuietEver = quietFrom !== null && quietUntil !== null
  return {
    byMail: alertsByMail,
    quiet: isQuietEver ? { from: quietFrom.slice(0, 5), until: quietUntil.slice(0, 5) } : null,
    timeZone,
  }
}

export async function savePreferences(
  db: CentralDb,
  staffId: string,
  { byMail, quiet, timeZone }: AlertPreferences,
): Promise<void> {
  const says = {
    alertsByMail: byMail,
    quietFrom: quiet?.from ?? null,
    quietUntil: quiet?.until ?? null,
    timeZone,
  }
  await db
    .insertInto('supportPreferences')
    .values({ staffId, ...says })
    .onConflict((known) => known.column('staffId').doUpdateSet(says))
    .execute()
}

export async function setNoticesSeen(db: CentralDb, staffId: string, noticesSeenAt: Date): Promise<void> {
  await db
    .insertInto('supportPreferences')
    .values({ staffId, noticesSeenAt })
    .onConflict((known) => known.column('staffId').doUpdateSet({ noticesSeenAt }))
    .execute()
}
