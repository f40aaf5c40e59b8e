import type { Patient } from '#contract/patients'
import { phoneDialled, phoneShown } from '#platform/contract/phones.ts'
import type { Clock } from '#platform/server/clock.ts'
import { found } from '#platform/server/requests.ts'
import type { TenantDb } from '#platform/server/tenant-db.ts'
import { consentsOf, relativesOf } from './around-queries.ts'
import { practiceNow } from './practice-day.ts'
import { wholePatient } from './queries.ts'
import { sessionsIn } from './standing-queries.ts'

/** A patient whole, as their page shows them. @throws NotFound */
export async function shownPatient(
  { db, clock }: { db: TenantDb; clock: Clock },
  id: string,
): Promise<Patient> {
  const { today, timeZone } = await practiceNow(db, clock)
  const row = found(await wholePatient(db, id, today))
  const { originId, originName, practitionerId, practitionerName, phone, ...said } = row
  const year = Number(today.slice(0, 4))
  return {
    ...said,
    phone,
    phoneShown: phoneShown(phone),
    phoneDialled: phoneDialled(phone),
    origin: originId && originName ? { id: originId, name: originName } : null,
    practitioner: { id: practitionerId, name: practitionerName },
    sessions: { year, used: await sessionsIn(db, id, year, timeZone) },
    relatives: await relativesOf(db, id),
    consents: await consentsOf(db, id),
    createdAt: row.createdAt.toISOString(),
    archivedAt: row.archivedAt?.toISOString() ?? null,
    trashedAt: row.trashedAt?.toISOString() ?? null,
    erasedAt: row.erasedAt?.toISOString() ?? null,
  }
}
