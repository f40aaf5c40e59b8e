import type { Language, Sentences } from '#platform/server/sentences.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Held } from './act-queries.ts'
import { daysIn, type Span } from './proration.ts'
import type { PeriodLine } from './running-period.ts'

export async function languageOfClient(db: CentralDb, clientId: string): Promise<Language> {
  const row = await db
    .selectFrom('billingProfiles')
    .where('clientId', '=', clientId)
    .select('language')
    .executeTakeFirst()
  return row?.language === 'en' ? 'en' : 'fr'
}

/** What a line says that gives unused days back. */
export async function unusedWords(db: CentralDb, sentences: Sentences, row: Held, period: Span) {
  const language = await languageOfClient(db, row.clientId)
  return (line: PeriodLine, left: number) =>
    sentences.say(language, 'billing.subscriptions.line.unused', {
      what: line.description,
      left,
      of: daysIn(period),
    })
}

/** What lines say that exchange a plan for another. */
export async function planWords(
  db: CentralDb,
  sentences: Sentences,
  row: Held,
  days: { left: number; of: number },
) {
  const language = await languageOfClient(db, row.clientId)
  return (what: 'given-back' | 'charged', plan: string) =>
    sentences.say(language, `billing.subscriptions.line.${what}`, { plan, ...days })
}
