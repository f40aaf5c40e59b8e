import { useState } from 'react'
import { type Payment, paymentMethods, refundPayment } from '#contract/fees'
import { problemsByField } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { FormErrors } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Problems } from '#platform/ui/problems.ts'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { centsIn, typedOf } from '../amounts.ts'

/** Gives back a payment in whole or in part; it stays in the list, with a row below zero beside it. */
export function RefundDialog({ payment, onClose }: { payment: Payment | null; onClose: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <Dialog
      open={payment !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('fees.refund.title')}
      description={
        payment &&
        t('fees.refund.help', {
          day: formats.day(payment.receivedOn),
          method: t(`fees.method.${payment.method}`),
          amount: formats.money(payment.cents),
        })
      }
    >
      {payment && <Fields key={payment.id} payment={payment} onClose={onClose} />}
    </Dialog>
  )
}

function Fields({ payment, onClose }: { payment: Payment; onClose: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const leftCents = payment.cents - payment.refundedCents
  const [requestId] = useState(() => crypto.randomUUID())
  const [typed, setTyped] = useState(typedOf(leftCents))
  const [method, setMethod] = useState(payment.method)
  const [reference, setReference] = useState('')
  const [tried, setTried] = useState(false)
  const cents = centsIn(typed)
  const left = formats.money(leftCents)
  const over = cents !== null && cents > leftCents
  const none = cents === null || cents === 0
  const refund = useEndpoint(refundPayment, {
    onSuccess: (back) => {
      notify.done({ title: t('fees.refund.done', { amount: formats.money(-back.cents) }) })
      onClose()
    },
  })
  return (
    <Problems value={problemsByField(refund.error)}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (none || over || refund.isPending) return
          refund.mutate({ params: { id: payment.id }, body: { requestId, cents, method, reference } })
        }}
      >
        {refund.error && <FormErrors error={refund.error} />}
        <Field
          name="cents"
          label={t('fees.pay.amount')}
          help={t('fees.refund.left', { left })}
          error={
            tried && none
              ? t('fees.pay.amount.wrong')
              : tried && over
                ? t('fees.refund.over', { left })
                : undefined
          }
        >
          <Input inputMode="decimal" value={typed} onChange={setTyped} maxLength={14} />
        </Field>
        <Field name="method" label={t('fees.pay.method')}>
          <Select
            options={paymentMethods.map((value) => ({ value, label: t(`fees.method.${value}`) }))}
            value={method}
            onChange={setMethod}
          />
        </Field>
        <Field name="reference" label={t('fees.pay.reference')} optional help={t('fees.pay.reference.help')}>
          <Input value={reference} onChange={setReference} maxLength={120} />
        </Field>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" variant="primary" loading={refund.isPending}>
            {t('fees.refund.submit', { amount: formats.money(cents ?? 0) })}
          </Button>
        </div>
      </form>
    </Problems>
  )
}
