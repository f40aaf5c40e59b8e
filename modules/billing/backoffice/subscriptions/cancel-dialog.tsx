import { useState } from 'react'
import { cancelSubscription, previewCancellation } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Textarea } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'
import type { ActProps } from './dialogs.tsx'
import { StopEffectCard } from './stop-effect.tsx'

export function CancelDialog({ subscription, onClose }: ActProps) {
  const t = useMessages()
  const formats = useFormats()
  const mayWait = subscription.can.includes('cancel')
  const [when, setWhen] = useState<'now' | 'period_end'>(mayWait ? 'period_end' : 'now')
  const [credit, setCredit] = useState(false)
  const [why, setWhy] = useState('')
  const cancel = useEndpoint(cancelSubscription, {
    onSuccess: ({ cancelOn }) => {
      notify.done({
        title: cancelOn
          ? t('billing.subscriptions.done.cancelled.on', { day: formats.day(cancelOn) })
          : t('billing.subscriptions.done.cancelled'),
      })
      onClose()
    },
  })
  // Once it is done there is nothing to ask beforehand any more.
  const preview = useEndpoint(
    previewCancellation,
    { params: { id: subscription.id }, query: { when, credit: when === 'now' && credit ? 'yes' : 'no' } },
    { enabled: !cancel.isPending && !cancel.isSuccess, keepPrevious: true },
  )
  const end =
    subscription.trialEndsOn && subscription.status === 'trialing'
      ? subscription.trialEndsOn
      : subscription.nextPeriodOn
  const verb = t(subscription.cancelOn ? 'billing.subscriptions.end-now' : 'billing.subscriptions.cancel')
  return (
    <ActDialog
      danger
      title={verb}
      action={verb}
      running={cancel.isPending}
      error={cancel.error}
      onClose={onClose}
      onSubmit={() =>
        cancel.mutate({
          params: { id: subscription.id },
          body: { revision: subscription.revision, when, credit: when === 'now' && credit, why },
        })
      }
    >
      {mayWait && (
        <Field label={t('billing.subscriptions.when')}>
          <Select
            value={when}
            onChange={setWhen}
            options={[
              {
                value: 'period_end',
                label: t('billing.subscriptions.cancel.end', { day: end ? formats.day(end) : '' }),
              },
              { value: 'now', label: t('billing.subscriptions.cancel.now') },
            ]}
          />
        </Field>
      )}
      {when === 'now' && subscription.payingFrom !== null && (
        <Field inline label={t('billing.subscriptions.credit')} help={t('billing.subscriptions.credit.help')}>
          <Checkbox checked={credit} onChange={setCredit} />
        </Field>
      )}
      <StopEffectCard effect={preview.data} error={preview.error} />
      <Field label={t('billing.subscriptions.why')} name="why" optional>
        <Textarea rows={2} value={why} onChange={setWhy} />
      </Field>
    </ActDialog>
  )
}
