import { forgetTickets } from '#contract/privacy'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import type { ActProps } from './act-dialogs.tsx'

/** Nothing brings back what was said: it is named before it goes. */
export function ForgettingDialog({ request, onClose }: ActProps) {
  const t = useMessages()
  const forget = useEndpoint(forgetTickets, {
    onSuccess: () => {
      notify.done({ title: t('privacy.forgetting.done') })
      onClose()
    },
  })
  return (
    <ActDialog
      title={t('privacy.forgetting.title')}
      effects={[t('privacy.forgetting.lost'), t('privacy.forgetting.stays')]}
      action={t('privacy.forgetting.save')}
      danger
      running={forget.isPending}
      error={forget.error}
      onSubmit={() => forget.mutate({ params: { id: request.id } })}
      onClose={onClose}
    />
  )
}
