/** Where somebody signs in from, in words: browser, system, country. */
import type { Language } from '#platform/ui/preferences.ts'
import type { Translate } from '#platform/ui/messages.tsx'

type Device = { browser: string | null; system: string | null }

/** « Firefox sur Windows » */
export function deviceInWords({ browser, system }: Device, t: Translate): string {
  if (browser && system) return t('identity.device', { browser, system })
  return browser ?? system ?? t('identity.device.unknown')
}

const names: Partial<Record<Language, Intl.DisplayNames>> = {}

/** « Allemagne » for DE. Private addresses and those of no table have no country. */
export function countryName(code: string | null, language: Language): string | null {
  if (code === null) return null
  const known = (names[language] ??= new Intl.DisplayNames(language, { type: 'region' }))
  return known.of(code) ?? code
}
