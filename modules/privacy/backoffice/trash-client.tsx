import { Trash2 } from 'lucide-react'
import { restoreClient, trashClient } from '#contract/clients'
import type { ApiError } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'

/** The first step of an erasure, with its way back: out of sight, before anything is gone for good. */
export function TrashClient({ client }: { client: { id: string; name: string } }) {
  const t = useMessages()
  const params = { id: client.id }
  const onError = (error: ApiError) => notify.failed({ title: sentenceOf(error, t) })
  const restore = useEndpoint(restoreClient, { onError })
  const trash = useEndpoint(trashClient, {
    onError,
    onSuccess: () =>
      notify.done({
        title: t('privacy.holdings.trashed', { name: client.name }),
        undo: () => restore.mutate({ params }),
      }),
  })
  return (
    <Button size="small" icon={Trash2} loading={trash.isPending} onClick={() => trash.mutate({ params })}>
      {t('privacy.holdings.trash')}
    </Button>
  )
}
