import { Check } from 'lucide-react'
import { useState } from 'react'
import { type BankTransaction, getClientAccount, matchBankTransaction } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { ClientChoice } from '../editor/client-choice.tsx'
import { AllocationTable } from '../payments/allocation-table.tsx'
import { allocationsOf, sharedOut, sumOf } from '../payments/shared-out.ts'

/** Nobody of those suggested: a person says whose payment it is. */
export function MatchDialog({ row, onClose }: { row: BankTransaction; onClose: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const [clientId, setClientId] = useState<string | null>(null)
  const [chosen, setChosen] = useState<ReadonlyMap<string, number> | null>(null)
  const account = useEndpoint(
    getClientAccount,
    { params: { clientId: clientId ?? '' } },
    { enabled: clientId !== null },
  )
  const invoices = account.data?.openInvoices ?? []
  const shares = chosen ?? sharedOut(row.amountCents, invoices)
  const match = useEndpoint(matchBankTransaction, {
    onSuccess: () => {
      notify.done({ title: t('billing.bank.matched') })
      onClose()
    },
  })
  return (
    <ActDialog
      title={t('billing.bank.other.title', { amount: formats.money(row.amountCents) })}
      description={row.label}
      action={t('billing.bank.confirm')}
      icon={Check}
      disabled={clientId === null || !account.data || sumOf(shares) > row.amountCents}
      running={match.isPending || match.isSuccess}
      error={match.error}
      onSubmit={() =>
        clientId !== null &&
        match.mutate({ params: { id: row.id }, body: { clientId, allocations: allocationsOf(shares) } })
      }
      onClose={onClose}
    >
      <div className="flex flex-col gap-3">
        <Field label={t('billing.client')} name="clientId">
          <ClientChoice
            disabled={match.isPending}
            onChoose={(id) => {
              setClientId(id)
              setChosen(null)
            }}
          />
        </Field>
        {account.data && (
          <AllocationTable
            invoices={invoices}
            shares={shares}
            onChange={setChosen}
            amountCents={row.amountCents}
          />
        )}
      </div>
    </ActDialog>
  )
}
