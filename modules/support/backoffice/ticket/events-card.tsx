import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { TicketEvent } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { openMoves } from '../moves/moves-told.ts'
import { useUndoMove } from '../moves/use-moves.ts'
import { ticketCan } from '../ticket-can.ts'
import { eventInWords } from './event-words.ts'

const first = 6

/** Everything that happened to it, newest first, and by whom. */
export function EventsCard({ events }: { events: readonly TicketEvent[] }) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const [all, setAll] = useState(false)
  const newest = events.toReversed()
  const open = openMoves(events)
  const shown = all ? newest : newest.slice(0, first)
  return (
    <Card title={t('support.card.events')}>
      <ol className="flex flex-col gap-2 text-13">
        {shown.map((event) => (
          <li key={event.id}>
            <p>
              <span className="font-medium">{event.actor}</span>
              {/* A policy is named, and then what it found: nobody did it. */}
              {event.kind === 'escalated' ? ' · ' : ' '}
              {eventInWords(event, t, formats)}
            </p>
            <p className="text-12 text-ink-muted">
              <DateText value={event.at} show="both" />
            </p>
            {ticketCan.change(may) && <UndoMove move={open.get(event.id)} />}
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

/** What was put together or taken apart can be put back, however long ago it was. */
function UndoMove({ move }: { move: string | undefined }) {
  const t = useMessages()
  const { undo, busy } = useUndoMove()
  if (!move) return null
  return (
    <Button size="small" icon={Undo2} loading={busy} className="mt-1" onClick={() => undo(move)}>
      {t('ui.undo')}
    </Button>
  )
}
