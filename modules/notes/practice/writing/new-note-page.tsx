import { useEffect, useState } from 'react'
import { getNoteBeginning, noteKinds } from '#contract/notes'
import { addressState, anId, oneOf, type StateOf } from '#platform/ui/address-state.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { PageSkeleton } from '#platform/ui/page-skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { NoteEditor } from './note-editor.tsx'
import { useNoteIfAny, useOnDevice } from './use-note.ts'
import { blank, writtenOf } from './written.ts'

/** `draft` is the note's id to be: with it in the address a reload finds again what was typed. */
const Beginning = addressState({
  patient: anId,
  appointment: anId,
  kind: oneOf(noteKinds),
  draft: anId,
})
type Beginning = StateOf<typeof Beginning>

export function NewNotePage() {
  const [beginning, change] = useUrlState(Beginning)
  const [isReloaded] = useState(beginning.draft !== undefined)
  const needsId = beginning.draft === undefined
  useEffect(() => {
    if (needsId) change({ draft: crypto.randomUUID() }, { replace: true })
    // `change` is another one each time, and does the same.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [needsId])
  const { draft } = beginning
  return draft === undefined ? (
    <PageSkeleton />
  ) : (
    <NewNote key={draft} id={draft} beginning={beginning} isReloaded={isReloaded} />
  )
}

type NewNoteProps = { id: string; beginning: Beginning; isReloaded: boolean }

function NewNote({ id, beginning: { patient, appointment, kind = 'record' }, isReloaded }: NewNoteProps) {
  const found = useOnDevice(id)
  const begun = useEndpoint(getNoteBeginning, {
    query: { ...(patient && { patientId: patient }), ...(appointment && { appointmentId: appointment }) },
  })
  const before = useNoteIfAny(id, { enabled: isReloaded })
  const error = begun.error ?? before.error
  const retry = () => {
    void begun.refetch()
    if (isReloaded) void before.refetch()
  }
  if (error) return <ErrorState error={error} onRetry={retry} />
  if (!found || !begun.data || (isReloaded && before.data === undefined)) return <PageSkeleton />
  const saved = before.data ?? null
  const { unsaved, device } = found
  const fresh = {
    ...blank(kind),
    patient: begun.data.patient,
    appointment: begun.data.appointment,
    heldOn: begun.data.heldOn,
  }
  const written = unsaved?.written ?? (saved ? writtenOf(saved) : fresh)
  return <NoteEditor id={id} written={written} saved={saved} unsaved={unsaved} device={device} />
}
