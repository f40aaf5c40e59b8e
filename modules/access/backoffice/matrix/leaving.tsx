import { useBlocker } from '@tanstack/react-router'
import { DangerDialog } from '#platform/ui/dialog.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

/** Nothing pending is lost by a wrong click: leaving the page asks first, filtering it does not. */
export function useLeaving(pending: boolean) {
  const t = useMessages()
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => pending && current.pathname !== next.pathname,
    enableBeforeUnload: pending,
    withResolver: true,
  })
  return (
    <DangerDialog
      open={blocker.status === 'blocked'}
      onOpenChange={(open) => !open && blocker.reset?.()}
      title={t('ui.form.leave')}
      description={t('access.leave.help')}
      action={t('ui.form.leave.confirm')}
      stay={t('ui.form.leave.stay')}
      onConfirm={() => blocker.proceed?.()}
    />
  )
}
