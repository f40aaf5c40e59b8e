import { Split } from 'lucide-react'
import { useState } from 'react'
import { type Allocation, getClientAccount } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import type { ApiError } from '#platform/ui/api-error.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { AllocationTable } from './allocation-table.tsx'
import { allocationsOf, sharedOut, sumOf } from './shared-out.ts'

type AllocationDialogProps = {
  title: string
  description: string
  clientId: string
  /** What goes where now. */
  held: readonly (Allocation & { number: string })[]
  /** What there is to be given, with what is given already. */
  amountCents: number
  running: boolean
  error: ApiError | null
  onSubmit: (allocations: Allocation[]) => void
  onClose: () => void
}

/** What a sum pays already and whatever else its client owes, to be given anew; what is untouched is proposed to the oldest. */
export function AllocationDialog(props: AllocationDialogProps) {
  const { clientId, amountCents, held } = props
  const account = useEndpoint(getClientAccount, { params: { clientId } })
  const open = account.data?.openInvoices ?? []
  const paid = held.map((one) => ({
    id: one.invoiceId,
    number: one.number,
    outstandingCents: one.amountCents + (open.find(({ id }) => id === one.invoiceId)?.outstandingCents ?? 0),
  }))
  const others = open.filter((one) => !held.some(({ invoiceId }) => invoiceId === one.id))
  const [chosen, setChosen] = useState<ReadonlyMap<string, number> | null>(null)
  const begun =
    held.length === 0
      ? sharedOut(amountCents, others)
      : new Map(held.map((one) => [one.invoiceId, one.amountCents]))
  const shares = chosen ?? begun
  return (
    <ActDialog
      title={props.title}
      description={props.description}
      action={props.title}
      icon={Split}
      disabled={!account.data || paid.length + others.length === 0 || sumOf(shares) > amountCents}
      running={props.running}
      error={props.error}
      onSubmit={() => props.onSubmit(allocationsOf(shares))}
      onClose={props.onClose}
    >
      {account.data && (
        <AllocationTable
          invoices={[...paid, ...others]}
          shares={shares}
          onChange={setChosen}
          amountCents={amountCents}
        />
      )}
    </ActDialog>
  )
}
