import { ArchiveRestore } from 'lucide-react'
import { useState } from 'react'
import { type Backup, restoreTenant } from '#contract/tenancy'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useDone } from './done.ts'
import { ReasonField } from './reason-field.tsx'
import type { ActProps } from './suspend-dialog.tsx'

/** Into a database beside the living one, so that one can look before anything is put in its place. */
export function RestoreDialog({ tenant, backup, onClose }: ActProps & { backup: Backup }) {
  const t = useMessages()
  const formats = useFormats()
  const [reason, setReason] = useState('')
  const restore = useEndpoint(restoreTenant, {
    onSuccess: useDone('tenancy.restore.done', onClose, 'tenancy.work.followed'),
  })
  return (
    <ActDialog
      title={t('tenancy.restore.title', { at: formats.dayTime(backup.madeAt) })}
      effects={[t('tenancy.restore.beside'), t('tenancy.restore.compare'), t('tenancy.restore.week')]}
      action={t('tenancy.restore')}
      icon={ArchiveRestore}
      disabled={!reason.trim()}
      running={restore.isPending}
      error={restore.error}
      onSubmit={() => restore.mutate({ params: { id: tenant.id }, body: { backupId: backup.id, reason } })}
      onClose={onClose}
    >
      <ReasonField value={reason} onChange={setReason} />
    </ActDialog>
  )
}
