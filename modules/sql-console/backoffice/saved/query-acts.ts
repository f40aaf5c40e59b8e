import { Copy, FolderOpen, Lock, Pencil, RotateCcw, Trash2, Users } from 'lucide-react'
import {
  restoreSqlQuery,
  type SqlQueryLine,
  trashSqlQuery,
  updateSqlQuery,
  type QueryReach,
} from '#contract/sql-console'
import type { ApiError } from '#platform/ui/api-error.ts'
import type { RowAction } from '#platform/ui/data-table.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { queryTo } from './addresses.ts'
import type { Editing } from './edit-query.tsx'

/** What one may do with each line of the list; what takes something away is taken back by one button. */
export function useQueryActs(edit: (editing: Editing) => void): (row: SqlQueryLine) => RowAction[] {
  const t = useMessages()
  const { id: me } = useSession()
  const onError = (error: ApiError) => notify.failed({ title: sentenceOf(error, t) })
  const restore = useEndpoint(restoreSqlQuery, { onError })
  const trash = useEndpoint(trashSqlQuery, { onError })
  const update = useEndpoint(updateSqlQuery, { onError })

  const share = ({ id, name, owner }: SqlQueryLine, revision: number, reach: QueryReach, isUndo = false) =>
    update.mutate(
      { params: { id }, body: { revision, reach } },
      {
        onSuccess: (now) =>
          notify.done({
            title: t(reach === 'everyone' ? 'sql.saved.shared' : 'sql.saved.unshared', { name }),
            // What is somebody else's and private again is theirs alone to share.
            ...(!isUndo &&
              owner.id === me && {
                undo: () => share(now, now.revision, reach === 'everyone' ? 'personal' : 'everyone', true),
              }),
          }),
      },
    )
  const discard = ({ id, name }: SqlQueryLine) =>
    trash.mutate(
      { params: { id } },
      {
        onSuccess: () =>
          notify.done({
            title: t('sql.saved.trashed', { name }),
            undo: () => restore.mutate({ params: { id } }),
          }),
      },
    )

  return (row) => {
    const { id, name, trashedAt, mayChange, reach, revision } = row
    if (trashedAt !== null)
      return [
        {
          label: t('sql.saved.restore'),
          icon: RotateCcw,
          quick: true,
          onSelect: () =>
            restore.mutate(
              { params: { id } },
              { onSuccess: () => notify.done({ title: t('sql.saved.restored', { name }) }) },
            ),
        },
      ]
    return [
      { label: t('sql.saved.open.one'), icon: FolderOpen, to: queryTo(id) },
      { label: t('sql.saved.duplicate'), icon: Copy, onSelect: () => edit({ id, what: 'copy' }) },
      ...(mayChange
        ? [
            {
              label: t('sql.saved.details'),
              icon: Pencil,
              quick: true,
              onSelect: () => edit({ id, what: 'details' }),
            },
            {
              label: t(reach === 'everyone' ? 'sql.saved.unshare' : 'sql.saved.share.act'),
              icon: reach === 'everyone' ? Lock : Users,
              onSelect: () => share(row, revision, reach === 'everyone' ? 'personal' : 'everyone'),
            },
            { label: t('sql.saved.trash.act'), icon: Trash2, danger: true, onSelect: () => discard(row) },
          ]
        : []),
    ]
  }
}
