/** What is promised now, as the screens show it: of each calendar and policy the version in force, and when the others begin. */
import type { Escalation, SlaCalendar, SlaPolicy } from '#contract/support'
import type { CentralDb } from '#platform/server/db.ts'
import { calendarOf } from './agreements.ts'
import { allowancesOf, calendarVersions, policyRows } from './queries.ts'
import { ticketsUnder } from './ticket-queries.ts'

export async function calendarsNow(db: CentralDb, now: Date): Promise<SlaCalendar[]> {
  const versions = Map.groupBy(await calendarVersions(db), ({ calendarId }) => calendarId)
  return Promise.all(
    [...versions.values()].map(async (ofOne) => {
      const current = inForce(ofOne, now)
      return {
        id: current.calendarId,
        name: current.name,
        versionId: current.id,
        inForceFrom: current.inForceFrom.toISOString(),
        calendar: await calendarOf(db, current.id),
        territory: current.territory as SlaCalendar['territory'], // checked when it was saved
        versions: latestFirst(ofOne),
      }
    }),
  )
}

export async function policiesNow(db: CentralDb, now: Date): Promise<SlaPolicy[]> {
  const versions = Map.groupBy(await policyRows(db), ({ policyId }) => policyId)
  const calendars = new Map((await calendarVersions(db)).map(({ calendarId, name }) => [calendarId, name]))
  const under = await ticketsUnder(db)
  return [...versions.values()]
    .map((ofOne) => {
      const current = inForce(ofOne, now)
      return {
        id: current.policyId,
        name: current.name,
        versionId: current.id,
        inForceFrom: current.inForceFrom.toISOString(),
        active: current.active,
        position: current.position,
        calendar: { id: current.calendarId, name: calendars.get(current.calendarId) ?? '' },
        plans: current.plans,
        tags: current.tags,
        allowances: allowancesOf(current),
        warnAtPercent: current.warnAtPercent,
        escalations: current.escalations as Escalation[], // checked when they were saved
        tickets: ofOne.reduce((sum, { id }) => sum + (under.get(id) ?? 0), 0),
        versions: latestFirst(ofOne),
      }
    })
    .toSorted((one, other) => one.position - other.position)
}

/** The youngest that has begun; where none has, the first that will. */
export const inForce = <Version extends { inForceFrom: Date }>(
  inTheirOrder: readonly Version[],
  now: Date,
): Version => inTheirOrder.findLast(({ inForceFrom }) => inForceFrom <= now) ?? inTheirOrder[0]! // a group has one at least

const latestFirst = (versions: readonly { id: string; inForceFrom: Date; by: string | null }[]) =>
  versions.toReversed().map(({ id, inForceFrom, by }) => ({ id, inForceFrom: inForceFrom.toISOString(), by }))
