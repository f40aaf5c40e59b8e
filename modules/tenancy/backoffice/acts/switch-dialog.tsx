import { ArrowRightLeft } from 'lucide-react'
import { useState } from 'react'
import { type Spare, switchTenant, type Tenant } from '#contract/tenancy'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Comparison } from '../one/comparison.tsx'
import { useSpokenName } from '../spoken-name.ts'
import { useDone } from './done.ts'
import { ReasonField } from './reason-field.tsx'

export type SpareActProps = { tenant: Tenant; spare: Spare; onClose: () => void }

/** What the practice will find afterwards, table by table, before anything is put in the living one's place. */
export function SwitchDialog({ tenant, spare, onClose }: SpareActProps) {
  const t = useMessages()
  const spoken = useSpokenName()
  const [reason, setReason] = useState('')
  const put = useEndpoint(switchTenant, {
    onSuccess: useDone('tenancy.switch.done', onClose, 'tenancy.work.followed'),
  })
  const { databaseName } = spare
  return (
    <ActDialog
      wide
      title={t('tenancy.switch.title', { name: spoken(tenant.name) })}
      effects={[t('tenancy.switch.place'), t('tenancy.switch.kept'), t('tenancy.switch.out')]}
      action={t('tenancy.switch')}
      icon={ArrowRightLeft}
      danger
      disabled={!reason.trim()}
      running={put.isPending}
      error={put.error}
      onSubmit={() => put.mutate({ params: { id: tenant.id }, body: { databaseName, reason } })}
      onClose={onClose}
    >
      <Comparison tenantId={tenant.id} spare={spare} />
      <ReasonField value={reason} onChange={setReason} />
    </ActDialog>
  )
}
