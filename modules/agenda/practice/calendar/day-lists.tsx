import { useLayoutEffect, useRef } from 'react'
import { cx } from '#platform/ui/cx.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { markOf } from '../act-colours.ts'
import { useAgendaDates } from '../agenda-dates.ts'
import { holidayWords } from '../holiday-words.ts'
import { isCancelled, statusLooks } from '../status.ts'
import { timeOf } from '../wall-clock.ts'
import type { BlockWords } from './block-button.tsx'
import type { Block, Column } from './model.ts'

type DayListsProps = {
  columns: readonly Column[]
  today: string
  wordsOf: (block: Block) => BlockWords
  onOpen: (block: Block, origin: HTMLElement) => void
  onDay: (date: string) => void
}

/** A week on a narrow screen: day after day, one line an appointment. */
export function DayLists({ columns, today, wordsOf, onOpen, onDay }: DayListsProps) {
  const t = useMessages()
  const dates = useAgendaDates()
  const list = useRef<HTMLDivElement>(null)
  const first = columns[0]?.date
  // One arrives at today, and at the beginning of any other week.
  useLayoutEffect(() => {
    const day = list.current?.querySelector<HTMLElement>('[data-today]')
    if (list.current) list.current.scrollTop = day ? day.offsetTop - list.current.offsetTop : 0
  }, [first, today])
  return (
    <div ref={list} className="flex min-h-0 flex-1 flex-col gap-3 overflow-auto">
      {columns.map(({ key, date, blocks, holiday, absences }) => (
        <section key={key} aria-label={dates.day(date)} {...(date === today && { 'data-today': true })}>
          <h2
            className={cx(
              'mb-1 flex items-baseline gap-2 text-13 font-semibold',
              date === today && 'text-accent-ink',
            )}
          >
            <button
              type="button"
              onClick={() => onDay(date)}
              className="rounded-small first-letter:uppercase touch:min-h-8"
            >
              {dates.day(date)}
            </button>
            {holiday && (
              <span className="text-12 font-regular text-warning-ink">{t(holidayWords(holiday))}</span>
            )}
            {absences.map(({ id, words }) => (
              <span key={id} className="text-12 font-regular text-ink-muted">
                {words}
              </span>
            ))}
          </h2>
          {blocks.length === 0 && <p className="text-13 text-ink-muted">{t('agenda.day.empty')}</p>}
          <ul className="flex flex-col gap-1">
            {blocks.map((block) => {
              const { appointment } = block
              const { icon: Icon } = statusLooks[appointment.status]
              const words = wordsOf(block)
              return (
                <li key={appointment.id}>
                  <button
                    type="button"
                    onClick={(event) => onOpen(block, event.currentTarget)}
                    className="flex min-h-12 w-full items-center gap-3 rounded-control border border-line bg-surface px-3 py-1.5 text-left text-13"
                  >
                    <span className="sr-only">{words.label}</span>
                    <span
                      aria-hidden
                      className="h-8 w-1 shrink-0 rounded-full"
                      style={{ background: markOf(appointment.act?.colour ?? 5) }}
                    />
                    <span aria-hidden className="w-11 shrink-0 font-medium tabular-nums">
                      {timeOf(appointment.startsLocal)}
                    </span>
                    <span aria-hidden className="min-w-0 flex-1">
                      <span
                        className={cx(
                          'block truncate font-medium',
                          isCancelled(appointment.status) && 'line-through',
                        )}
                      >
                        {words.title}
                      </span>
                      <span className="flex items-center gap-1 text-12 text-ink-muted">
                        {appointment.status !== 'planned' && <Icon aria-hidden size={12} />}
                        <span className="truncate">
                          {[appointment.status !== 'planned' && words.status, words.act]
                            .filter(Boolean)
                            .join(' · ')}
                        </span>
                      </span>
                    </span>
                  </button>
                </li>
              )
            })}
          </ul>
        </section>
      ))}
    </div>
  )
}
