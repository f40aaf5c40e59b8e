/**
 * How figures and dates are written, for fr-FR and en-GB, in the time zone of Paris.
 * What is missing is written as a dash, never as a zero.
 */
import type { Language } from './preferences.ts'

export const MISSING = '—'
export const TIME_ZONE = 'Europe/Paris'

/** An instant (`2026-02-27T08:33:00Z`) or a plain date (`2026-02-27`), as they come on the wire. */
export type Dated = string | Date | null | undefined

export type Formats = ReturnType<typeof formatsFor>

const locales: Record<Language, string> = { fr: 'fr-FR', en: 'en-GB' }
const made = new Map<Language, Formats>()

export function formatsIn(language: Language): Formats {
  let formats = made.get(language)
  if (!formats) made.set(language, (formats = formatsFor(language)))
  return formats
}

/** Made when first used: all of them together take a telephone longer than a screen's first drawing may. */
function once<Made>(make: () => Made): () => Made {
  let it: Made | undefined
  return () => (it ??= make())
}

function formatsFor(language: Language) {
  const locale = locales[language]
  const number = (options: Intl.NumberFormatOptions) => {
    const format = once(() => new Intl.NumberFormat(locale, options))
    return (value: number | null | undefined) => (value == null ? MISSING : format().format(value))
  }
  const instant = (options: Intl.DateTimeFormatOptions) => {
    const formatFor = (timeZone: string) => new Intl.DateTimeFormat(locale, { ...options, timeZone })
    const [local, plain] = [once(() => formatFor(TIME_ZONE)), once(() => formatFor('UTC'))]
    return (value: Dated) => {
      const date = toDate(value)
      return date ? (isPlainDate(value) ? plain() : local()).format(date) : MISSING
    }
  }

  const euros = number({ style: 'currency', currency: 'EUR' })
  const wholeEuros = number({ style: 'currency', currency: 'EUR', maximumFractionDigits: 0 })
  const compactEuros = number({
    style: 'currency',
    currency: 'EUR',
    notation: 'compact',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  })
  const percent = number({ style: 'percent', maximumFractionDigits: 1 })
  const preciseRate = number({ style: 'percent', maximumFractionDigits: 2 })
  const alignedRate = number({ style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 })
  // Shares and changes stand in columns: always one decimal, so that they align.
  const oneDecimal = { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 } as const
  const signed = number({ ...oneDecimal, signDisplay: 'exceptZero' })
  const relative = once(() => new Intl.RelativeTimeFormat(locale, { numeric: 'always' }))
  const day = instant({ day: '2-digit', month: '2-digit', year: 'numeric' })
  const time = instant({ hour: '2-digit', minute: '2-digit' })
  const clock = instant({ hour: '2-digit', minute: '2-digit', second: '2-digit' })
  const exactDay = instant({ dateStyle: 'full' })
  const exactInstant = instant({ dateStyle: 'full', timeStyle: 'long' })
  const lists = once(() => new Intl.ListFormat(locale))

  return {
    language,
    integer: number({ maximumFractionDigits: 0 }),
    decimal: number({ maximumFractionDigits: 2 }),
    /** Of an invoice's line: up to three decimals. */
    quantity: number({ maximumFractionDigits: 3 }),
    /** Integer cents: 2900 is « 29,00 € ». */
    money: (cents: number | null | undefined) => euros(cents == null ? cents : cents / 100),
    /** The same without cents, for axes of charts. */
    wholeMoney: (cents: number | null | undefined) => wholeEuros(cents == null ? cents : cents / 100),
    /** In little room: 301200 is « 3,0 k€ », without the space that would part the unit. */
    compactMoney: (cents: number | null | undefined) =>
      compactEuros(cents == null ? cents : cents / 100).replace(/(?<=[kM])\s(?=€)/, ''),
    /** A ratio: 0.062 is « 6,2 % ». */
    percent,
    /** A part of a whole: 0.03 is « 3,0 % ». */
    share: number(oneDecimal),
    /** A change: 0.062 is « +6,2 % ». */
    change: signed,
    /** How many more or less: 3 is « +3 ». */
    difference: number({ maximumFractionDigits: 0, signDisplay: 'exceptZero' }),
    /** Basis points: 2000 is « 20 % », and 105 is « 1,05 % ». */
    rate: (points: number | null | undefined) => preciseRate(points == null ? points : points / 10_000),
    /** In a column, where commas stand below each other: « 2,40 % » above « 12,15 % ». */
    alignedRate: (points: number | null | undefined) =>
      alignedRate(points == null ? points : points / 10_000),
    /** 27/02/2026 */
    day,
    /** 09:33 */
    time,
    /** 09:33:12 */
    clock,
    /** 27/02/2026 09:33:12, where a log is read */
    instant: (value: Dated) => (toDate(value) ? `${day(value)} ${clock(value)}` : MISSING),
    /** 27/02/2026 09:33 */
    dayTime: (value: Dated) => (toDate(value) ? `${day(value)} ${time(value)}` : MISSING),
    /** octobre 2026 */
    month: instant({ month: 'long', year: 'numeric' }),
    /** octobre */
    monthName: instant({ month: 'long' }),
    /** oct. 26, for axes of charts */
    shortMonth: instant({ month: 'short', year: '2-digit' }),
    /** The whole instant, for whoever hovers a date. */
    exact: (value: Dated) => (isPlainDate(value) ? exactDay : exactInstant)(value),
    /** il y a 3 jours, dans 2 heures; null under a minute, which has words of its own. */
    relative: (value: Dated, now: Date = new Date()) => {
      const date = toDate(value)
      if (!date) return MISSING
      const step = stepBetween(date, now)
      return step && relative().format(step.value, step.unit)
    },
    list: (items: string[]) => lists().format(items),
  }
}

function isPlainDate(value: Dated): boolean {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
}

export function toDate(value: Dated): Date | null {
  if (!value) return null
  const date = new Date(value)
  return Number.isNaN(date.getTime()) ? null : date
}

const steps: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 365.25 * 86_400],
  ['month', (365.25 / 12) * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** The largest unit that fits at least once, cut down: 45 days are one month, not two. */
function stepBetween(date: Date, now: Date) {
  const seconds = (date.getTime() - now.getTime()) / 1000
  for (const [unit, length] of steps)
    if (Math.abs(seconds) >= length) return { unit, value: Math.trunc(seconds / length) }
  return null
}
