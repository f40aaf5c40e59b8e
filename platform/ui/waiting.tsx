import { useEffect, useState } from 'react'
import type { ApiError } from './api-error.ts'
import { useMessages } from './messages.tsx'

/** Seconds still to wait after an answer that said "too many": counts down to 0, then the next try is open. */
export function useWait(error: ApiError | null): number {
  const [left, setLeft] = useState(0)
  useEffect(() => {
    const until = error?.status === 429 ? Date.now() + (error.retryAfter ?? 60) * 1000 : 0
    const count = () => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000)))
    count()
    if (!until) return
    const timer = setInterval(count, 1000)
    return () => clearInterval(timer)
  }, [error])
  return left
}

/** Announced once; the seconds that follow are for the eye. */
export function Wait({ seconds }: { seconds: number }) {
  const t = useMessages()
  return (
    <div role="alert" className="rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink">
      <p className="font-medium">{t('ui.wait')}</p>
      <p aria-live="off" className="tabular-nums">
        {t('ui.wait.left', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })}
      </p>
    </div>
  )
}
