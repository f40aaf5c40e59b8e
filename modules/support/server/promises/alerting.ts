/**
 * Warnings and breaches by mail, while support works and never at night: one mail a person for all of theirs, a quarter of an
 * hour at least between two. They name no customer, since mails pass through other people's machines.
 */
import type { CentralDb } from '#platform/server/db.ts'
import type { Parts } from '../parts.ts'
import { workedBetween } from '../sla/working-time.ts'
import { calendarOf } from './agreements.ts'
import { alertsToTell, insertAlerts, peopleToTell, type Alert } from './alert-queries.ts'
import { calendarVersions, policyVersions } from './queries.ts'
import { inForce } from './standing.ts'

const quietMs = 15 * 60_000
/** As many are named as one reads in a mail; all of them are counted. */
const named = 10

export async function alert(
  db: CentralDb,
  { clock, mail, backofficeUrl }: Pick<Parts, 'clock' | 'mail' | 'backofficeUrl'>,
): Promise<void> {
  const now = clock.now()
  const isOpen = await openNow(db, now)
  const alerts = (await alertsToTell(db, now, new Date(now.getTime() - quietMs))).filter(isOpen)
  if (alerts.length === 0) return
  await insertAlerts(db, alerts, now)
  const theirs = Map.groupBy(alerts, ({ staffId }) => staffId)
  for (const person of await peopleToTell(db, [...theirs.keys()])) {
    const all = theirs.get(person.id) ?? []
    const [late, soon] = [all.filter(isBreach), all.filter((one) => !isBreach(one))]
    const name = `${person.firstName} ${person.lastName}`
    await mail.send(db, {
      to: { email: person.email, name },
      language: person.language,
      staffId: person.id,
      template: 'support.mail.promises',
      values: {
        name,
        count: all.length,
        late: late.length,
        soon: soon.length,
        lateList: numbers(late),
        soonList: numbers(soon),
      },
      action: { url: new URL('/tickets?queue=soon', backofficeUrl).href },
    })
  }
}

const isBreach = ({ kind }: Alert) => kind === 'breach'

const numbers = (alerts: readonly Alert[]) =>
  alerts
    .slice(0, named)
    .map(({ number }) => `#${number}`)
    .join(', ') + (alerts.length > named ? '…' : '')

/** Whether the calendar by which a ticket is counted has support at work at this moment. */
async function openNow(db: CentralDb, now: Date): Promise<(alert: Alert) => boolean> {
  const calendarIdOf = new Map((await policyVersions(db)).map(({ id, calendar }) => [id, calendar]))
  const open = new Map<string, boolean>()
  for (const [id, versions] of Map.groupBy(await calendarVersions(db), ({ calendarId }) => calendarId)) {
    const calendar = await calendarOf(db, inForce(versions, now).id)
    open.set(id, workedBetween(calendar, now.getTime(), now.getTime() + 1) > 0)
  }
  return ({ policyVersion }) => open.get(calendarIdOf.get(policyVersion ?? '') ?? '') ?? false
}
