import { useState } from 'react'
import { addPlanOption } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { centsIn } from '../editor/typed.ts'
import { TypedNumber } from '../subscriptions/money-field.tsx'
import { keyOfName } from './key-of-name.ts'

export function OptionForm({ onClose }: { onClose: () => void }) {
  const t = useMessages()
  const [name, setName] = useState('')
  const [price, setPrice] = useState('')
  const add = useEndpoint(addPlanOption, { onSuccess: onClose })
  const monthlyCents = centsIn(price)
  return (
    <ActDialog
      title={t('billing.catalogue.option.new')}
      action={t('billing.subscriptions.add')}
      missing={[
        ...(name.trim() === '' ? [t('billing.catalogue.name')] : []),
        ...(monthlyCents === null ? [t('billing.catalogue.monthly')] : []),
      ]}
      running={add.isPending}
      error={add.error}
      onClose={onClose}
      onSubmit={() =>
        monthlyCents !== null &&
        add.mutate({ body: { key: keyOfName(name), name, monthlyCents, vatBasisPoints: 2_000 } })
      }
    >
      <Field label={t('billing.catalogue.name')} name="name">
        <Input value={name} onChange={setName} />
      </Field>
      <Field label={t('billing.catalogue.monthly')} name="monthlyCents">
        <TypedNumber value={price} onChange={setPrice} />
      </Field>
    </ActDialog>
  )
}
