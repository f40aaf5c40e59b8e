import { endEveryonesSessions } from '#contract/identity'
import { useEndpoint } from '#platform/ui/data.ts'
import { DangerDialog } from '#platform/ui/dialog.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { Refused } from '../refused.tsx'

type EndEveryoneDialogProps = { sessions: number | undefined; onClose: () => void }

/** Everybody but oneself has to sign in again: it takes a word typed out. */
export function EndEveryoneDialog({ sessions, onClose }: EndEveryoneDialogProps) {
  const t = useMessages()
  const end = useEndpoint(endEveryonesSessions, {
    onSuccess: ({ ended }) => {
      notify.done({ title: t('identity.security.everyone.done', { count: ended }) })
      onClose()
    },
  })
  return (
    <DangerDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('identity.security.everyone.title')}
      action={t('identity.security.everyone.confirm')}
      typedName={t('identity.security.everyone.word')}
      loading={end.isPending}
      onConfirm={() => end.mutate({})}
    >
      <Refused error={end.error} />
      <ul className="list-disc pl-4 text-13 text-ink-muted">
        {sessions !== undefined && (
          <li>{t('identity.security.everyone.sessions', { count: Math.max(0, sessions - 1) })}</li>
        )}
        <li>{t('identity.security.everyone.unsaved')}</li>
        <li>{t('identity.security.everyone.yours')}</li>
      </ul>
    </DangerDialog>
  )
}
