import { type KeyboardEvent, useEffect, useRef } from 'react'
import { cx } from '#platform/ui/cx.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { markOf } from '../act-colours.ts'
import { useAgendaDates } from '../agenda-dates.ts'
import { holidayWords } from '../holiday-words.ts'
import { isCancelled } from '../status.ts'
import { addDays, timeOf } from '../wall-clock.ts'
import type { BlockWords } from './block-button.tsx'
import { type Block, type Column, countOf } from './model.ts'

const SHOWN = 3
const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

type MonthGridProps = {
  label: string
  columns: readonly Column[]
  /** Its days are the month's; the others belong to the weeks at its edges. */
  month: string
  on: string
  today: string
  wordsOf: (block: Block) => BlockWords
  /** Only how many: there is no room for names. */
  narrow: boolean
  onOpen: (block: Block, origin: HTMLElement) => void
  onDay: (date: string) => void
  /** Another day takes the focus; perhaps of another month. */
  onFocusDay: (date: string) => void
}

export function MonthGrid(props: MonthGridProps) {
  const { columns, month, on, today, wordsOf, narrow } = props
  const t = useMessages()
  const dates = useAgendaDates()
  const grid = useRef<HTMLDivElement>(null)
  const moved = useRef(false)
  useEffect(() => {
    if (!moved.current) return
    moved.current = false
    grid.current?.querySelector<HTMLElement>(`[data-day="${on}"]`)?.focus()
  }, [on])
  const onKeyDown = (event: KeyboardEvent) => {
    const days = steps[event.key]
    const day = (event.target as Element).closest<HTMLElement>('[data-day]')?.dataset.day
    if (!days || !day || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    moved.current = true
    props.onFocusDay(addDays(day, days))
  }
  return (
    <section
      aria-label={props.label}
      className="flex min-h-0 flex-1 flex-col overflow-auto rounded-card border border-line bg-surface"
    >
      <div aria-hidden className="grid grid-cols-7 border-b border-line">
        {columns.slice(0, 7).map(({ date }) => (
          <span key={date} className="truncate px-1.5 py-1 text-12 font-medium text-ink-muted">
            {dates.weekday(date)}
          </span>
        ))}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the buttons within */}
      <div ref={grid} onKeyDown={onKeyDown} className="grid flex-1 auto-rows-fr grid-cols-7">
        {columns.map((column) => {
          const { date, blocks, holiday, absences } = column
          const away = absences.length > 0
          const count = countOf(blocks)
          return (
            <section
              key={column.key}
              aria-label={dates.day(date)}
              className={cx(
                'flex min-h-16 min-w-0 flex-col gap-0.5 border-t border-l border-line p-1 sm:min-h-30',
                date.slice(0, 7) !== month && 'bg-sunken',
              )}
            >
              <button
                type="button"
                data-day={date}
                tabIndex={date === on ? 0 : -1}
                onClick={() => props.onDay(date)}
                {...(date === today && { 'aria-current': 'date' as const })}
                className={cx(
                  'flex items-center gap-1 rounded-small px-1 text-left text-12 font-medium tabular-nums hover:bg-hover',
                  narrow ? 'min-h-10 flex-1 flex-col justify-start pt-1' : 'h-6',
                )}
              >
                <span className="sr-only">{t('agenda.month.day', { day: dates.day(date), count })}</span>
                <span
                  aria-hidden
                  className={cx(date === today && 'rounded-full bg-accent px-1.5 text-on-accent')}
                >
                  {Number(date.slice(8))}
                </span>
                {narrow && count > 0 && (
                  <span aria-hidden className="text-ink-muted">
                    {count}
                  </span>
                )}
                {narrow && count > 0 && (
                  <span aria-hidden className="flex gap-0.5">
                    {blocks
                      .filter(({ appointment }) => !isCancelled(appointment.status))
                      .slice(0, SHOWN)
                      .map(({ appointment }) => (
                        <span
                          key={appointment.id}
                          className="size-1.5 rounded-full"
                          style={{ background: markOf(appointment.act?.colour ?? 5) }}
                        />
                      ))}
                  </span>
                )}
              </button>
              {(holiday || away) && (
                <p
                  title={holiday ? t(holidayWords(holiday)) : absences[0]?.words}
                  className={cx(
                    'truncate text-12 max-sm:text-center sm:px-1',
                    holiday ? 'text-warning-ink' : 'text-ink-muted',
                  )}
                >
                  {narrow
                    ? t(holiday ? 'agenda.month.holiday' : 'agenda.month.away')
                    : holiday
                      ? t(holidayWords(holiday))
                      : absences[0]?.words}
                </p>
              )}
              {!narrow && (
                <ul className="flex min-w-0 flex-col">
                  {blocks.slice(0, SHOWN).map((block) => (
                    <li key={block.appointment.id} className="min-w-0">
                      <button
                        type="button"
                        onClick={(event) => props.onOpen(block, event.currentTarget)}
                        className="flex h-6 w-full min-w-0 items-center gap-1 rounded-small px-1 text-left text-12 hover:bg-hover touch:h-7"
                      >
                        <span className="sr-only">{wordsOf(block).label}</span>
                        <span
                          aria-hidden
                          className="h-3 w-1 shrink-0 rounded-full"
                          style={{ background: markOf(block.appointment.act?.colour ?? 5) }}
                        />
                        <span aria-hidden className="tabular-nums">
                          {timeOf(block.appointment.startsLocal)}
                        </span>
                        <span
                          aria-hidden
                          className={cx('truncate', isCancelled(block.appointment.status) && 'line-through')}
                        >
                          {wordsOf(block).title}
                        </span>
                      </button>
                    </li>
                  ))}
                  {blocks.length > SHOWN && (
                    <li>
                      <button
                        type="button"
                        onClick={() => props.onDay(date)}
                        className="h-6 rounded-small px-1 text-12 text-ink-muted hover:bg-hover touch:h-7"
                      >
                        {t('agenda.month.more', { count: blocks.length - SHOWN })}
                      </button>
                    </li>
                  )}
                </ul>
              )}
            </section>
          )
        })}
      </div>
    </section>
  )
}
