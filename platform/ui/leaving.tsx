import { useBlocker } from '@tanstack/react-router'
import { DangerDialog } from './dialog.tsx'
import { useMessages } from './messages.tsx'

/**
 * Nothing pending is lost by a wrong click: leaving the page asks first, filtering it does not.
 *
 * @param help what would be lost
 * @returns the question, to be drawn
 */
export function useLeaving(pending: boolean, help: string) {
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
      description={help}
      action={t('ui.form.leave.confirm')}
      stay={t('ui.form.leave.stay')}
      onConfirm={() => blocker.proceed?.()}
    />
  )
}
