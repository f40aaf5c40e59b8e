import { FilePenLine } from 'lucide-react'
import { useState } from 'react'
import type { Note } from '#contract/notes'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { CopyId } from '#platform/ui/copy-id.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { MarkdownView } from '#platform/ui/markdown.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import type { Unsaved, UnsavedNotes } from '../device/unsaved.ts'
import { KindBadge, nameOf, SignatureBadge, wallClock } from '../note-words.tsx'
import { AmendForm } from './amend-form.tsx'
import { History } from './history.tsx'

type SignedNoteProps = {
  note: Note
  /** Typed here before it was signed elsewhere, or for an amendment that was not finished. */
  unsaved: Unsaved | null
  device: UnsavedNotes | null
  onAmended: (note: Note) => void
}

export function SignedNote({ note, unsaved, device, onAmended }: SignedNoteProps) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const [amending, setAmending] = useState(unsaved !== null)
  const [begun, setBegun] = useState<string | null>(null)
  const leave = (body: string | null) => {
    setAmending(false)
    setBegun(null)
    if (body === null) return
    const undo = () => {
      setBegun(body)
      setAmending(true)
    }
    notify.done({ title: t('notes.amend.left'), undo })
  }
  const { patient, appointment, heldOn } = note
  return (
    <div className="max-w-3xl">
      <PageHeader
        title={nameOf(t, note, formats)}
        primary={
          may('notes.write') &&
          !amending && (
            <Button variant="primary" icon={FilePenLine} onClick={() => setAmending(true)}>
              {t('notes.amend')}
            </Button>
          )
        }
      >
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-13">
          <KindBadge kind={note.kind} />
          <SignatureBadge note={note} />
          <span className="text-ink-muted">
            {t('notes.signed.on')} <DateText value={note.signedAt} show="dayTime" />
          </span>
        </p>
      </PageHeader>
      <div className="flex flex-col gap-4">
        {amending ? (
          <AmendForm
            note={note}
            unsaved={unsaved}
            device={device}
            begun={begun}
            onClose={leave}
            onAmended={(amended) => {
              setAmending(false)
              onAmended(amended)
            }}
          />
        ) : (
          <Card>
            <p className="mb-3 border-b border-line pb-3 text-13 text-ink-muted tabular-nums">
              {[
                patient?.name,
                appointment
                  ? t('notes.session.of', { at: wallClock(formats, appointment.startsLocal) })
                  : formats.day(heldOn),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
            <MarkdownView text={note.body} />
          </Card>
        )}
        <History note={note} />
        <p className="text-12 text-ink-muted">
          <CopyId id={note.id} label={t('notes.id')} />
        </p>
      </div>
    </div>
  )
}
