import { Banknote } from 'lucide-react'
import { useState } from 'react'
import { refundClient } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { usePreferences } from '#platform/ui/preferences.ts'
import { notify } from '#platform/ui/toast.tsx'
import { centsIn, typedCents } from '../editor/typed.ts'

const today = () => Temporal.Now.plainDateISO('Europe/Paris').toString()

type RefundDialogProps = {
  from: { paymentId: string } | { creditNoteId: string }
  availableCents: number
  onClose: () => void
}

/** What is left of a payment or of a credit note, or part of it, sent back by transfer. */
export function RefundDialog({ from, availableCents, onClose }: RefundDialogProps) {
  const t = useMessages()
  const formats = useFormats()
  const { language } = usePreferences()
  const [amount, setAmount] = useState(() => typedCents(availableCents, language))
  const [sentOn, setSentOn] = useState(today)
  const [reference, setReference] = useState('')
  const amountCents = centsIn(amount) ?? 0
  const refund = useEndpoint(refundClient, {
    onSuccess: () => {
      notify.done({ title: t('billing.paying.refunded') })
      onClose()
    },
  })
  return (
    <ActDialog
      title={t('billing.paying.act.refund')}
      description={t('billing.paying.refund.help', {
        what: 'paymentId' in from ? 'payment' : 'credit',
        amount: formats.money(availableCents),
      })}
      action={t('billing.paying.refund.act')}
      icon={Banknote}
      missing={amountCents <= 0 ? [t('billing.payment.amount')] : []}
      disabled={amountCents > availableCents}
      running={refund.isPending || refund.isSuccess}
      error={refund.error}
      onSubmit={() => refund.mutate({ body: { from, amountCents, sentOn, method: 'transfer', reference } })}
      onClose={onClose}
    >
      <div className="grid grid-cols-2 gap-3">
        <Field label={t('billing.payment.amount')} name="amountCents">
          <Input inputMode="decimal" value={amount} onChange={setAmount} />
        </Field>
        <Field label={t('billing.paying.sent-on')} name="sentOn">
          <Input type="date" value={sentOn} max={today()} onChange={setSentOn} />
        </Field>
      </div>
      <Field label={t('billing.paying.reference')} name="reference" optional>
        <Input value={reference} onChange={setReference} maxLength={140} />
      </Field>
    </ActDialog>
  )
}
