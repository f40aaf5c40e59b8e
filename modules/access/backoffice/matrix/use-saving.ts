import { saveMatrix, type RoleChange } from '#contract/access'
import { useQueryClient } from '@tanstack/react-query'
import { refresh, useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { countOf, inverseOf } from './wishes.ts'

/** Saves the matrix, offers to take it back, and reads it again when somebody else was first. */
export function useSaving(onSaved: () => void) {
  const t = useMessages()
  const queries = useQueryClient()
  const undo = useEndpoint(saveMatrix, {
    onSuccess: () => notify.done({ title: t('access.undone') }),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  return useEndpoint(saveMatrix, {
    onSuccess: ({ revision }, { body }) => {
      const changes = body.changes as RoleChange[] // each made by changesOf, whole
      notify.done({
        title: t('access.saved', { count: countOf(changes) }),
        undo: () => undo.mutate({ body: { revision, changes: inverseOf(changes) } }),
      })
      onSaved()
    },
    onError: (error) => {
      if (error.code === 'matrix_changed') void refresh(queries, saveMatrix.touches)
    },
  })
}
