import type { Language } from '#platform/server/sentences.ts'

const formats = {
  fr: new Intl.DateTimeFormat('fr-FR', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/Paris' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/Paris' }),
}

/** « 22/11/2026 09:33 », in a refusal's sentence. */
export const dayWords = (instant: Date, language: Language): string => formats[language].format(instant)
