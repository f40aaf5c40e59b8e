/** When a promise is due, in words that go on by themselves. */
import { AlarmClock, PauseCircle } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import type { TicketRow } from '#contract/support'
import { cx } from '#platform/ui/cx.ts'
import { MISSING } from '#platform/ui/formats.ts'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'

const everyMs = 15_000
const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

/** One clock for all the lines of a list. */
function listen(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = Date.now()
    timer = setInterval(() => {
      now = Date.now()
      for (const tell of listeners) tell()
    }, everyMs)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

/** The time, every quarter of a minute. */
export const useNow = (): number => useSyncExternalStore(listen, () => now)

/** Whether that instant is still to come. */
export const useIsAhead = (at: string | null): boolean => {
  const time = useNow()
  return at !== null && Date.parse(at) > time
}

/** « 42 min », « 2 h », « 3 j »: the largest unit that fits, cut down. */
export function spanInWords(seconds: number, t: Translate): string {
  const minutes = Math.floor(Math.abs(seconds) / 60)
  if (minutes < 1) return t('support.span.moment')
  if (minutes < 60) return t('support.span.minutes', { count: minutes })
  const hours = Math.floor(minutes / 60)
  return hours < 48
    ? t('support.span.hours', { count: hours })
    : t('support.span.days', { count: Math.floor(hours / 24) })
}

type DueProps = { ticket: Pick<TicketRow, 'dueAt' | 'warnsAt' | 'breached' | 'waiting' | 'status'> }

/** « dans 42 min », « en retard de 2 h »; it stands still while the customer is waited for. */
export function DueText({ ticket: { dueAt, warnsAt, breached, waiting, status } }: DueProps) {
  const t = useMessages()
  const formats = useFormats()
  const time = useNow()
  if (status === 'resolved') return <span className="text-ink-muted">{MISSING}</span>
  if (waiting)
    return (
      <span className="inline-flex items-center gap-1 whitespace-nowrap text-ink-muted">
        <PauseCircle aria-hidden size={14} className="shrink-0" />
        {t('support.due.paused')}
      </span>
    )
  if (!dueAt)
    return breached ? (
      <span className="font-medium text-danger-ink">{t('support.due.missed')}</span>
    ) : (
      <span className="text-ink-muted">{MISSING}</span>
    )
  const seconds = (Date.parse(dueAt) - time) / 1_000
  const warned = warnsAt !== null && Date.parse(warnsAt) <= time
  return (
    <time
      dateTime={dueAt}
      title={formats.exact(dueAt)}
      className={cx(
        'inline-flex items-center gap-1 whitespace-nowrap tabular-nums',
        seconds <= 0 ? 'font-medium text-danger-ink' : warned && 'font-medium text-warning-ink',
      )}
    >
      {seconds > 0 && warned && (
        <>
          <AlarmClock aria-hidden size={14} className="shrink-0" />
          <span className="sr-only">{t('support.due.near')}</span>
        </>
      )}
      {seconds > 0
        ? t('support.due.in', { span: spanInWords(seconds, t) })
        : t('support.due.late', { span: spanInWords(seconds, t) })}
    </time>
  )
}
