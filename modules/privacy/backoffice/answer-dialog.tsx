import { Check, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { answerPrivacyRequest, type Ground, groundsFor, type Outcome, outcomes } from '#contract/privacy'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { type ActProps, useDone } from './act-dialogs.tsx'
import { groundInWords, needsProof } from './request-words.tsx'
import { today } from './today.ts'

/** The answer as it was sent: a refusal bears its ground, which the person must be told too. */
export function AnswerDialog({ request, onClose }: ActProps) {
  const t = useMessages()
  const { isIdentityChecked } = request
  const open = outcomes.filter((one) => isIdentityChecked || one === 'refused' || one === 'withdrawn')
  const [outcome, setOutcome] = useState<Outcome>(isIdentityChecked ? 'granted' : 'refused')
  const [ground, setGround] = useState<Ground | null>(null)
  const [answeredOn, setAnsweredOn] = useState(today)
  const [note, setNote] = useState('')
  const answer = useEndpoint(answerPrivacyRequest, { onSuccess: useDone('privacy.answer.done', onClose) })
  const refuses = outcome === 'refused' || outcome === 'partly_granted'
  return (
    <ActDialog
      title={t('privacy.answer.title', { number: String(request.number) })}
      description={!isIdentityChecked && t('privacy.answer.unidentified')}
      action={t('privacy.answer.save')}
      icon={Check}
      running={answer.isPending}
      error={answer.error}
      onSubmit={() =>
        answer.mutate({
          params: { id: request.id },
          body: { outcome, ground: refuses ? ground : null, answeredOn, note },
        })
      }
      onClose={onClose}
    >
      {needsProof(outcome) && request.proofs.length === 0 && (
        <p className="flex gap-2 rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink">
          <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
          {t('privacy.answer.no-proof')}
        </p>
      )}
      <Field name="outcome" label={t('privacy.answer.outcome')}>
        <Select
          options={open.map((one) => ({ value: one, label: t(`privacy.outcome.${one}`) }))}
          value={outcome}
          onChange={setOutcome}
        />
      </Field>
      {refuses && (
        <Field name="ground" label={t('privacy.answer.ground')} help={t('privacy.answer.refusal.help')}>
          <Select
            placeholder={t('privacy.answer.ground.choose')}
            options={groundsFor(request.kind).map((one) => ({ value: one, label: groundInWords(one, t) }))}
            value={ground}
            onChange={setGround}
          />
        </Field>
      )}
      <Field name="answeredOn" label={t('privacy.answer.on')}>
        <Input type="date" max={today()} value={answeredOn} onChange={setAnsweredOn} />
      </Field>
      <Field name="note" label={t('privacy.answer.note')} help={t('privacy.note.help')} optional>
        <Textarea value={note} onChange={setNote} rows={3} maxLength={4_000} />
      </Field>
    </ActDialog>
  )
}
