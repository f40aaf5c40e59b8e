import { useState } from 'react'
import { pauseSubscription, previewPause } from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import type { ActProps } from './dialogs.tsx'
import { StopEffectCard } from './stop-effect.tsx'

export function PauseDialog({ subscription, onClose }: ActProps) {
  const t = useMessages()
  const [resumesOn, setResumesOn] = useState('')
  const [credit, setCredit] = useState(false)
  const [why, setWhy] = useState('')
  const pause = useEndpoint(pauseSubscription, {
    onSuccess: () => {
      notify.done({ title: t('billing.subscriptions.done.paused') })
      onClose()
    },
  })
  // Once it is done there is nothing to ask beforehand any more.
  const preview = useEndpoint(
    previewPause,
    { params: { id: subscription.id }, query: { credit: credit ? 'yes' : 'no' } },
    { enabled: !pause.isPending && !pause.isSuccess, keepPrevious: true },
  )
  return (
    <ActDialog
      title={t('billing.subscriptions.pause')}
      description={t('billing.subscriptions.pause.help')}
      action={t('billing.subscriptions.pause')}
      running={pause.isPending}
      error={pause.error}
      onClose={onClose}
      onSubmit={() =>
        pause.mutate({
          params: { id: subscription.id },
          body: {
            revision: subscription.revision,
            resumesOn: resumesOn === '' ? null : resumesOn,
            credit,
            why,
          },
        })
      }
    >
      <Field label={t('billing.subscriptions.resumes-on')} name="resumesOn" optional>
        <Input type="date" value={resumesOn} onChange={setResumesOn} />
      </Field>
      <Field inline label={t('billing.subscriptions.credit')} help={t('billing.subscriptions.credit.help')}>
        <Checkbox checked={credit} onChange={setCredit} />
      </Field>
      <StopEffectCard effect={preview.data} error={preview.error} />
      <Field label={t('billing.subscriptions.why')} name="why" optional>
        <Textarea rows={2} value={why} onChange={setWhy} />
      </Field>
    </ActDialog>
  )
}
