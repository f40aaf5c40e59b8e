import { useState } from 'react'
import type { TicketEvent } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { eventInWords } from './event-words.ts'

const first = 6

/** Everything that happened to it, newest first, and by whom. */
export function EventsCard({ events }: { events: readonly TicketEvent[] }) {
  const t = useMessages()
  const formats = useFormats()
  const [all, setAll] = useState(false)
  const newest = events.toReversed()
  const shown = all ? newest : newest.slice(0, first)
  return (
    <Card title={t('support.card.events')}>
      <ol className="flex flex-col gap-2 text-13">
        {shown.map((event) => (
          <li key={event.id}>
            <p>
              <span className="font-medium">{event.actor}</span> {eventInWords(event, t, formats)}
            </p>
            <p className="text-12 text-ink-muted">
              <DateText value={event.at} show="both" />
            </p>
          </li>
        ))}
      </ol>
      {!all && newest.length > first && (
        <Button variant="ghost" className="mt-2 -ml-3" onClick={() => setAll(true)}>
          {t('support.event.all', { count: newest.length })}
        </Button>
      )}
    </Card>
  )
}
