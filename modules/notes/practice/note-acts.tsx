import { Eraser, RotateCcw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { eraseNote, type NoteRow, restoreNote, trashNote } from '#contract/notes'
import type { RowAction } from '#platform/ui/data-table.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DangerDialog } from '#platform/ui/dialog.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'

type Acted = Pick<NoteRow, 'id' | 'kind' | 'signedAt' | 'trashedAt'>

/**
 * What can be done with a note besides writing it. What is signed stays; the trash is undone; only what goes for good asks
 * first.
 */
export function useNoteActs(
  done: { onTrashed?: () => void; onErased?: () => void; onRestored?: () => void } = {},
) {
  const t = useMessages()
  const { permissions } = useSession()
  const [leaving, setLeaving] = useState<Acted | null>(null)
  const onError = (error: unknown) => notify.failed({ title: sentenceOf(error, t) })
  const restore = useEndpoint(restoreNote, {
    onSuccess: () => {
      notify.done({ title: t('notes.restored') })
      done.onRestored?.()
    },
    onError,
  })
  const trash = useEndpoint(trashNote, {
    onSuccess: (_note, input) => {
      notify.done({ title: t('notes.trashed'), undo: () => restore.mutate(input) })
      done.onTrashed?.()
    },
    onError,
  })
  const erase = useEndpoint(eraseNote, {
    onSuccess: () => {
      setLeaving(null)
      notify.done({ title: t('notes.erased') })
      done.onErased?.()
    },
    onError,
  })
  const of = (note: Acted): RowAction[] => {
    if (note.signedAt || !permissions.has('notes.write')) return []
    const input = { params: { id: note.id } }
    const back = { label: t('notes.restore'), icon: RotateCcw, onSelect: () => restore.mutate(input) }
    const away = { label: t('notes.to-trash'), icon: Trash2, onSelect: () => trash.mutate(input) }
    const gone = { label: t('notes.erase'), icon: Eraser, danger: true, onSelect: () => setLeaving(note) }
    return [
      note.trashedAt ? back : away,
      // A record note goes for good from the trash alone.
      ...(note.kind === 'personal' || note.trashedAt ? [gone] : []),
    ]
  }
  const dialog = (
    <DangerDialog
      open={leaving !== null}
      onOpenChange={(open) => !open && setLeaving(null)}
      title={t('notes.erase.title')}
      description={t('notes.erase.help')}
      action={t('notes.erase')}
      loading={erase.isPending}
      onConfirm={() => leaving && erase.mutate({ params: { id: leaving.id } })}
    />
  )
  return { of, dialog }
}
