import { useState } from 'react'
import { answerPatientRequest, refusePatientRequest } from '#contract/patients'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { DialogForm } from '../dialog-form.tsx'

type Ending = 'answer' | 'refusal'
type EndDialogProps = { requestId: string; ending: Ending | null; onClose: () => void }

/** Ends a request with words that stay: what was done, or why nothing is. */
export function EndDialog({ requestId, ending, onClose }: EndDialogProps) {
  const t = useMessages()
  return (
    <Dialog
      open={ending !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t(ending === 'refusal' ? 'patients.request.refuse' : 'patients.request.answer')}
      description={t(ending === 'refusal' ? 'patients.request.refuse.help' : 'patients.request.answer.help')}
    >
      {ending && <Fields key={ending} requestId={requestId} ending={ending} onClose={onClose} />}
    </Dialog>
  )
}

function Fields({ requestId, ending, onClose }: EndDialogProps & { ending: Ending }) {
  const t = useMessages()
  const [text, setText] = useState('')
  const [missing, setMissing] = useState(false)
  const answering = useEndpoint(answerPatientRequest, { onSuccess: onClose })
  const refusing = useEndpoint(refusePatientRequest, { onSuccess: onClose })
  const end = ending === 'refusal' ? refusing : answering
  return (
    <DialogForm
      submit={t(ending === 'refusal' ? 'patients.request.refuse' : 'patients.request.answer')}
      saving={end.isPending}
      error={end.error}
      onCancel={onClose}
      onSubmit={() => {
        setMissing(text.trim() === '')
        if (text.trim() !== '') end.mutate({ params: { id: requestId }, body: { answer: text } })
      }}
    >
      <Field
        name="answer"
        label={t(ending === 'refusal' ? 'patients.request.why' : 'patients.request.done')}
        error={missing && text.trim() === '' ? t('patients.request.words-missing') : undefined}
      >
        <Textarea value={text} rows={4} maxLength={5_000} onChange={setText} />
      </Field>
    </DialogForm>
  )
}
