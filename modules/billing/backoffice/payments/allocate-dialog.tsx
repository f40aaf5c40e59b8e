import { Split } from 'lucide-react'
import { useState } from 'react'
import { allocatePayment, getClientAccount, type Payment } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { clientName } from '../invoice-name.ts'
import { AllocationTable } from './allocation-table.tsx'
import { allocationsOf, sumOf } from './shared-out.ts'

/** What it pays already and whatever else its client owes, to be given anew. */
export function AllocateDialog({ payment, onClose }: { payment: Payment; onClose: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const account = useEndpoint(getClientAccount, { params: { clientId: payment.client.id } })
  const [shares, setShares] = useState<ReadonlyMap<string, number>>(
    () => new Map(payment.allocations.map((one) => [one.invoiceId, one.amountCents])),
  )
  const held = payment.allocations.map(({ invoiceId, number, amountCents }) => ({
    id: invoiceId,
    number,
    outstandingCents:
      amountCents + (account.data?.openInvoices.find((one) => one.id === invoiceId)?.outstandingCents ?? 0),
  }))
  const others = (account.data?.openInvoices ?? []).filter((one) => !held.some(({ id }) => id === one.id))
  const amountCents = payment.allocatedCents + payment.availableCents
  const allocate = useEndpoint(allocatePayment, {
    onSuccess: () => {
      notify.done({ title: t('billing.paying.allocated') })
      onClose()
    },
  })
  return (
    <ActDialog
      title={t('billing.paying.act.allocate')}
      description={`${clientName(payment)} · ${formats.money(payment.amountCents)}`}
      action={t('billing.paying.act.allocate')}
      icon={Split}
      disabled={!account.data || sumOf(shares) > amountCents}
      running={allocate.isPending || allocate.isSuccess}
      error={allocate.error}
      onSubmit={() =>
        allocate.mutate({ params: { id: payment.id }, body: { allocations: allocationsOf(shares) } })
      }
      onClose={onClose}
    >
      <AllocationTable
        invoices={[...held, ...others]}
        shares={shares}
        onChange={setShares}
        amountCents={amountCents}
      />
    </ActDialog>
  )
}
