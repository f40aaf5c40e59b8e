/** How days are said here, from the wire's own (`2026-11-23T09:00`): no time zone is involved. */
import type { Stretch } from '#contract/figures'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'

const locales = { fr: 'fr-FR', en: 'en-GB' } as const
const shapes = {
  short: { weekday: 'short', day: 'numeric', month: 'short' },
  dated: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  weekday: { weekday: 'long' },
  monthName: { month: 'long' },
  month: { month: 'long', year: 'numeric' },
  shortMonth: { month: 'short' },
  stretch: { day: 'numeric', month: 'long', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>
type Shape = keyof typeof shapes

const made = new Map<string, Intl.DateTimeFormat>()

function formatOf(language: keyof typeof locales, shape: Shape): Intl.DateTimeFormat {
  const key = `${language} ${shape}`
  let format = made.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(locales[language], { ...shapes[shape], timeZone: 'UTC' })
    made.set(key, format)
  }
  return format
}

export function useDates() {
  const t = useMessages()
  const { language } = useFormats()
  const say = (shape: Shape) => (local: string) => formatOf(language, shape).format(noon(local))
  const short = say('short')
  return {
    /** 14:00 */
    time: (local: string) => local.slice(11, 16),
    /** Aujourd’hui, Demain, lun. 23 nov. */
    day(local: string, today: string) {
      const ahead = Math.round((noon(local).getTime() - noon(today).getTime()) / 86_400_000)
      if (ahead === 0) return t('figures.on-today')
      return ahead === 1 ? t('figures.on-tomorrow') : short(local)
    },
    short,
    /** lun. 23 nov. 2026 */
    dated: say('dated'),
    /** lundi */
    weekday: say('weekday'),
    /** octobre */
    monthName: say('monthName'),
    /** octobre 2026 */
    month: say('month'),
    /** oct. */
    shortMonth: say('shortMonth'),
    /** 1–22 novembre 2026 */
    stretch: ({ from, to }: Stretch) => formatOf(language, 'stretch').formatRange(noon(from), noon(to)),
  }
}

const noon = (local: string) => new Date(`${local.slice(0, 10)}T12:00:00Z`)

export const dayOfMonth = (day: string) => Number(day.slice(8, 10))

/** Whether a stretch that ends on this day is a month that is over. */
export const isLastOfMonth = (day: string) =>
  new Date(noon(day).getTime() + 86_400_000).toISOString().slice(8, 10) === '01'
