import { CirclePause } from 'lucide-react'
import { useState } from 'react'
import { suspendTenant, type TenantRow } from '#contract/tenancy'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSpokenName } from '../spoken-name.ts'
import { useDone } from './done.ts'
import { ReasonField } from './reason-field.tsx'

export type ActProps = { tenant: Pick<TenantRow, 'id' | 'name'>; onClose: () => void }

/** Closes a practice's doors; nothing of it is lost. */
export function SuspendDialog({ tenant, onClose }: ActProps) {
  const t = useMessages()
  const spoken = useSpokenName()
  const [reason, setReason] = useState('')
  const suspend = useEndpoint(suspendTenant, { onSuccess: useDone('tenancy.suspend.done', onClose) })
  return (
    <ActDialog
      title={t('tenancy.suspend.title', { name: spoken(tenant.name) })}
      effects={[t('tenancy.suspend.out'), t('tenancy.suspend.kept'), t('tenancy.suspend.back')]}
      action={t('tenancy.suspend')}
      icon={CirclePause}
      danger
      disabled={!reason.trim()}
      running={suspend.isPending}
      error={suspend.error}
      onSubmit={() => suspend.mutate({ params: { id: tenant.id }, body: { reason } })}
      onClose={onClose}
    >
      <ReasonField value={reason} onChange={setReason} />
    </ActDialog>
  )
}
