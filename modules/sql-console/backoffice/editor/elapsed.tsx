import { useEffect, useState } from 'react'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'

/** How long something has been under way, in tenths of a second; for the eye, not read aloud. */
export function Elapsed({ since }: { since: number }) {
  const t = useMessages()
  const formats = useFormats()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 100)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.floor((now - since) / 100) / 10)
  return (
    <span role="timer" aria-live="off" className="tabular-nums">
      {t('sql.took.s', { s: formats.decimal(seconds) })}
    </span>
  )
}
