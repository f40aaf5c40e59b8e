/** How days and times are said in the agenda, from the wire's own (`2026-11-23T09:00`): no time zone is involved. */
import type { Language } from '#platform/ui/preferences.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { addDays, dateOf, timeOf } from './wall-clock.ts'

const locales: Record<Language, string> = { fr: 'fr-FR', en: 'en-GB' }
const shapes = {
  /** lun. */
  weekday: { weekday: 'short' },
  /** lundi 23 novembre */
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  /** lun. 23 nov. */
  short: { weekday: 'short', day: 'numeric', month: 'short' },
  /** ven. 5 juin 2025 */
  shortYear: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  /** 23 novembre 2026 */
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  /** lundi 23 novembre 2026 */
  whole: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  /** novembre 2026 */
  month: { month: 'long', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>
type Shape = keyof typeof shapes

const made = new Map<string, Intl.DateTimeFormat>()

function formatOf(language: Language, shape: Shape): Intl.DateTimeFormat {
  const key = `${language} ${shape}`
  let format = made.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(locales[language], { ...shapes[shape], timeZone: 'UTC' })
    made.set(key, format)
  }
  return format
}

export type AgendaDates = ReturnType<typeof useAgendaDates>

export function useAgendaDates() {
  const t = useMessages()
  const { language } = useFormats()
  const say = (shape: Shape) => (date: string) =>
    formatOf(language, shape).format(new Date(`${dateOf(date)}T00:00:00Z`))
  const at = (shape: Shape) => (local: string) =>
    t('agenda.when', { day: say(shape)(local), time: timeOf(local) })
  // A day of another year says which: of what is long past, or far ahead, a month alone would mislead.
  const short = (date: string) =>
    say(date.startsWith(String(new Date().getFullYear())) ? 'short' : 'shortYear')(date)
  return {
    weekday: say('weekday'),
    day: say('day'),
    short,
    whole: say('whole'),
    month: say('month'),
    /** lundi 23 novembre à 09:00 */
    dayAt: at('day'),
    /** lun. 23 nov. à 09:00 */
    shortAt: (local: string) => t('agenda.when', { day: short(local), time: timeOf(local) }),
    /** lundi 23 novembre 2026 à 09:00 */
    wholeAt: at('whole'),
    /** 09:00 – 09:45 */
    times: ({ startsLocal, endsLocal }: { startsLocal: string; endsLocal: string }) =>
      `${timeOf(startsLocal)} – ${timeOf(endsLocal)}`,
    /** 23 – 29 novembre 2026 */
    period: (from: string, days: number) =>
      formatOf(language, 'date').formatRange(
        new Date(`${from}T00:00:00Z`),
        new Date(`${addDays(from, days - 1)}T00:00:00Z`),
      ),
  }
}
