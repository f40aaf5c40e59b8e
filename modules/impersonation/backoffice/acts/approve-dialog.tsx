import { ShieldAlert } from 'lucide-react'
import { approveImpersonation, type Impersonation } from '#contract/impersonation'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'

export type OneActProps = { one: Impersonation; onClose: () => void }

/** The second of two people, who answers for it with their name. */
export function ApproveDialog({ one, onClose }: OneActProps) {
  const t = useMessages()
  const approve = useEndpoint(approveImpersonation, {
    onSuccess: () => {
      notify.done({ title: t('impersonation.act.approve.done') })
      onClose()
    },
  })
  return (
    <ActDialog
      title={t('impersonation.act.approve.title')}
      effects={[
        t('impersonation.act.approve.without', { actor: one.actor.name, subject: one.subject.name }),
        t('impersonation.act.approve.told'),
        t('impersonation.act.approve.yours'),
      ]}
      action={t('impersonation.act.approve')}
      icon={ShieldAlert}
      danger
      running={approve.isPending}
      error={approve.error}
      onSubmit={() => approve.mutate({ params: { id: one.id } })}
      onClose={onClose}
    >
      <p className="text-13 wrap-anywhere">
        <span className="font-medium">{t('impersonation.card.reason')}</span>
        <span className="block">{one.reason}</span>
      </p>
    </ActDialog>
  )
}
