import { Plus } from 'lucide-react'
import { listNotes } from '#contract/notes'
import { Card } from '#platform/ui/card.tsx'
import type { CardProps } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { ButtonLink, Link, TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { listTo, newNoteTo, noteTo } from '../addresses.ts'
import { UnsavedCard } from '../device/unsaved-card.tsx'
import { KindBadge, MaskedMark, nameOf, SignatureBadge } from '../note-words.tsx'

const shown = 5

/** On a patient's page: what the reader themselves wrote of them. */
export function PatientNotes({ id }: CardProps) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const { data, error, refetch } = useEndpoint(listNotes, { query: { patientId: id, limit: shown } })
  return (
    <Card
      title={t('notes.title')}
      actions={
        may('notes.write') && (
          <ButtonLink size="small" icon={Plus} to={newNoteTo({ patient: id })}>
            {t('notes.new')}
          </ButtonLink>
        )
      }
    >
      <UnsavedCard patientId={id} />
      {error && !data && <ErrorState error={error} onRetry={refetch} />}
      {!error && !data && <Skeleton width="70%" />}
      {data?.rows.length === 0 && <p className="text-13 text-ink-muted">{t('notes.patient.none')}</p>}
      <ul className="flex flex-col">
        {data?.rows.map((note) => (
          <li key={note.id} className="border-t border-line first:border-t-0">
            <Link
              to={noteTo(note.id)}
              className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 py-1.5 text-13 hover:bg-hover"
            >
              <span dir="auto" className="min-w-0 flex-1 truncate font-medium">
                {note.title || nameOf(t, { ...note, patient: null }, formats)}
              </span>
              {note.masked && <MaskedMark />}
              <DateText value={note.heldOn} />
              <KindBadge kind={note.kind} />
              <SignatureBadge note={note} />
            </Link>
          </li>
        ))}
      </ul>
      {data && data.total > shown && (
        <p className="mt-2 text-13">
          <TextLink to={listTo({ patientId: id })}>{t('notes.patient.all', { count: data.total })}</TextLink>
        </p>
      )}
    </Card>
  )
}
