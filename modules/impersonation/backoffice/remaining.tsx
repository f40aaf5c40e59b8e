import { useEffect, useState } from 'react'
import { useMessages } from '#platform/ui/messages.tsx'

/** The time, to the second. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** « encore 27:12 », counting down; for the eye, not read aloud each second. */
export function Remaining({ until }: { until: string }) {
  const t = useMessages()
  const now = useNow()
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - now) / 1_000))
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return (
    <span role="timer" aria-live="off" className="whitespace-nowrap tabular-nums">
      {seconds === 0 ? t('impersonation.remaining.over') : t('impersonation.remaining', { time })}
    </span>
  )
}
