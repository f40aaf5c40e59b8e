import { type PointerEvent, type ReactNode, useLayoutEffect, useRef } from 'react'
import { cx } from '#platform/ui/cx.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { clockOf, dateOf, minuteOf, timeOf } from '../wall-clock.ts'
import { BlockButton, type BlockWords } from './block-button.tsx'
import { hoursOf } from './columns.ts'
import { ColumnGround } from './day-column.tsx'
import { beginDrag, type Place } from './dragging.ts'
import type { Block, Column, Range } from './model.ts'
import { NowLine } from './now-line.tsx'
import { useCursor } from './use-cursor.ts'

const PIXELS = 66 / 60
/** Minutes that a click is precise to. */
const GRAIN = 15

type TimeGridProps = {
  label: string
  columns: readonly Column[]
  now: string
  head: (column: Column) => ReactNode
  wordsOf: (block: Block) => BlockWords
  /** What a free hour is called: « lundi 23 novembre à 10:00 ». */
  hourWords: (column: Column, minute: number) => string
  marked: string | undefined
  /** Brought into sight once it is there. */
  reveal: string | undefined
  movable: (block: Block) => boolean
  /** False for whoever may only look. */
  bookable: boolean
  onOpen: (block: Block, origin: HTMLElement) => void
  onBook: (column: Column, minute: number) => void
  onMove: (block: Block, to: Place) => void
  onLeave: (direction: -1 | 1) => void
}

