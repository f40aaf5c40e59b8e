import { AlarmClock } from 'lucide-react'
import { Badge } from '#platform/ui/badge.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useNow } from '../due.tsx'
import type { ShownTicket } from './use-adopt.ts'

/** « Reporté au 23/11 09:00 par Karim Benali »: why it stands in no queue. */
export function SnoozedBadge({ ticket: { snoozedUntil, events } }: { ticket: ShownTicket }) {
  const t = useMessages()
  const formats = useFormats()
  const now = useNow()
  if (!snoozedUntil || Date.parse(snoozedUntil) <= now) return null
  const by = events.findLast(({ kind }) => kind === 'snoozed')?.actor
  return (
    <Badge tone="info">
      <span className="inline-flex items-center gap-1">
        <AlarmClock aria-hidden size={12} className="shrink-0" />
        {t('support.snoozed.badge', {
          at: formats.dayTime(snoozedUntil),
          by: by ?? '',
          some: by ? 'yes' : 'no',
        })}
      </span>
    </Badge>
  )
}
