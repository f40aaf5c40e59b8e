import { useState } from 'react'
import type { OwnTicket } from '#contract/support'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { dayOf } from './dates.ts'

/** Where a ticket stands, in the eyes of who asked. */
export type OwnState = 'sent' | 'in_progress' | 'yours' | 'resolved'

export function stateOf({ status, waiting }: Pick<OwnTicket, 'status' | 'waiting'>): OwnState {
  if (status === 'resolved') return 'resolved'
  if (waiting) return 'yours'
  return status === 'new' ? 'sent' : 'in_progress'
}

const tones: Record<OwnState, Tone> = {
  sent: 'info',
  in_progress: 'info',
  yours: 'warning',
  resolved: 'success',
}

export function StateBadge({ ticket }: { ticket: Pick<OwnTicket, 'status' | 'waiting'> }) {
  const t = useMessages()
  const state = stateOf(ticket)
  return <Badge tone={tones[state]}>{t(`support.own.state.${state}`)}</Badge>
}

/** Until when an answer is promised; nothing where none is. */
export function Expected({ at }: { at: string | null }) {
  const t = useMessages()
  const formats = useFormats()
  const [now] = useState(() => new Date())
  if (at === null) return null
  const isLate = new Date(at) < now
  return (
    <time dateTime={at} title={formats.exact(at)} className={isLate ? 'text-warning-ink' : undefined}>
      {t(isLate ? 'support.own.expected.late' : 'support.own.expected', {
        day: dayOf(at, now),
        date: formats.day(at),
        time: formats.time(at),
      })}
    </time>
  )
}
