/**
 * Warnings and breaches, while support works and never at night: in the app at once, and by mail as each person wants it.
 * One mail a person for all of theirs, a quarter of an hour at least between two; what quiet hours held back comes when they
 * end, unless it was seen to meanwhile. Mails name no customer, since they pass through other people's machines.
 */
import type { CentralDb } from '#platform/server/db.ts'
import { tell } from '#platform/server/news.ts'
import type { Parts } from '../parts.ts'
import {
  alertsToMail,
  alertsToTell,
  claimMails,
  insertAlerts,
  peopleToTell,
  type AlertToMail,
  type NewAlert,
} from './alert-queries.ts'
import { versionsAtWork } from './at-work.ts'
import { isQuiet } from './quiet-hours.ts'

const betweenMailsMs = 15 * 60_000
/** As many are named as one reads in a mail; all of them are counted. */
const named = 10

type Telling = Pick<Parts, 'clock' | 'mail' | 'backofficeUrl'>

/** Within one transaction: who was told, and the mail as it is queued. */
export async function alert(db: CentralDb, on: Telling): Promise<void> {
  const now = on.clock.now()
  const atWork = await versionsAtWork(db, now)
  await tellInApp(db, await alertsToTell(db, now, atWork), now)
  const waiting = await alertsToMail(db, now, atWork, new Date(now.getTime() - betweenMailsMs))
  const wanted = waiting.filter((one) => !isQuiet(one, now))
  await tellByMail(db, on, wanted, now)
}

/** What was told already stays as it was. */
export async function tellInApp(db: CentralDb, alerts: readonly NewAlert[], now: Date): Promise<void> {
  for (const staffId of await insertAlerts(db, alerts, now))
    await tell(db, { topic: 'alerts', only: staffId })
}

async function tellByMail(
  db: CentralDb,
  { mail, backofficeUrl }: Telling,
  wanted: readonly AlertToMail[],
  now: Date,
): Promise<void> {
  const alerts = wanted.length === 0 ? [] : await claimMails(db, wanted, now)
  if (alerts.length === 0) return
  const theirs = Map.groupBy(alerts, ({ staffId }) => staffId)
  for (const person of await peopleToTell(db, [...theirs.keys()])) {
    const all = theirs.get(person.id) ?? []
    const late = numbersOf(all.filter(isBreach))
    // What was held back until it was late is told once: as late.
    const soon = numbersOf(all.filter((one) => !isBreach(one))).filter((number) => !late.includes(number))
    const name = `${person.firstName} ${person.lastName}`
    await mail.send(db, {
      to: { email: person.email, name },
      language: person.language,
      staffId: person.id,
      template: 'support.mail.promises',
      values: {
        name,
        count: late.length + soon.length,
        late: late.length,
        soon: soon.length,
        lateList: listed(late),
        soonList: listed(soon),
      },
      action: { url: new URL('/tickets?queue=soon', backofficeUrl).href },
    })
  }
}

const isBreach = ({ kind }: AlertToMail) => kind === 'breach'

/** Each ticket once, whichever of its promises it is. */
const numbersOf = (alerts: readonly AlertToMail[]) => [...new Set(alerts.map(({ number }) => number))]

const listed = (numbers: readonly number[]) =>
  numbers
    .slice(0, named)
    .map((number) => `#${number}`)
    .join(', ') + (numbers.length > named ? '…' : '')
