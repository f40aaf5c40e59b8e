import { peopleWith } from '#server/access'
import { dayOf, type Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import type { Mail } from '#platform/server/mail.ts'
import { languages, type Language, type Sentences } from '#platform/server/sentences.ts'
import { urgentRequests } from './queries.ts'

type On = { mail: Mail; sentences: Sentences; clock: Clock; backofficeUrl: URL }

/** As many are named as one reads in a mail; all of them are counted. */
const named = 10

/** Each morning, before the day's work: what is due within a week, and what is late. */
export const reminding = (on: On): Schedule => ({
  name: 'privacy-deadlines',
  cron: '0 8 * * *',
  run: (db) => remindOfDeadlines(db, on),
})

/** Mails whoever answers requests; nobody when nothing is near. The mail names no person: it lies in mailboxes. */
export async function remindOfDeadlines(
  db: CentralDb,
  { mail, sentences, clock, backofficeUrl }: On,
): Promise<void> {
  const requests = await urgentRequests(db, dayOf(clock.now()))
  if (requests.length === 0) return
  const late = requests.filter(({ daysLeft }) => daysLeft < 0).length
  const say = (language: Language, key: string, values: Record<string, string | number>) =>
    sentences.say(language, `privacy.mail.deadlines.${key}`, values)
  // All of them or none: the clock tries again what failed, and nobody is told twice.
  await db.transaction().execute(async (transaction: CentralDb) => {
    for (const { id, email, name, language: wished } of await peopleWith(transaction, 'privacy.manage')) {
      const language = languages.find((known) => known === wished) ?? 'fr'
      const list = requests
        .slice(0, named)
        .map(({ number, kind, daysLeft }) =>
          say(language, daysLeft < 0 ? 'line.late' : 'line.due', {
            number: String(number),
            kind: sentences.say(language, `privacy.kind.${kind}`),
            days: Math.abs(daysLeft),
          }),
        )
        .join(' · ')
      await mail.send(transaction, {
        to: { email, name },
        language,
        staffId: id,
        template: 'privacy.mail.deadlines',
        values: { name, count: requests.length, late, list, more: Math.max(0, requests.length - named) },
        action: { url: new URL('/privacy', backofficeUrl).href },
      })
    }
  })
}
