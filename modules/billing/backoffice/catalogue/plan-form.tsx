import { useState } from 'react'
import { addPlan } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { centsIn } from '../editor/typed.ts'
import { TypedNumber } from '../subscriptions/money-field.tsx'
import { keyOfName } from './key-of-name.ts'

export function PlanForm({ onClose }: { onClose: () => void }) {
  const t = useMessages()
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [price, setPrice] = useState('')
  const [trialDays, setTrialDays] = useState('14')
  const add = useEndpoint(addPlan, { onSuccess: onClose })
  const monthlyCents = centsIn(price)
  return (
    <ActDialog
      title={t('billing.catalogue.plan.new')}
      action={t('billing.subscriptions.add')}
      missing={[
        ...(name.trim() === '' ? [t('billing.catalogue.name')] : []),
        ...(description.trim() === '' ? [t('billing.catalogue.description')] : []),
        ...(monthlyCents === null ? [t('billing.catalogue.monthly')] : []),
      ]}
      running={add.isPending}
      error={add.error}
      onClose={onClose}
      onSubmit={() =>
        monthlyCents !== null &&
        add.mutate({
          body: { key: keyOfName(name), name, description, monthlyCents, trialDays: Number(trialDays) },
        })
      }
    >
      <Field label={t('billing.catalogue.name')} name="name">
        <Input value={name} onChange={setName} />
      </Field>
      <Field
        label={t('billing.catalogue.description')}
        name="description"
        help={t('billing.catalogue.description.help')}
      >
        <Input value={description} onChange={setDescription} />
      </Field>
      <Field label={t('billing.catalogue.monthly')} name="monthlyCents">
        <TypedNumber value={price} onChange={setPrice} />
      </Field>
      <Field label={t('billing.subscriptions.trial-days')} name="trialDays">
        <TypedNumber value={trialDays} onChange={setTrialDays} />
      </Field>
    </ActDialog>
  )
}
