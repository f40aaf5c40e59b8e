import { cx } from '#platform/ui/cx.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useAgendaDates } from '../agenda-dates.ts'
import { holidayWords } from '../holiday-words.ts'
import { type Column, countOf } from './model.ts'

type ColumnHeadProps = {
  column: Column
  today: boolean
  /** Whose column it is, where several stand beside each other. */
  practitioner: string | undefined
  onDay: () => void
}

/** The day, whose it is, and that it is a public holiday. */
export function ColumnHead({ column, today, practitioner, onDay }: ColumnHeadProps) {
  const t = useMessages()
  const dates = useAgendaDates()
  const count = countOf(column.blocks)
  return (
    <>
      <button
        type="button"
        onClick={onDay}
        className={cx(
          'flex w-full min-w-0 items-baseline text-left gap-1.5 rounded-small text-13 font-medium',
          today ? 'text-accent-ink' : 'text-ink',
        )}
      >
        <span className="truncate">{practitioner ?? dates.weekday(column.date)}</span>
        {!practitioner && (
          <span
            className={cx('tabular-nums', today && 'rounded-full bg-accent px-1.5 text-on-accent')}
            {...(today && { 'aria-current': 'date' as const })}
          >
            {Number(column.date.slice(8))}
          </span>
        )}
        <span className="ml-auto text-12 font-regular text-ink-muted tabular-nums">
          {count > 0 && <span aria-hidden>{count}</span>}
          <span className="sr-only">{t('agenda.count', { count })}</span>
        </span>
      </button>
      {column.holiday && (
        <p className="truncate text-12 text-warning-ink" title={t(holidayWords(column.holiday))}>
          {t(holidayWords(column.holiday))}
        </p>
      )}
    </>
  )
}
