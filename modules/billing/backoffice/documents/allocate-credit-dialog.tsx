import { allocateCreditNote, type Invoice } from '#contract/billing'
import { useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { clientName, invoiceName } from '../invoice-name.ts'
import { AllocationDialog } from '../payments/allocation-dialog.tsx'
import { creditLeftCents } from './document-can.ts'

type AllocateCreditDialogProps = { invoice: Invoice; usesLeft?: boolean; onClose: () => void }

/** A credit note pays the client's invoices as money would. */
export function AllocateCreditDialog({ invoice, usesLeft, onClose }: AllocateCreditDialogProps) {
  const t = useMessages()
  const formats = useFormats()
  const left = creditLeftCents(invoice)
  const held = invoice.credits.map(({ id, number, amountCents }) => ({ invoiceId: id, number, amountCents }))
  const allocate = useEndpoint(allocateCreditNote, {
    onSuccess: () => {
      notify.done({ title: t('billing.credit.allocated') })
      onClose()
    },
  })
  return (
    <AllocationDialog
      title={t('billing.credit.allocate')}
      description={[clientName(invoice), invoiceName(invoice, t), formats.money(left)].join(' · ')}
      clientId={invoice.client.id}
      usesLeft={usesLeft}
      held={held}
      amountCents={left + held.reduce((sum, { amountCents }) => sum + amountCents, 0)}
      running={allocate.isPending || allocate.isSuccess}
      error={allocate.error}
      onSubmit={(allocations) => allocate.mutate({ params: { id: invoice.id }, body: { allocations } })}
      onClose={onClose}
    />
  )
}
