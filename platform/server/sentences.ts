import { IntlMessageFormat } from 'intl-messageformat'
import * as z from 'zod'

export const languages = ['fr', 'en'] as const
export type Language = (typeof languages)[number]

/** The messages of all modules, by language and key; handed over by the app, since the platform names no module. */
export type Messages = Record<Language, Record<string, string>>

export type Sentences = {
  has(key: string): boolean
  say(language: Language, key: string, values?: Record<string, string | number>): string
}

export function sentencesOf(messages: Messages): Sentences {
  const compiled = new Map<string, IntlMessageFormat>()
  return {
    has: (key) => key in messages.fr,
    say(language, key, values) {
      const name = `${language} ${key}`
      let format = compiled.get(name)
      if (!format) {
        format = new IntlMessageFormat(messages[language][key] ?? key, language)
        compiled.set(name, format)
      }
      return String(format.format(values))
    },
  }
}

/** `fr-CA, en;q=0.8` -> `fr`; French when neither is wished. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wished = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().split(';')
      const quality = Number(
        rest
          .find((word) => word.trim().startsWith('q='))
          ?.trim()
          .slice(2) ?? 1,
      )
      return { language: tag.slice(0, 2).toLowerCase(), quality }
    })
    .filter((wish) => wish.quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
  return (
    wished.find((wish): wish is { language: Language; quality: number } =>
      (languages as readonly string[]).includes(wish.language),
    )?.language ?? 'fr'
  )
}

/** How Zod words a wrong field, in each language. */
export const zodWords = {
  fr: z.locales.fr().localeError,
  en: z.locales.en().localeError,
} as const
