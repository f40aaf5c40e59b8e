import { useMessages } from '#platform/ui/messages.tsx'
import { useAgendaDates } from '../agenda-dates.ts'
import { addDays, dateOf, daysBetween, timeOf } from '../wall-clock.ts'
import { wholeDays } from './away.ts'

/** « du lun. 21 déc. au dim. 3 janv. », « mar. 24 nov., 14:00 – 18:00 ». */
export function useStretchWords() {
  const t = useMessages()
  const dates = useAgendaDates()
  return ({ startsLocal, endsLocal }: { startsLocal: string; endsLocal: string }): string => {
    const from = dateOf(startsLocal)
    const ends = timeOf(endsLocal) === '00:00' ? addDays(dateOf(endsLocal), -1) : dateOf(endsLocal)
    const isOneDay = daysBetween(from, ends) === 0
    if (wholeDays({ startsLocal, endsLocal }))
      return isOneDay
        ? dates.short(from)
        : t('agenda.settings.stretch.days', { from: dates.short(from), to: dates.short(ends) })
    if (isOneDay)
      return t('agenda.settings.stretch.hours', {
        day: dates.short(from),
        times: dates.times({ startsLocal, endsLocal }),
      })
    return t('agenda.settings.stretch.days', {
      from: dates.shortAt(startsLocal),
      to: dates.shortAt(endsLocal),
    })
  }
}
