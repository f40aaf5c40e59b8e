import { RotateCcw } from 'lucide-react'
import type { Note } from '#contract/notes'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { MarkdownView } from '#platform/ui/markdown.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { listTo } from './addresses.ts'
import { useNoteActs } from './note-acts.tsx'
import { KindBadge, nameOf, SignatureBadge } from './note-words.tsx'

/** Read as it was when it was thrown away; to be written in again it comes out of the trash first. */
export function TrashedNote({ note, onRestored }: { note: Note; onRestored: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const go = useGo()
  const acts = useNoteActs({ onRestored, onErased: () => go(listTo({ trash: 'in' })) })
  const [restore, erase] = acts.of(note)
  return (
    <div className="max-w-3xl">
      <PageHeader
        title={nameOf(t, note, formats)}
        primary={
          restore && (
            <Button variant="primary" icon={RotateCcw} onClick={restore.onSelect}>
              {restore.label}
            </Button>
          )
        }
        secondary={
          erase && (
            <Button icon={erase.icon} onClick={erase.onSelect}>
              {erase.label}
            </Button>
          )
        }
      >
        <p className="flex flex-wrap items-center gap-2">
          <KindBadge kind={note.kind} />
          <SignatureBadge note={note} />
        </p>
      </PageHeader>
      <Card>
        <MarkdownView text={note.body} />
      </Card>
      {acts.dialog}
    </div>
  )
}
