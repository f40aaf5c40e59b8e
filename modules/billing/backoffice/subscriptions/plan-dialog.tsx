import { useState } from 'react'
import {
  changePlan,
  getCatalogue,
  intervals,
  previewPlanChange,
  type IntervalMonths,
} from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'
import type { ActProps } from './dialogs.tsx'
import { Lines } from './lines.tsx'

/** Another plan or interval: what it costs or gives back is shown to the cent before anything happens. */
export function PlanDialog({ subscription, onClose }: ActProps) {
  const t = useMessages()
  const formats = useFormats()
  const { data: catalogue } = useEndpoint(getCatalogue)
  const [planId, setPlanId] = useState(subscription.plan.id)
  const [months, setMonths] = useState<IntervalMonths>(subscription.intervalMonths)
  const [when, setWhen] = useState<'now' | 'period_end'>('now')
  const [prorated, setProrated] = useState(true)
  const changed = planId !== subscription.plan.id || months !== subscription.intervalMonths
  const params = { id: subscription.id }
  const preview = useEndpoint(
    previewPlanChange,
    { params, query: { planId, intervalMonths: String(months), when, prorated: prorated ? 'yes' : 'no' } },
    { enabled: changed, keepPrevious: true },
  )
  const change = useEndpoint(changePlan, {
    onSuccess: () => {
      notify.done({ title: t('billing.subscriptions.done.plan') })
      onClose()
    },
  })
  const seen = changed ? preview.data : undefined
  return (
    <ActDialog
      wide
      title={t('billing.subscriptions.change-plan')}
      action={t('billing.subscriptions.change-plan')}
      disabled={!changed || !seen}
      running={change.isPending}
      error={change.error}
      onClose={onClose}
      onSubmit={() =>
        change.mutate({
          params,
          body: { revision: subscription.revision, planId, intervalMonths: months, when, prorated },
        })
      }
    >
      <Field label={t('billing.subscriptions.plan')} name="planId">
        <Select
          value={planId}
          onChange={setPlanId}
          options={(catalogue?.plans ?? [])
            .filter((plan) => !plan.archived || plan.id === subscription.plan.id)
            .map((plan) => ({ value: plan.id, label: plan.name }))}
        />
      </Field>
      <Field label={t('billing.subscriptions.interval')} name="intervalMonths">
        <Select
          value={String(months)}
          onChange={(value) => setMonths(intervals.find((one) => String(one) === value) ?? months)}
          options={intervals.map((one) => ({
            value: String(one),
            label: t('billing.subscriptions.every', { months: one }),
          }))}
        />
      </Field>
      <Field label={t('billing.subscriptions.when')}>
        <Select
          value={when}
          onChange={setWhen}
          options={[
            { value: 'now', label: t('billing.subscriptions.when.now') },
            { value: 'period_end', label: t('billing.subscriptions.when.period_end') },
          ]}
        />
      </Field>
      {when === 'now' && (
        <Field
          inline
          label={t('billing.subscriptions.prorated')}
          help={t('billing.subscriptions.prorated.help')}
        >
          <Checkbox checked={prorated} onChange={setProrated} />
        </Field>
      )}
      {changed && preview.error && <p className="text-13 text-danger-ink">{sentenceOf(preview.error, t)}</p>}
      {seen && (
        <section
          aria-label={t('billing.subscriptions.effect')}
          className="rounded-control bg-sunken p-3 text-13"
        >
          <p className="font-medium">
            {t('billing.subscriptions.effect.price', {
              before: formats.money(seen.from.monthlyCents),
              after: formats.money(seen.to.monthlyCents),
              day: formats.day(seen.on),
            })}
          </p>
          {seen.lines.length > 0 && (
            <>
              <Lines lines={seen.lines} />
              <p className="mt-1 flex gap-3 border-t border-line pt-1.5 font-medium">
                {t(`billing.subscriptions.effect.${seen.document}`)}
                <span className="ml-auto">
                  <Money cents={seen.exclCents} />
                </span>
              </p>
            </>
          )}
        </section>
      )}
    </ActDialog>
  )
}
