import { useState } from 'react'
import { updateSubscription, type Subscription } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'
import type { ActProps } from './dialogs.tsx'
import { meansChoices } from './means.ts'

export function SettingsDialog({ subscription, onClose }: ActProps) {
  const t = useMessages()
  const [means, setMeans] = useState<NonNullable<Subscription['paymentMeans']> | 'profile'>(
    subscription.paymentMeans ?? 'profile',
  )
  const [hold, setHold] = useState(subscription.holdForReview)
  const save = useEndpoint(updateSubscription, {
    onSuccess: () => {
      notify.done({ title: t('billing.subscriptions.done.saved') })
      onClose()
    },
  })
  return (
    <ActDialog
      title={t('billing.subscriptions.settings')}
      action={t('billing.subscriptions.save')}
      running={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({
          params: { id: subscription.id },
          body: {
            revision: subscription.revision,
            paymentMeans: means === 'profile' ? null : means,
            holdForReview: hold,
          },
        })
      }
    >
      <Field label={t('billing.subscriptions.means')} name="paymentMeans">
        <Select value={means} onChange={setMeans} options={meansChoices(t)} />
      </Field>
      <Field inline label={t('billing.subscriptions.hold')} help={t('billing.subscriptions.hold.help')}>
        <Checkbox checked={hold} onChange={setHold} />
      </Field>
    </ActDialog>
  )
}
