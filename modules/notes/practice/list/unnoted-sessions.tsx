import { SquarePen } from 'lucide-react'
import { listNotedAppointments } from '#contract/notes'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { newNoteTo } from '../addresses.ts'
import { wallClock } from '../note-words.tsx'

const shown = 3

/** Sessions that took place and have no note yet, the latest first. */
export function UnnotedSessions() {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const { data } = useEndpoint(listNotedAppointments, { query: { without: 'note', limit: shown } })
  if (!data || data.total === 0 || !may('notes.write')) return null
  return (
    <Card
      title={t('notes.unnoted')}
      actions={
        <span className="text-13 text-ink-muted tabular-nums">
          {t('notes.unnoted.count', { count: data.total })}
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
