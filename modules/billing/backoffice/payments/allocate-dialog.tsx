import { allocatePayment, type Payment } from '#contract/billing'
import { useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { clientName } from '../invoice-name.ts'
import { AllocationDialog } from './allocation-dialog.tsx'

type AllocateDialogProps = { payment: Payment; usesLeft?: boolean; onClose: () => void }

export function AllocateDialog({ payment, usesLeft, onClose }: AllocateDialogProps) {
  const t = useMessages()
  const formats = useFormats()
  const allocate = useEndpoint(allocatePayment, {
    onSuccess: () => {
      notify.done({ title: t('billing.paying.allocated') })
      onClose()
    },
  })
  return (
    <AllocationDialog
      title={t('billing.paying.act.allocate')}
      description={`${clientName(payment)} · ${formats.money(payment.amountCents)}`}
      clientId={payment.client.id}
      usesLeft={usesLeft}
      held={payment.allocations}
      amountCents={payment.allocatedCents + payment.availableCents}
      running={allocate.isPending || allocate.isSuccess}
      error={allocate.error}
      onSubmit={(allocations) => allocate.mutate({ params: { id: payment.id }, body: { allocations } })}
      onClose={onClose}
    />
  )
}
