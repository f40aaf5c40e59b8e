import { useEffect, useState } from 'react'
import { useMessages } from '#platform/ui/messages.tsx'
import { localNow, minuteOf, timeOf } from '../wall-clock.ts'

/** What the practice's clock shows, a minute at a time. */
export function useNow(timeZone: string): string {
  const [now, setNow] = useState(() => localNow(timeZone))
  useEffect(() => {
    const tick = () => setNow(localNow(timeZone))
    tick()
    const timer = setInterval(tick, 15_000)
    return () => clearInterval(timer)
  }, [timeZone])
  return now
}

export function NowLine({ now, topOf }: { now: string; topOf: (minute: number) => number }) {
  const t = useMessages()
  return (
    <div
      className="pointer-events-none absolute inset-x-0 z-3 border-t-2 border-danger"
      style={{ top: topOf(minuteOf(now)) }}
    >
      <span className="absolute -top-1 -left-1 size-2 rounded-full bg-danger" />
      <span className="sr-only">{t('agenda.now', { time: timeOf(now) })}</span>
    </div>
  )
}
