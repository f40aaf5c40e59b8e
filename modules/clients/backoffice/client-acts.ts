/** Acts on clients, each with its way back: done at once, undone from the toast. */
import {
  changeStatuses,
  type ClientRow,
  type ClientSelection,
  type ClientStatus,
  restoreClient,
  restoreClients,
  restoreStatuses,
  trashClient,
  trashClients,
} from '#contract/clients'
import type { ApiError } from '#platform/ui/api-error.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { spokenName } from './client-words.tsx'

export type One = Pick<ClientRow, 'id' | 'firstName' | 'lastName'>

export function useClientActs() {
  const t = useMessages()
  const formats = useFormats()
  const onError = (error: ApiError) => notify.failed({ title: sentenceOf(error, t) })
  const counted = (count: number) => ({ count, shown: formats.integer(count) })

  const restoreOne = useEndpoint(restoreClient, {
    onError,
    onSuccess: (client) => notify.done({ title: t('clients.restored.one', { name: spokenName(client) }) }),
  })
  const restoreMany = useEndpoint(restoreClients, {
    onError,
    onSuccess: ({ ids }) => notify.done({ title: t('clients.restored', counted(ids.length)) }),
  })
  const trashOne = useEndpoint(trashClient, {
    onError,
    onSuccess: (client) =>
      notify.done({
        title: t('clients.trashed.one', { name: spokenName(client) }),
        undo: () => restoreOne.mutate({ params: { id: client.id } }),
      }),
  })
  const trashMany = useEndpoint(trashClients, {
    onError,
    onSuccess: ({ ids }) =>
      notify.done({
        title: t('clients.trashed', counted(ids.length)),
        ...(ids.length > 0 && { undo: () => restoreMany.mutate({ body: { clients: { ids } } }) }),
      }),
  })
  const statusesBack = useEndpoint(restoreStatuses, {
    onError,
    onSuccess: ({ restored }) =>
      notify.done({ title: t('clients.status-changed.undone', counted(restored)) }),
  })
  const statuses = useEndpoint(changeStatuses, {
    onError,
    onSuccess: ({ status, changed }) => {
      const count = changed.reduce((sum, { ids }) => sum + ids.length, 0)
      notify.done({
        title: t('clients.status-changed', { ...counted(count), status: t(`clients.status.${status}`) }),
        ...(count > 0 && { undo: () => statusesBack.mutate({ body: { status, changed } }) }),
      })
    },
  })

  return {
    busy: trashMany.isPending || statuses.isPending || restoreMany.isPending,
    trash: ({ id }: One) => trashOne.mutate({ params: { id } }),
    restore: ({ id }: One) => restoreOne.mutate({ params: { id } }),
    changeStatus: (clients: ClientSelection, status: ClientStatus) =>
      statuses.mutate({ body: { clients, status } }),
    trashAll: (clients: ClientSelection) => trashMany.mutate({ body: { clients } }),
    restoreAll: (clients: ClientSelection) => restoreMany.mutate({ body: { clients } }),
  }
}

export type ClientActs = ReturnType<typeof useClientActs>
