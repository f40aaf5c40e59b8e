import { Banknote } from 'lucide-react'
import { useState } from 'react'
import { type Payment, refundClient } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { usePreferences } from '#platform/ui/preferences.ts'
import { notify } from '#platform/ui/toast.tsx'
import { centsIn, typedCents } from '../editor/typed.ts'

const today = () => Temporal.Now.plainDateISO('Europe/Paris').toString()

/** What is left of a payment, or part of it, sent back by transfer. */
export function RefundDialog({ payment, onClose }: { payment: Payment; onClose: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const { language } = usePreferences()
  const [amount, setAmount] = useState(() => typedCents(payment.availableCents, language))
  const [sentOn, setSentOn] = useState(today)
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
      description={t('billing.paying.refund.help', { amount: formats.money(payment.availableCents) })}
      action={t('billing.paying.refund.act')}
      icon={Banknote}
      disabled={amountCents <= 0 || amountCents > payment.availableCents}
      running={refund.isPending || refund.isSuccess}
      error={refund.error}
      onSubmit={() =>
        refund.mutate({ body: { from: { paymentId: payment.id }, amountCents, sentOn, method: 'transfer' } })
      }
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
    </ActDialog>
  )
}
