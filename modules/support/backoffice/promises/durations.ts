/** Allowances as people write them: hours and minutes of working time. Never days: of which length would they be? */
import type { Translate } from '#platform/ui/messages.tsx'

/** « 45 min », « 4 h », « 4 h 30 » */
export function durationInWords(minutes: number, t: Translate): string {
  const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)]
  if (hours === 0) return t('support.sla.duration.minutes', { minutes: rest })
  if (rest === 0) return t('support.sla.duration.hours', { hours })
  return t('support.sla.duration.both', { hours, minutes: String(rest).padStart(2, '0') })
}

/** As one types it: `4:30`, and what the words above say. */
export const durationTyped = (minutes: number | null): string => {
  if (minutes === null) return ''
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return `${rest} min`
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')}`
}

/** @returns minutes, null for nothing promised, undefined for what is no duration */
export function readDuration(typed: string): number | null | undefined {
  const text = typed.trim().toLowerCase()
  if (text === '') return null
  const minutesAlone = /^(\d{1,5}) ?(?:min|mn|m|minutes?)?$/.exec(text)
  if (minutesAlone) return above(Number(minutesAlone[1]))
  const withHours = /^(\d{1,3}) ?(?:h|heures?|hours?|:) ?(?:(\d{1,2}) ?(?:min|mn|m)?)?$/.exec(text)
  if (!withHours) return undefined
  const [, hours, minutes = '0'] = withHours
  return Number(minutes) > 59 ? undefined : above(Number(hours) * 60 + Number(minutes))
}

const above = (minutes: number) => (minutes > 0 ? minutes : undefined)
