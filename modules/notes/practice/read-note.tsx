import { EyeOff } from 'lucide-react'
import { Card } from '#platform/ui/card.tsx'
import { MarkdownView } from '#platform/ui/markdown.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { PageSkeleton } from '#platform/ui/page-skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { KindBadge, nameOf, SignatureBadge, wallClock } from './note-words.tsx'
import { History } from './signed/history.tsx'
import { useNote } from './writing/use-note.ts'

/** A note before somebody who writes none: whoever stands in for its author reads it where the author said so. */
export function ReadNote({ id }: { id: string }) {
  const t = useMessages()
  const formats = useFormats()
  const { data: note, error, refetch } = useNote(id)
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (!note) return <PageSkeleton />
  const { masked, patient, appointment, heldOn } = note
  return (
    <div className="max-w-3xl">
      <PageHeader title={nameOf(t, note, formats)}>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-13">
          <KindBadge kind={note.kind} />
          <SignatureBadge note={note} />
          <span className="text-ink-muted tabular-nums">
            {[
              patient?.name,
              appointment
                ? t('notes.session.of', { at: wallClock(formats, appointment.startsLocal) })
                : formats.day(heldOn),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </p>
      </PageHeader>
      <div className="flex flex-col gap-4">
        <Card>
          {masked ? (
            <EmptyState icon={EyeOff} title={t('notes.masked.title')}>
              <p>{t('notes.masked.help')}</p>
            </EmptyState>
          ) : (
            <MarkdownView text={note.body} />
          )}
        </Card>
        {!masked && <History note={note} />}
      </div>
    </div>
  )
}
