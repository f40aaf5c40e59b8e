import { cx } from '#platform/ui/cx.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useAgendaDates } from '../agenda-dates.ts'
import { daysFrom, mondayOf } from '../wall-clock.ts'

type WeekStripProps = {
  on: string
  today: string
  countOn: (date: string) => number
  onDay: (date: string) => void
}

/** The week under the thumb: which day is shown, and how full the others are. */
export function WeekStrip({ on, today, countOn, onDay }: WeekStripProps) {
  const t = useMessages()
  const dates = useAgendaDates()
  return (
    <ol className="grid grid-cols-7 gap-1">
      {daysFrom(mondayOf(on), 7).map((date) => {
        const count = countOn(date)
        return (
          <li key={date}>
            <button
              type="button"
              onClick={() => onDay(date)}
              aria-pressed={date === on}
              {...(date === today && { 'aria-current': 'date' as const })}
              className={cx(
                'flex h-13 w-full flex-col items-center justify-center rounded-control border text-12 leading-4',
                date === on
                  ? 'border-accent bg-accent-soft text-accent-ink'
                  : 'border-line bg-surface text-ink-muted',
              )}
            >
              <span className="sr-only">{t('agenda.month.day', { day: dates.day(date), count })}</span>
              <span aria-hidden>{dates.weekday(date).replace('.', '')}</span>
              <span
                aria-hidden
                className={cx(
                  'text-14 font-semibold tabular-nums',
                  date === today && 'underline underline-offset-3',
                )}
              >
                {Number(date.slice(8))}
              </span>
              <span aria-hidden className="tabular-nums">
                {count || '·'}
              </span>
            </button>
          </li>
        )
      })}
    </ol>
  )
}
