import { useEffect, useState } from 'react'
import { useMessages } from '#platform/ui/messages.tsx'

/** Seconds left until an instant, to the second. */
export function useSecondsLeft(until: string): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return Math.max(0, Math.ceil((Date.parse(until) - now) / 1_000))
}

/** « valable encore 9:12 », counting down; for the eye, not read aloud each second. */
export function Remaining({ seconds }: { seconds: number }) {
  const t = useMessages()
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return (
    <span role="timer" aria-live="off" className="text-12 whitespace-nowrap tabular-nums">
      {seconds === 0 ? t('sql.receipt.over') : t('sql.receipt.left', { time })}
    </span>
  )
}
