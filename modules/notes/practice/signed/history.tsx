import { ChevronDown, ChevronUp } from 'lucide-react'
import { useState } from 'react'
import { getNoteVersion, type Note, type NoteVersion } from '#contract/notes'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { MarkdownView } from '#platform/ui/markdown.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'

/** What a signed note said before, and why it was amended: nothing of it goes. */
export function History({ note: { id, history } }: { note: Note }) {
  const t = useMessages()
  if (history.length === 0) return null
  return (
    <Card title={t('notes.history')}>
      <ol className="flex flex-col">
        {history.map((version) => (
          <Former key={version.version} noteId={id} version={version} />
        ))}
      </ol>
    </Card>
  )
}

function Former({
  noteId,
  version: { version, reason, signedAt, replacedAt },
}: {
  noteId: string
  version: NoteVersion
}) {
  const t = useMessages()
  const [open, setOpen] = useState(false)
  const Chevron = open ? ChevronUp : ChevronDown
  return (
    <li className="border-t border-line py-2 text-13 first:border-t-0">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex min-h-10 w-full items-center gap-2 rounded-control text-left hover:bg-hover"
      >
        <Chevron aria-hidden size={16} className="shrink-0 text-ink-muted" />
        <span className="min-w-0">
          <span className="block font-medium">
            {t('notes.history.version', { version })} <DateText value={signedAt} show="dayTime" />
          </span>
          <span className="block text-12 wrap-anywhere text-ink-muted">
            {t('notes.history.amended')} <DateText value={replacedAt} show="dayTime" /> · {reason}
          </span>
        </span>
      </button>
      {open && <FormerText noteId={noteId} version={version} />}
    </li>
  )
}

function FormerText({ noteId, version }: { noteId: string; version: number }) {
  const { data, error, refetch } = useEndpoint(getNoteVersion, { params: { id: noteId, version } })
  if (error && !data) return <ErrorState error={error} onRetry={refetch} />
  return (
    <div className="mt-2 rounded-control bg-sunken p-3">
      {data ? <MarkdownView text={data.body} /> : <Skeleton width="60%" />}
    </div>
  )
}
