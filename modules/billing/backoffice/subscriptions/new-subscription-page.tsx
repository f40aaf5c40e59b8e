/** A client subscribes: to what, from when, tried or not. */
import { useState } from 'react'
import { z } from 'zod'
import {
  getCatalogue,
  intervals,
  listSubscriptions,
  startSubscription,
  type IntervalMonths,
} from '#contract/billing'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { TextLink, useGo } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { ClientChoice } from '../editor/client-choice.tsx'
import { subscriptionsTo, subscriptionTo } from './addresses.ts'
import { meansChoices } from './means.ts'
import { TypedNumber } from './money-field.tsx'

const Address = z.object({ client: z.string().optional() })

export function NewSubscriptionPage() {
  const t = useMessages()
  const formats = useFormats()
  const go = useGo()
  const [{ client }] = useUrlState(Address)
  const { data } = useEndpoint(getCatalogue)
  const [clientId, setClientId] = useState(client ?? '')
  const plans = (data?.plans ?? []).filter(({ archived }) => !archived)
  const [chosen, setPlan] = useState<string | null>(null)
  const plan = plans.find(({ id }) => id === chosen) ?? plans[0]
  const [months, setMonths] = useState<IntervalMonths>(1)
  const [startsOn, setStartsOn] = useState(() => Temporal.Now.plainDateISO('Europe/Paris').toString())
  const [days, setDays] = useState<string | null>(null)
  const [afterTrial, setAfterTrial] = useState<'pays' | 'ends'>('pays')
  const [couponCode, setCode] = useState('')
  const [means, setMeans] = useState<ReturnType<typeof meansChoices>[number]['value']>('profile')
  const [hold, setHold] = useState(false)
  const trialDays = days ?? String(plan?.trialDays ?? 0)
  const price = plan?.prices.find((one) => one.intervalMonths === months && one.stands === 'now')
  const start = useEndpoint(startSubscription, {
    onSuccess: ({ id }) => {
      notify.done({ title: t('billing.subscriptions.done.started') })
      go(subscriptionTo(id))
    },
  })
  const { data: standing } = useEndpoint(
    listSubscriptions,
    { query: { client: clientId, limit: 1 } },
    { enabled: clientId !== '' },
  )
  const current = clientId === '' ? undefined : standing?.rows[0]
  return (
    <>
      <PageHeader title={t('billing.subscriptions.new')} />
      <div className="max-w-xl">
        <Form
          submit={t('billing.subscriptions.start')}
          saving={start.isPending}
          error={start.error}
          onCancel={() => go(subscriptionsTo)}
          onSubmit={() =>
            start.mutate({
              body: {
                clientId,
                planId: plan?.id ?? '',
                intervalMonths: months,
                startsOn,
                trialDays: Number(trialDays),
                afterTrial,
                couponCode: couponCode === '' ? null : couponCode,
                paymentMeans: means === 'profile' ? null : means,
                holdForReview: hold,
              },
            })
          }
        >
          {client === undefined && (
            <Field label={t('billing.client')} name="clientId">
              <ClientChoice disabled={false} onChoose={setClientId} />
            </Field>
          )}
          {current && (
            <output className="block rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink">
              {t('billing.subscriptions.exists', {
                name: `${current.client.firstName} ${current.client.lastName}`.trim(),
                plan: current.plan.name,
                status: t(`billing.subscriptions.status.${current.status}`).toLowerCase(),
              })}{' '}
              <TextLink to={subscriptionTo(current.id)}>{t('billing.subscriptions.exists.open')}</TextLink>
            </output>
          )}
          <Field
            label={t('billing.subscriptions.plan')}
            name="planId"
            help={
              price
                ? t('billing.subscriptions.price-now', { price: formats.money(price.priceCents) })
                : undefined
            }
          >
            <Select
              value={plan?.id ?? null}
              onChange={setPlan}
              options={plans.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Field>
          <Field label={t('billing.subscriptions.interval')} name="intervalMonths">
            <Select
              value={String(months)}
              onChange={(value) => setMonths(intervals.find((one) => String(one) === value) ?? 1)}
              options={intervals
                .filter((one) => plan?.prices.some((known) => known.intervalMonths === one) ?? true)
                .map((one) => ({
                  value: String(one),
                  label: t('billing.subscriptions.every', { months: one }),
                }))}
            />
          </Field>
          <Field label={t('billing.subscriptions.starts-on')} name="startsOn">
            <Input type="date" value={startsOn} onChange={setStartsOn} />
          </Field>
          <Field
            label={t('billing.subscriptions.trial-days')}
            name="trialDays"
            help={t('billing.subscriptions.trial-days.help')}
          >
            <TypedNumber value={trialDays} onChange={setDays} />
          </Field>
          {Number(trialDays) > 0 && (
            <Field label={t('billing.subscriptions.after-trial')}>
              <Select
                value={afterTrial}
                onChange={setAfterTrial}
                options={(['pays', 'ends'] as const).map((value) => ({
                  value,
                  label: t(`billing.subscriptions.after-trial.${value}`),
                }))}
              />
            </Field>
          )}
          <Field label={t('billing.subscriptions.coupon')} name="couponCode" optional>
            <Input value={couponCode} onChange={(typed) => setCode(typed.toUpperCase())} autoComplete="off" />
          </Field>
          <Field label={t('billing.subscriptions.means')} name="paymentMeans">
            <Select value={means} onChange={setMeans} options={meansChoices(t)} />
          </Field>
          <Field inline label={t('billing.subscriptions.hold')} help={t('billing.subscriptions.hold.help')}>
            <Checkbox checked={hold} onChange={setHold} />
          </Field>
        </Form>
      </div>
    </>
  )
}
