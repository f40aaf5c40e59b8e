import { useState } from 'react'
import { activateSubscription, extendTrial } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'
import type { ActProps } from './dialogs.tsx'

/** Ended today, or moved, with what becomes of it then. */
export function TrialDialog({ subscription, onClose }: ActProps) {
  const t = useMessages()
  const { id, revision, cancelOn } = subscription
  const [what, setWhat] = useState<'pays' | 'ends' | 'today'>(cancelOn === null ? 'pays' : 'ends')
  const [endsOn, setEndsOn] = useState(subscription.trialEndsOn ?? '')
  const onSuccess = () => {
    notify.done({ title: t('billing.subscriptions.done.trial') })
    onClose()
  }
  const activate = useEndpoint(activateSubscription, { onSuccess })
  const extend = useEndpoint(extendTrial, { onSuccess })
  return (
    <ActDialog
      title={t('billing.subscriptions.trial')}
      action={t('billing.subscriptions.save')}
      running={activate.isPending || extend.isPending}
      error={what === 'today' ? activate.error : extend.error}
      onClose={onClose}
      onSubmit={() =>
        what === 'today'
          ? activate.mutate({ params: { id }, body: { revision } })
          : extend.mutate({ params: { id }, body: { revision, endsOn, afterTrial: what } })
      }
    >
      <Field label={t('billing.subscriptions.after-trial')}>
        <Select
          value={what}
          onChange={setWhat}
          options={(['pays', 'ends', 'today'] as const).map((value) => ({
            value,
            label: t(`billing.subscriptions.after-trial.${value}`),
          }))}
        />
      </Field>
      {what !== 'today' && (
        <Field label={t('billing.subscriptions.trial-ends')} name="endsOn">
          <Input type="date" value={endsOn} onChange={setEndsOn} />
        </Field>
      )}
    </ActDialog>
  )
}
