import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { type Payment, reversePayment } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'

export function ReverseDialog({ payment, onClose }: { payment: Payment; onClose: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const [reason, setReason] = useState('')
  const reverse = useEndpoint(reversePayment, {
    onSuccess: () => {
      notify.done({ title: t('billing.paying.reversed') })
      onClose()
    },
  })
  return (
    <ActDialog
      title={t('billing.paying.act.reverse')}
      effects={[
        t('billing.paying.reverse.row', { amount: formats.money(-payment.amountCents) }),
        ...(payment.allocations.length > 0
          ? [
              t('billing.paying.reverse.reopens', {
                numbers: payment.allocations.map((one) => one.number).join(', '),
              }),
            ]
          : []),
      ]}
      action={t('billing.paying.reverse.act')}
      icon={Undo2}
      danger
      missing={reason.trim() === '' ? [t('billing.paying.reason')] : []}
      running={reverse.isPending || reverse.isSuccess}
      error={reverse.error}
      onSubmit={() => reverse.mutate({ params: { id: payment.id }, body: { reason } })}
      onClose={onClose}
    >
      <Field label={t('billing.paying.reason')} name="reason">
        <Input value={reason} onChange={setReason} maxLength={200} />
      </Field>
    </ActDialog>
  )
}
