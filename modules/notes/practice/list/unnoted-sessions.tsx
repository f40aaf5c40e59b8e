import { SquarePen } from 'lucide-react'
import { useState } from 'react'
import { listNotedAppointments } from '#contract/notes'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { newNoteTo } from '../addresses.ts'
import { wallClock } from '../note-words.tsx'

/** Older ones nobody goes back to. */
const days = 30
const few = 3
const many = 100

/** Sessions of the last weeks that have no note yet, the latest first. */
export function UnnotedSessions() {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const [limit, setLimit] = useState(few)
  const { data } = useEndpoint(
    listNotedAppointments,
    { query: { without: 'note', days, limit } },
    { keepPrevious: true },
  )
  if (!data || data.total === 0 || !may('notes.write')) return null
  return (
    <Card
      title={t('notes.unnoted')}
      actions={
        <span className="flex items-center gap-2 text-13 text-ink-muted tabular-nums">
          {t('notes.unnoted.count', { count: data.total })}
          {data.total > few && (
            <Button
              size="small"
              variant="ghost"
              aria-expanded={limit > few}
              onClick={() => setLimit(limit > few ? few : many)}
            >
              {t(limit > few ? 'notes.unnoted.fewer' : 'notes.unnoted.all')}
            </Button>
          )}
        </span>
      }
    >
      <ul className="flex flex-col">
        {data.rows.map(({ id, patient, act, startsLocal }) => (
          <li
            key={id}
            className="flex min-h-11 items-center gap-3 border-t border-line py-1.5 text-13 first:border-t-0"
          >
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{patient.name}</span>
              <span className="block truncate text-12 text-ink-muted tabular-nums">
                {[wallClock(formats, startsLocal), act].filter(Boolean).join(' · ')}
              </span>
            </span>
            <ButtonLink
              size="small"
              icon={SquarePen}
              to={newNoteTo({ appointment: id })}
              aria-label={t('notes.write.of', { patient: patient.name })}
            >
              {t('notes.write')}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </Card>
  )
}
