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
  /** What is left is proposed too where something is given already: one came to use it up. */
  usesLeft?: boolean | undefined
  running: boolean
  error: ApiError | null
  onSubmit: (allocations: Allocation[]) => void
  onClose: () => void
}

/** What a sum pays already and whatever else its client owes, to be given anew; what is untouched is proposed to the oldest. */
export function AllocationDialog(props: AllocationDialogProps) {
  const { clientId, amountCents, held, usesLeft = false } = props
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
      : withTheRest(held, usesLeft ? amountCents : 0, [...paid, ...others])
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

/** What is given already, and what is left of the sum to the oldest. */
function withTheRest(
  held: AllocationDialogProps['held'],
  amountCents: number,
  invoices: readonly { id: string; outstandingCents: number }[],
): ReadonlyMap<string, number> {
  const given = new Map(held.map((one) => [one.invoiceId, one.amountCents]))
  const wanting = invoices.map(({ id, outstandingCents }) => ({
    id,
    outstandingCents: outstandingCents - (given.get(id) ?? 0),
  }))
  const rest = sharedOut(
    amountCents - sumOf(given),
    wanting.filter(({ outstandingCents }) => outstandingCents > 0),
  )
  for (const [id, cents] of rest) given.set(id, (given.get(id) ?? 0) + cents)
  return given
}
