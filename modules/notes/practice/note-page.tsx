import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { getNote, type Note } from '#contract/notes'
import { keyOf } from '#platform/ui/data.ts'
import { useInSlices } from '#platform/ui/in-slices.ts'
import { usePathParam } from '#platform/ui/link.tsx'
import { PageSkeleton } from '#platform/ui/page-skeleton.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { ReadNote } from './read-note.tsx'
import { SignedNote } from './signed/signed-note.tsx'
import { TrashedNote } from './trashed-note.tsx'
import { NoteEditor } from './writing/note-editor.tsx'
import { useNote, useOnDevice } from './writing/use-note.ts'
import { writtenOf } from './writing/written.ts'

/** One note: written while it may be, read once it is signed, and by whoever writes none. */
export function NotePage() {
  const id = usePathParam('id')
  const may = useMay()
  const [visit, setVisit] = useState(1)
  if (!may('notes.write')) return <ReadNote id={id} />
  return <OneNote key={`${id} ${visit}`} id={id} onOutdated={() => setVisit(visit + 1)} />
}

function OneNote({ id, onOutdated }: { id: string; onOutdated: () => void }) {
  const queries = useQueryClient()
  const found = useOnDevice(id)
  const { data: note, error, refetch } = useNote(id)
  const drawn = useInSlices(note !== undefined && found !== undefined)
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (!note || !found || !drawn) return <PageSkeleton />
  const { unsaved, device } = found
  const become = (next: Note) => queries.setQueryData(keyOf(getNote, { params: { id } }), next)
  if (note.signedAt) return <SignedNote note={note} unsaved={unsaved} device={device} onAmended={become} />
  if (note.trashedAt && !unsaved) return <TrashedNote note={note} onRestored={() => void refetch()} />
  return (
    <NoteEditor
      id={id}
      written={unsaved?.written ?? writtenOf(note)}
      saved={note}
      unsaved={unsaved}
      device={device}
      onSigned={become}
      onOutdated={onOutdated}
    />
  )
}
