import { HandCoins } from 'lucide-react'
import { useState } from 'react'
import {
  getClientAccount,
  type Invoice,
  paymentMethods,
  type PaymentMethod,
  recordPaymentByHand,
  reversePayment,
} from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { invoiceTo } from '../addresses.ts'
import { ClientChoice } from '../editor/client-choice.tsx'
import { centsIn, typedCents } from '../editor/typed.ts'
import { clientName } from '../invoice-name.ts'
import { AllocationTable } from './allocation-table.tsx'
import { CreditToUse, type Usable, UseCreditDialog } from './credit-to-use.tsx'
import { allocationsOf, sharedOut, sumOf } from './shared-out.ts'

const today = () => Temporal.Now.plainDateISO('Europe/Paris').toString()

type RecordDialogProps = {
  /** The invoice it was begun from: its client, what is left of it, and it alone is proposed. */
  of?: Pick<Invoice, 'id' | 'client' | 'outstandingCents'>
  /** Asked for anew before it closes: what it shows is what was just written down. */
  shownBy?: (() => Promise<unknown>) | undefined
  onClose: () => void
}

/** Written down by hand: who paid, how much, when, and which invoices it pays; the oldest are proposed. */
export function RecordDialog({ of, shownBy, onClose }: RecordDialogProps) {
  const t = useMessages()
  const formats = useFormats()
  const { language } = formats
  const go = useGo()
  const [clientId, setClientId] = useState<string | null>(of?.client.id ?? null)
  const [amount, setAmount] = useState(of ? typedCents(of.outstandingCents, language) : '')
  const [receivedOn, setReceivedOn] = useState(today)
  const [method, setMethod] = useState<PaymentMethod>('transfer')
  const [reference, setReference] = useState('')
  const [using, setUsing] = useState<Usable | null>(null)
  const [chosen, setChosen] = useState<ReadonlyMap<string, number> | null>(null)
  const amountCents = centsIn(amount) ?? 0
  const account = useEndpoint(
    getClientAccount,
    { params: { clientId: clientId ?? '' } },
    { enabled: clientId !== null },
  )
  const invoices = account.data?.openInvoices ?? []
  // What was begun from an invoice goes to it first.
  const shares =
    chosen ??
    sharedOut(
      amountCents,
      invoices.toSorted((one, other) => Number(other.id === of?.id) - Number(one.id === of?.id)),
    )
  const takeBack = useEndpoint(reversePayment, {
    onSuccess: () => notify.done({ title: t('billing.paying.reversed') }),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  const record = useEndpoint(recordPaymentByHand, {
    onSuccess: async (payment) => {
      await shownBy?.()
      const [first] = payment.allocations
      notify.done({
        title: t('billing.paying.recorded', { amount: formats.money(payment.amountCents) }),
        ...(first &&
          first.invoiceId !== of?.id && {
            action: { label: first.number, onSelect: () => go(invoiceTo(first.invoiceId)) },
          }),
        undo: () =>
          takeBack.mutate({ params: { id: payment.id }, body: { reason: t('billing.paying.undone') } }),
      })
      onClose()
    },
  })
  if (using) return <UseCreditDialog of={using} onClose={() => setUsing(null)} />
  return (
    <ActDialog
      title={t('billing.paying.record')}
      description={of && clientName(of)}
      action={t('billing.paying.record.act')}
      icon={HandCoins}
      missing={[
        ...(clientId === null ? [t('billing.client')] : []),
        ...(amountCents <= 0 ? [t('billing.payment.amount')] : []),
      ]}
      // What is too much is said below the shares.
      disabled={sumOf(shares) > amountCents}
      running={record.isPending || record.isSuccess}
      error={record.error}
      onSubmit={() =>
        clientId !== null &&
        record.mutate({
          body: { clientId, amountCents, receivedOn, method, reference, allocations: allocationsOf(shares) },
        })
      }
      onClose={onClose}
    >
      <div className="flex flex-col gap-3">
        {!of && (
          <Field label={t('billing.client')} name="clientId">
            <ClientChoice
              disabled={record.isPending}
              onChoose={(id) => {
                setClientId(id)
                setChosen(null)
              }}
            />
          </Field>
        )}
        <div className="grid grid-cols-2 gap-3">
          <Field label={t('billing.payment.amount')} name="amountCents">
            <Input
              inputMode="decimal"
              value={amount}
              onChange={setAmount}
              placeholder={formats.money(2_900)}
            />
          </Field>
          <Field label={t('billing.payment.received-on')} name="receivedOn">
            <Input type="date" value={receivedOn} max={today()} onChange={setReceivedOn} />
          </Field>
          <Field label={t('billing.payment.method')} name="method">
            <Select
              options={paymentMethods.map((value) => ({ value, label: t(`billing.method.${value}`) }))}
              value={method}
              onChange={setMethod}
            />
          </Field>
          <Field label={t('billing.paying.reference')} name="reference" optional>
            <Input value={reference} onChange={setReference} maxLength={140} />
          </Field>
        </div>
        {account.data && invoices.length > 0 && <CreditToUse account={account.data} onUse={setUsing} />}
        {account.data && (
          <AllocationTable
            invoices={invoices}
            shares={shares}
            onChange={setChosen}
            amountCents={amountCents}
          />
        )}
      </div>
    </ActDialog>
  )
}
