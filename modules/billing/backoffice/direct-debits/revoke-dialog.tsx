import { useState } from 'react'
import { type Mandate, revokeMandate } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { clientName } from '../invoice-name.ts'

export function RevokeDialog({ mandate, onClose }: { mandate: Mandate; onClose: () => void }) {
  const t = useMessages()
  const [reason, setReason] = useState('')
  const revoke = useEndpoint(revokeMandate, {
    onSuccess: () => {
      notify.done({ title: t('billing.debit.mandate.revoked-now') })
      onClose()
    },
  })
  return (
    <ActDialog
      title={t('billing.debit.mandate.revoke.title', { name: clientName(mandate) })}
      effects={[t('billing.debit.mandate.revoke.effect')]}
      action={t('billing.debit.mandate.revoke')}
      danger
      missing={reason.trim() === '' ? [t('billing.paying.reason')] : []}
      running={revoke.isPending || revoke.isSuccess}
      error={revoke.error}
      onSubmit={() => revoke.mutate({ params: { id: mandate.id }, body: { reason } })}
      onClose={onClose}
    >
      <Field label={t('billing.paying.reason')} name="reason">
        <Input value={reason} onChange={setReason} maxLength={200} />
      </Field>
    </ActDialog>
  )
}
