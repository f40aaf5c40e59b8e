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
  const said = week.map(({ day, windows }) => {
    const open = windows.map(([start, end]) => `${start} – ${end}`).join(', ')
    return `${t(`support.sla.day.${day}`)} : ${open || t('support.sla.closed')}`
  })
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- drawn, not loaded
    <div role="img" aria-label={said.join(' ; ')} className="text-12 text-ink-muted tabular-nums">
      <div className="flex justify-between pb-1 pl-10">
        <span>{timeText(from)}</span>
        <span>{timeText((from + until) / 2)}</span>
        <span>{timeText(until)}</span>
      </div>
      <div className="flex flex-col gap-1">
        {week.map(({ day, windows }) => (
          <div key={day} className="flex items-center gap-2">
            <span className="w-8 shrink-0">{t(`support.sla.day.short.${day}`)}</span>
            <div className="min-w-0 flex-1">
              <DayBars
                {...{ from, until }}
                bars={windows.map(([start, end]) => ({
                  from: minutesOf(start),
                  until: minutesOf(end),
                  look: 'open' as const,
                }))}
              />
            </div>
          </div>
        ))}
      </div>
    </div>
  )
}
