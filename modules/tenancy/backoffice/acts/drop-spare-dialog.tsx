import { dropSpare } from '#contract/tenancy'
import { useEndpoint } from '#platform/ui/data.ts'
import { DangerDialog } from '#platform/ui/dialog.tsx'
import { FormErrors } from '#platform/ui/form.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useDone } from './done.ts'
import type { SpareActProps } from './switch-dialog.tsx'

/** The living database is not touched; what is beside it is gone for good. */
export function DropSpareDialog({ tenant, spare: { databaseName }, onClose }: SpareActProps) {
  const t = useMessages()
  const drop = useEndpoint(dropSpare, { onSuccess: useDone('tenancy.spare.dropped', onClose) })
  return (
    <DangerDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('tenancy.spare.drop.title', { database: databaseName })}
      description={t('tenancy.spare.drop.help')}
      action={t('tenancy.spare.drop')}
      typedName={databaseName}
      loading={drop.isPending}
      onConfirm={() => drop.mutate({ params: { id: tenant.id, databaseName } })}
    >
      {drop.error && drop.error.code !== 'step_up_required' && <FormErrors error={drop.error} />}
    </DangerDialog>
  )
}
