import { Fragment } from 'react'
import { type Calendar, weekdays } from '#contract/support'
import { useMessages } from '#platform/ui/messages.tsx'
import { DayBars } from './day-bars.tsx'
import { timeText } from './wall-time.ts'

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const isTime = (time: string) => /^\d{2}:\d{2}$/.test(time)

/** A week drawn: when support works, and when it does not. Windows that are being typed are left out until they are whole. */
export function WeekPicture({ hours }: { hours: Calendar['hours'] }) {
  const t = useMessages()
  const week = weekdays.map((day) => ({
    day,
    windows: (hours[day] ?? []).filter(([from, until]) => isTime(from) && isTime(until) && from < until),
  }))
  const all = week.flatMap(({ windows }) => windows)
  const from = Math.min(8 * 60, ...all.map(([start]) => Math.floor(minutesOf(start) / 60) * 60))
  const until = Math.max(19 * 60, ...all.map(([, end]) => Math.ceil(minutesOf(end) / 60) * 60))
  const wordsOf = (windows: readonly (readonly [string, string])[]) =>
    windows.map(([start, end]) => `${start} – ${end}`).join(', ') || t('support.sla.closed')
  const said = week.map(({ day, windows }) => `${t(`support.sla.day.${day}`)} : ${wordsOf(windows)}`)
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- drawn, not loaded
      role="img"
      aria-label={said.join(' ; ')}
      className="grid grid-cols-[auto_minmax(4.5rem,1fr)_fit-content(11rem)] items-center gap-x-2 gap-y-1 text-12 text-ink-muted tabular-nums"
    >
      <div className="col-start-2 flex justify-between">
        <span>{timeText(from)}</span>
        <span>{timeText(until)}</span>
      </div>
      {week.map(({ day, windows }) => (
        <Fragment key={day}>
          <span className="col-start-1">{t(`support.sla.day.short.${day}`)}</span>
          <DayBars
            {...{ from, until }}
            bars={windows.map(([start, end]) => ({
              from: minutesOf(start),
              until: minutesOf(end),
              look: 'open' as const,
            }))}
          />
          {/* From a bar no one reads half past twelve. */}
          <span className={windows.length > 0 ? 'text-ink' : undefined}>{wordsOf(windows)}</span>
        </Fragment>
      ))}
    </div>
  )
}
