import { useState } from 'react'
import { addExtra, vatRates } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { centsIn, quantityIn } from '../editor/typed.ts'
import type { ActProps } from './dialogs.tsx'
import { TypedNumber } from './money-field.tsx'

/** A line for the next invoice alone. */
export function ExtraDialog({ subscription, onClose }: ActProps) {
  const t = useMessages()
  const formats = useFormats()
  const [description, setDescription] = useState('')
  const [quantity, setQuantity] = useState('1')
  const [price, setPrice] = useState('')
  const [rate, setRate] = useState('2000')
  const add = useEndpoint(addExtra, {
    onSuccess: () => {
      notify.done({ title: t('billing.subscriptions.done.extra') })
      onClose()
    },
  })
  const cents = centsIn(price)
  const pieces = quantityIn(quantity)
  return (
    <ActDialog
      title={t('billing.subscriptions.extra')}
      action={t('billing.subscriptions.add')}
      missing={[
        ...(description.trim() === '' ? [t('billing.subscriptions.description')] : []),
        ...(pieces === null ? [t('billing.subscriptions.quantity')] : []),
        ...(cents === null ? [t('billing.subscriptions.unit-price')] : []),
      ]}
      running={add.isPending}
      error={add.error}
      onClose={onClose}
      onSubmit={() =>
        cents !== null &&
        pieces !== null &&
        add.mutate({
          params: { id: subscription.id },
          body: { description, quantity: pieces, unitPriceCents: cents, vatBasisPoints: Number(rate) },
        })
      }
    >
      <Field label={t('billing.subscriptions.description')} name="description">
        <Input value={description} onChange={setDescription} />
      </Field>
      <Field label={t('billing.subscriptions.quantity')} name="quantity">
        <TypedNumber value={quantity} onChange={setQuantity} />
      </Field>
      <Field label={t('billing.subscriptions.unit-price')} name="unitPriceCents">
        <TypedNumber value={price} onChange={setPrice} />
      </Field>
      <Field label={t('billing.subscriptions.vat-rate')} name="vatBasisPoints">
        <Select
          value={rate}
          onChange={setRate}
          options={vatRates.map((one) => ({ value: String(one), label: formats.percent(one / 10_000) }))}
        />
      </Field>
    </ActDialog>
  )
}
