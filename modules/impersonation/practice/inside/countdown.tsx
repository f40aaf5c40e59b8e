import { useEffect, useEffectEvent, useState } from 'react'
import { useMessages } from '#platform/ui/messages.tsx'

/** Said aloud when so many minutes are left: each second would be noise. */
const spoken = [10, 5, 2, 1]

/** What is left, to the second, in a place that keeps its width. The server goes by its own clock. */
export function Countdown({ endsAt, onEnd }: { endsAt: string; onEnd: () => void }) {
  const t = useMessages()
  const [left, setLeft] = useState(() => secondsUntil(endsAt))
  const ended = useEffectEvent(onEnd)
  useEffect(() => {
    const timer = setInterval(() => {
      const now = secondsUntil(endsAt)
      setLeft(now)
      // Until the server says so too.
      if (now === 0) ended()
    }, 1_000)
    return () => clearInterval(timer)
  }, [endsAt])
  const minutes = spoken.findLast((one) => left <= one * 60)
  return (
    <span className="shrink-0">
      <span
        role="timer"
        aria-label={t('impersonation.band.left')}
        className="inline-block min-w-[5ch] text-right text-14 font-semibold tabular-nums"
      >
        {`${String(Math.floor(left / 60)).padStart(2, '0')}:${String(left % 60).padStart(2, '0')}`}
      </span>
      <output className="sr-only">
        {minutes !== undefined && left > 0 && t('impersonation.band.left.minutes', { minutes })}
      </output>
    </span>
  )
}

const secondsUntil = (endsAt: string): number =>
  Math.max(0, Math.ceil((Date.parse(endsAt) - Date.now()) / 1_000))
