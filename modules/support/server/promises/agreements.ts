/** The agreements as the database has them, for the clocks. */
import { Calendar } from '#contract/support'
import type { CentralDb } from '#platform/server/db.ts'
import { agreementsOf, type AgreementAt } from '../sla/agreements.ts'
import { calendarContents, calendarVersions, policyVersions } from './queries.ts'

export type { AgreementAt } from '../sla/agreements.ts'

/**
 * Versions are never changed in place, so what was read once stays right; and one calendar stays one object, since the
 * clock works its windows out for each object anew.
 */
const known = new Map<string, Calendar>()

/** Reads every version that there is: few and small, but for the calendars, which are read once a process. */
export async function agreementAt(db: CentralDb): Promise<AgreementAt> {
  const calendars = await calendarVersions(db)
  const unknown = calendars.map(({ id }) => id).filter((id) => !known.has(id))
  if (unknown.length > 0)
    for (const { id, content } of await calendarContents(db, unknown)) known.set(id, Calendar.parse(content))
  return agreementsOf(
    await policyVersions(db),
    calendars.map(({ id, calendarId, inForceFrom }) => ({
      id,
      calendar: calendarId,
      from: inForceFrom.getTime(),
      value: known.get(id)!, // read above, if not before
    })),
  )
}

/** What a version says, as the clock has it. */
export async function calendarOf(db: CentralDb, versionId: string): Promise<Calendar> {
  if (!known.has(versionId))
    for (const { id, content } of await calendarContents(db, [versionId]))
      known.set(id, Calendar.parse(content))
  return known.get(versionId)! // whoever asks read its id from the table
}