/** Days, or people, beside each other, hour by hour. */
export function TimeGrid(props: TimeGridProps) {
  const { columns, now, marked, movable, onMove, onOpen, onBook } = props
  const t = useMessages()
  const scroller = useRef<HTMLElement>(null)
  const surface = useRef<HTMLDivElement>(null)
  const hours = hoursOf(columns)
  const topOf = (minute: number) => (minute - hours.first) * PIXELS
  const place = ({ from, to }: Range) => {
    const top = Math.max(from, hours.first)
    return { top: topOf(top), height: Math.max(0, Math.min(to, hours.last) - top) * PIXELS }
  }
  const today = columns.findIndex(({ date }) => date === dateOf(now))
  const cursor = useCursor({
    columns,
    hours,
    start: { column: Math.max(0, today), minute: today < 0 ? 9 * 60 : minuteOf(now) },
    surface,
    onLeave: props.onLeave,
  })

  // One arrives at the whole hour before the day begins, or before where it is.
  const arriveAt = topOf(Math.floor((today < 0 ? 9 * 60 : minuteOf(now) - 60) / 60) * 60) - 12
  const arrived = useRef(false)
  useLayoutEffect(() => {
    if (arrived.current || !scroller.current) return
    arrived.current = true
    // Scrolling has all of it laid out at once: where one is there already it can wait for the paint.
    if (arriveAt > 0) scroller.current.scrollTop = arriveAt
  })

  const { reveal } = props
  const isThere = columns.some(({ blocks }) => blocks.some(({ appointment }) => appointment.id === reveal))
  useLayoutEffect(() => {
    if (!reveal || !isThere) return
    const block = surface.current?.querySelector(`[data-appointment="${reveal}"]`)
    block?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [reveal, isThere])

  const grip = (event: PointerEvent<HTMLElement>, block: Block, kind: 'move' | 'stretch') => {
    const element = event.currentTarget.closest<HTMLElement>('[data-appointment]')
    if (!scroller.current || !surface.current || !element) return
    const board = {
      surface: surface.current,
      scroller: scroller.current,
      pixelsPerMinute: PIXELS,
      ...hours,
    }
    const column = columns.findIndex(({ blocks }) => blocks.includes(block))
    beginDrag(event.nativeEvent, element, { kind, column, from: block.from, to: block.to }, board, (to) =>
      onMove(block, to),
    )
  }
  const height = (hours.last - hours.first) * PIXELS
  const marks = Array.from(
    { length: (hours.last - hours.first) / 60 },
    (_, index) => hours.first + index * 60,
  )
  const { current } = cursor
  return (
    <section
      ref={scroller}
      aria-label={props.label}
      className="min-h-80 flex-1 overflow-auto overscroll-contain max-sm:touch-pan-y rounded-card border border-line bg-surface"
    >
      <div className={cx(columns.length > 1 && 'min-w-160')}>
        <div className="sticky top-0 z-5 flex border-b border-line bg-surface pl-12">
          {columns.map((column) => (
            <div
              key={column.key}
              className="min-w-0 flex-1 border-l border-line px-1.5 py-1 empty:border-l-0 empty:p-0"
            >
              {props.head(column)}
            </div>
          ))}
        </div>
        <div className="relative flex" style={{ height }}>
          <div aria-hidden className="w-12 shrink-0">
            {marks.slice(1).map((minute) => (
              <span
                key={minute}
                className="absolute left-0 w-10 -translate-y-1/2 text-right text-12 text-ink-muted tabular-nums"
                style={{ top: topOf(minute) }}
              >
                {clockOf(minute)}
              </span>
            ))}
          </div>
          {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the buttons within */}
          <div ref={surface} onKeyDown={cursor.onKeyDown} className="relative flex min-w-0 flex-1">
            {columns.map((column, index) => (
              <section
                key={column.key}
                data-column={index}
                aria-label={props.hourWords(column, -1)}
                className="relative min-w-0 flex-1 border-l border-line"
              >
                <ColumnGround column={column} place={place} />
                {props.bookable && (
                  <button
                    type="button"
                    // For hands: keys have the cursor below.
                    tabIndex={-1}
                    aria-label={t('agenda.slot.book', { when: props.hourWords(column, -1) })}
                    onClick={(event) => {
                      const { top } = event.currentTarget.getBoundingClientRect()
                      const minute = hours.first + (event.clientY - top) / PIXELS
                      onBook(column, Math.floor(minute / GRAIN) * GRAIN)
                    }}
                    className="absolute inset-0 z-1 cursor-cell!"
                  />
                )}
                {marks.map((minute) => (
                  <div
                    key={minute}
                    aria-hidden
                    className="pointer-events-none absolute inset-x-0 z-1 border-t border-line"
                    style={{ top: topOf(minute) }}
                  />
                ))}
                {column.blocks.map((block) => (
                  <BlockButton
                    key={block.appointment.id}
                    block={block}
                    words={props.wordsOf(block)}
                    top={place(block).top}
                    height={Math.max(20, place(block).height)}
                    current={current.id === block.appointment.id}
                    movable={movable(block)}
                    marked={marked === block.appointment.id}
                    onOpen={onOpen}
                    onFocus={(focused) =>
                      cursor.setCurrent({ column: index, minute: focused.from, id: focused.appointment.id })
                    }
                    onGrip={grip}
                  />
                ))}
                {current.column === index && current.id === undefined && (
                  <button
                    key={current.minute}
                    type="button"
                    data-cursor
                    aria-label={t(props.bookable ? 'agenda.slot.book' : 'agenda.slot.free', {
                      when: props.hourWords(column, current.minute),
                    })}
                    onClick={() => props.bookable && onBook(column, current.minute)}
                    className="pointer-events-none absolute inset-x-0.5 z-2 flex items-center justify-center rounded-small border border-dashed border-accent bg-accent-soft text-12 font-medium text-accent-ink opacity-0 tabular-nums focus:opacity-100"
                    style={place({ from: current.minute, to: current.minute + 30 })}
                  >
                    {clockOf(current.minute)}
                  </button>
                )}
                {column.date === dateOf(now) && <NowLine now={now} topOf={topOf} />}
              </section>
            ))}
          </div>
        </div>
      </div>
      <p className="sr-only">{t('agenda.keys', { time: timeOf(now) })}</p>
    </section>
  )
}
