import { FileCheck2 } from 'lucide-react'
import { useState } from 'react'
import { reviewImpersonation } from '#contract/impersonation'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import type { OneActProps } from './approve-dialog.tsx'

/** As the contract has it. */
const shortest = 3

/** Afterwards, by somebody who did not ask for it: whether it was for good reason. */
export function ReviewDialog({ one, onClose }: OneActProps) {
  const t = useMessages()
  const [review, setReview] = useState('')
  const save = useEndpoint(reviewImpersonation, {
    onSuccess: () => {
      notify.done({ title: t('impersonation.act.review.done') })
      onClose()
    },
  })
  return (
    <ActDialog
      title={t('impersonation.act.review.title')}
      effects={[t('impersonation.act.review.lines')]}
      action={t('impersonation.act.review.save')}
      icon={FileCheck2}
      disabled={review.trim().length < shortest}
      running={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate({ params: { id: one.id }, body: { review } })}
      onClose={onClose}
    >
      <Field
        name="review"
        label={t('impersonation.act.review.say')}
        help={t('impersonation.act.review.help')}
      >
        <Textarea value={review} onChange={setReview} rows={4} maxLength={1_000} />
      </Field>
    </ActDialog>
  )
}
