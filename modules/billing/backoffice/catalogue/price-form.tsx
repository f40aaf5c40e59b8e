import { useState } from 'react'
import {
  addPlanPrice,
  getPriceEffect,
  intervals,
  vatRates,
  type AppliesTo,
  type IntervalMonths,
  type Plan,
} from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { centsIn } from '../editor/typed.ts'
import { TypedNumber } from '../subscriptions/money-field.tsx'

/** A version of a price: whom it concerns and what it changes is shown before anybody decides. */
export function PriceForm({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const [months, setMonths] = useState<IntervalMonths>(1)
  const [price, setPrice] = useState('')
  const [rate, setRate] = useState('2000')
  const [from, setFrom] = useState(() =>
    Temporal.Now.plainDateISO('Europe/Paris').add({ days: 1 }).toString(),
  )
  const [appliesTo, setAppliesTo] = useState<AppliesTo>('next_periods')
  const add = useEndpoint(addPlanPrice, { onSuccess: onClose })
  const priceCents = centsIn(price)
  const params = { id: plan.id }
  const { data: effect } = useEndpoint(
    getPriceEffect,
    {
      params,
      query: {
        intervalMonths: String(months),
        inForceFrom: from,
        priceCents: String(priceCents ?? 0),
        appliesTo,
      },
    },
    { enabled: priceCents !== null && priceCents >= 0 && from !== '', keepPrevious: true },
  )
  return (
    <ActDialog
      title={t('billing.catalogue.price.of', { plan: plan.name })}
      action={t('billing.subscriptions.add')}
      missing={priceCents === null ? [t('billing.catalogue.price')] : []}
      running={add.isPending}
      error={add.error}
      onClose={onClose}
      onSubmit={() =>
        priceCents !== null &&
        add.mutate({
          params,
          body: {
            intervalMonths: months,
            inForceFrom: from,
            priceCents,
            vatBasisPoints: Number(rate),
            appliesTo,
          },
        })
      }
    >
      <Field label={t('billing.subscriptions.interval')} name="intervalMonths">
        <Select
          value={String(months)}
          onChange={(value) => setMonths(intervals.find((one) => String(one) === value) ?? 1)}
          options={intervals.map((one) => ({
            value: String(one),
            label: t('billing.subscriptions.every', { months: one }),
          }))}
        />
      </Field>
      <Field label={t('billing.catalogue.price')} name="priceCents">
        <TypedNumber value={price} onChange={setPrice} />
      </Field>
      <Field label={t('billing.subscriptions.vat-rate')} name="vatBasisPoints">
        <Select
          value={rate}
          onChange={setRate}
          options={vatRates.map((one) => ({ value: String(one), label: formats.percent(one / 10_000) }))}
        />
      </Field>
      <Field label={t('billing.catalogue.in-force')} name="inForceFrom">
        <Input type="date" value={from} onChange={setFrom} />
      </Field>
      <Field label={t('billing.catalogue.applies')} name="appliesTo">
        <Select
          value={appliesTo}
          onChange={setAppliesTo}
          options={(['next_periods', 'new_subscriptions'] as const).map((value) => ({
            value,
            label: t(`billing.catalogue.applies.${value}`),
          }))}
        />
      </Field>
      {effect && priceCents !== null && (
        <output className="block rounded-control bg-sunken p-3 text-13">
          {t('billing.catalogue.effect', {
            count: effect.subscriptions,
            shown: formats.integer(effect.subscriptions),
            change: formats.money(effect.changeCents),
          })}
        </output>
      )}
    </ActDialog>
  )
}
