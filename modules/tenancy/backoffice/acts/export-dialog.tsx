import { FileArchive } from 'lucide-react'
import { useState } from 'react'
import { exportTenant } from '#contract/tenancy'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSpokenName } from '../spoken-name.ts'
import { ReasonField } from './reason-field.tsx'
import type { ActProps } from './suspend-dialog.tsx'

/** Everything a practice holds leaves the house in one file: what that means is told before. */
export function ExportDialog({
  tenant,
  onClose,
  onStarted,
}: ActProps & { onStarted: (job: string) => void }) {
  const t = useMessages()
  const spoken = useSpokenName()
  const [reason, setReason] = useState('')
  const start = useEndpoint(exportTenant, {
    onSuccess: ({ jobId }) => {
      onStarted(jobId)
      onClose()
    },
  })
  return (
    <ActDialog
      title={t('tenancy.export.title', { name: spoken(tenant.name) })}
      effects={[t('tenancy.export.what'), t('tenancy.export.health'), t('tenancy.export.tray')]}
      action={t('tenancy.export')}
      icon={FileArchive}
      disabled={!reason.trim()}
      running={start.isPending}
      error={start.error}
      onSubmit={() => start.mutate({ params: { id: tenant.id }, body: { reason } })}
      onClose={onClose}
    >
      <ReasonField value={reason} onChange={setReason} />
    </ActDialog>
  )
}
