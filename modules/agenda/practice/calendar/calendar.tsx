import { type TouchEvent, useRef } from 'react'
import type { Agenda, Appointment } from '#contract/agenda'
import { cx } from '#platform/ui/cx.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import type { View } from '../agenda-state.ts'
import { useAgendaDates } from '../agenda-dates.ts'
import { useAppointmentWords } from '../appointment-words.ts'
import type { Move } from '../moving.ts'
import { isCancelled } from '../status.ts'
import { seenIn } from '../use-agenda.ts'
import { clockOf, dateOf, localAt } from '../wall-clock.ts'
import type { BlockWords } from './block-button.tsx'
import { ColumnHead } from './column-head.tsx'
import { columnsOf } from './columns.ts'
import { DayLists } from './day-lists.tsx'
import type { Block, Column } from './model.ts'
import { MonthGrid } from './month-grid.tsx'
import { TimeGrid } from './time-grid.tsx'
import { WeekStrip } from './week-strip.tsx'

type CalendarProps = {
  agenda: Agenda
  view: View
  on: string
  now: string
  from: string
  days: number
  who: readonly string[]
  label: string
  stale: boolean
  narrow: boolean
  marked: string | undefined
  /** Brought into sight once it is there. */
  reveal: string | undefined
  mayManage: boolean
  onOpen: (id: string) => void
  onBook: (date: string, minute: number, practitionerId: string | null) => void
  onMove: (appointment: Appointment, to: Move) => void
  onDay: (date: string) => void
  onFocusDay: (date: string) => void
  onLeave: (direction: -1 | 1) => void
}

/** The view somebody chose, drawn with what the screen has room for. */
export function Calendar(props: CalendarProps) {
  const { agenda, view, on, now, who, narrow, label, mayManage } = props
  const t = useMessages()
  const dates = useAgendaDates()
  const { nameOf, labelOf } = useAppointmentWords()
  const swipe = useSwipe(props.onLeave)
  const today = dateOf(now)
  const nameOfMember = (id: string) => seenIn(agenda).find(({ memberId }) => memberId === id)?.name ?? ''
  const several = who.length > 1
  const apart = view === 'day' && several
  const columns = columnsOf(agenda, { from: props.from, days: props.days, who, apart }, (absence, shared) => {
    const words = absence.label || t(`agenda.absence.${absence.kind}`)
    return shared ? t('agenda.absence.of', { name: nameOfMember(absence.practitionerId), words }) : words
  })
  const wordsOf = ({ appointment }: Block): BlockWords => ({
    label: labelOf(appointment, several ? nameOfMember(appointment.practitionerId) : undefined),
    title: nameOf(appointment),
    act: appointment.act?.name ?? '',
    // In a column of several people's.
    whose: several && !apart ? initialsOf(nameOfMember(appointment.practitionerId)) : undefined,
    status: t(`agenda.status.${appointment.status}`),
  })
  const shared = {
    columns,
    label,
    now,
    today,
    wordsOf,
    onOpen: ({ appointment }: Block) => props.onOpen(appointment.id),
    onDay: props.onDay,
  }
  if (view === 'month')
    return (
      <MonthGrid {...shared} month={on.slice(0, 7)} on={on} narrow={narrow} onFocusDay={props.onFocusDay} />
    )
  if (view === 'week' && narrow) return <DayLists {...shared} />
  const grid = (
    <TimeGrid
      key={`${view} ${narrow}`}
      {...shared}
      // On a telephone the strip above says which day it is.
      head={(column) =>
        (!narrow || apart || column.holiday) && (
          <ColumnHead
            column={column}
            today={column.date === today}
            practitioner={apart && column.practitionerId ? nameOfMember(column.practitionerId) : undefined}
            onDay={() => props.onDay(column.date)}
          />
        )
      }
      hourWords={(column, minute) => {
        const whose = apart && column.practitionerId ? `${nameOfMember(column.practitionerId)}, ` : ''
        const when = minute < 0 ? dates.day(column.date) : dates.dayAt(localAt(column.date, minute))
        return `${whose}${when}`
      }}
      marked={props.marked}
      reveal={props.reveal}
      movable={({ appointment }) => mayManage && !isCancelled(appointment.status)}
      bookable={mayManage}
      onBook={(column, minute) => props.onBook(column.date, minute, column.practitionerId)}
      onMove={({ appointment, from, to }, place) => {
        const column = columns[place.column]
        if (column) props.onMove(appointment, moveOf(appointment, { from, to }, place, column))
      }}
      onLeave={props.onLeave}
    />
  )
  return (
    <div
      {...(view === 'day' && narrow && swipe)}
      aria-busy={props.stale}
      className={cx('flex min-h-0 flex-1 flex-col gap-2 transition-opacity', props.stale && 'opacity-60')}
    >
      {narrow && (
        <WeekStrip
          on={on}
          today={today}
          countOn={(date) =>
            agenda.appointments.filter(
              (one) =>
                dateOf(one.startsLocal) === date &&
                who.includes(one.practitionerId) &&
                !isCancelled(one.status),
            ).length
          }
          onDay={props.onDay}
        />
      )}
      {grid}
    </div>
  )
}

const initialsOf = (name: string) =>
  name
    .split(/[\s-]+/)
    .map((part) => part.charAt(0))
    .join('')

/** What the server is told: the hour on the practice's clock, and only what else has changed. */
function moveOf(
  appointment: Appointment,
  before: { from: number; to: number },
  place: { from: number; to: number },
  column: Column,
): Move {
  const long = place.to - place.from
  const other = column.practitionerId !== null && column.practitionerId !== appointment.practitionerId
  return {
    startsLocal: `${column.date}T${clockOf(place.from)}`,
    ...(long !== before.to - before.from && { minutes: long }),
    ...(other && column.practitionerId && { practitionerId: column.practitionerId }),
  }
}

const FAR = 60

/** A finger drawn across leads to the next day, or the one before. */
function useSwipe(onLeave: (direction: -1 | 1) => void) {
  const from = useRef<{ x: number; y: number } | null>(null)
  return {
    onTouchStart: ({ touches }: TouchEvent) => {
      const touch = touches.item(0)
      from.current = touch && touches.length === 1 ? { x: touch.clientX, y: touch.clientY } : null
    },
    // A finger that carries something goes across for another reason.
    onTouchMove: () => {
      if (document.documentElement.dataset.dragging) from.current = null
    },
    onTouchEnd: ({ changedTouches }: TouchEvent) => {
      const touch = changedTouches.item(0)
      if (!touch || !from.current) return
      const [dx, dy] = [touch.clientX - from.current.x, touch.clientY - from.current.y]
      from.current = null
      if (Math.abs(dx) > FAR && Math.abs(dx) > 2 * Math.abs(dy)) onLeave(dx < 0 ? 1 : -1)
    },
  }
}
