/** Amounts and instants as a refusal's sentence says them. */
import type { Language } from '#platform/server/sentences.ts'

const locales = { fr: 'fr-FR', en: 'en-GB' } as const

/** « 1 234,50 € » */
export const moneyWords = (cents: number, language: Language): string =>
  new Intl.NumberFormat(locales[language], { style: 'currency', currency: 'EUR' }).format(cents / 100)

/** « 22/11/2026 09:33 », by the practice's clock. */
export const instantWords = (instant: Date, language: Language, timeZone: string): string =>
  new Intl.DateTimeFormat(locales[language], { dateStyle: 'short', timeStyle: 'short', timeZone }).format(
    instant,
  )
