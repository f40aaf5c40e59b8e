import { Flame } from 'lucide-react'
import { useState } from 'react'
import { purgeTenant } from '#contract/tenancy'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSpokenName } from '../spoken-name.ts'
import { useDone } from './done.ts'
import { ReasonField } from './reason-field.tsx'
import type { ActProps } from './suspend-dialog.tsx'

/** Nothing brings it back: what goes, what stays, why, and the name typed out. */
export function PurgeDialog({ tenant, onClose }: ActProps) {
  const t = useMessages()
  const spoken = useSpokenName()
  const [name, setName] = useState('')
  const [reason, setReason] = useState('')
  const purge = useEndpoint(purgeTenant, {
    onSuccess: useDone('tenancy.purge.done', onClose, 'tenancy.work.followed'),
  })
  return (
    <ActDialog
      title={t('tenancy.purge.title', { name: spoken(tenant.name) })}
      effects={[
        t('tenancy.purge.lost'),
        t('tenancy.purge.key'),
        t('tenancy.purge.stays'),
        t('tenancy.purge.certificate'),
      ]}
      action={t('tenancy.purge')}
      icon={Flame}
      danger
      disabled={name.trim() !== tenant.name || !reason.trim()}
      running={purge.isPending}
      error={purge.error}
      onSubmit={() => purge.mutate({ params: { id: tenant.id }, body: { name: name.trim(), reason } })}
      onClose={onClose}
    >
      <ReasonField value={reason} onChange={setReason} />
      <Field name="name" label={t('tenancy.purge.type', { name: tenant.name })}>
        <Input value={name} onChange={setName} autoComplete="off" spellCheck={false} />
      </Field>
    </ActDialog>
  )
}
