import { useState } from 'react'
import { type Consent, withdrawConsent } from '#contract/patients'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { DialogForm } from './dialog-form.tsx'
import { dayOfBrowser } from './months-before.ts'

export type WithdrawalDialogProps = {
  patientId: string
  consent: Consent | null
  /** Whose word it was. */
  giver: string
  onClose: () => void
}

/** What was agreed to is agreed to no longer, from a day on. */
export function WithdrawalDialog({ patientId, consent, giver, onClose }: WithdrawalDialogProps) {
  const t = useMessages()
  return (
    <Dialog
      open={consent !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('patients.consent.withdraw.title')}
      description={consent && `${t(`patients.consent.${consent.subject}`)} · ${giver}`}
    >
      {consent && <Withdrawal patientId={patientId} consent={consent} onClose={onClose} />}
    </Dialog>
  )
}

type WithdrawalProps = { patientId: string; consent: Consent; onClose: () => void }

function Withdrawal({ patientId, consent, onClose }: WithdrawalProps) {
  const t = useMessages()
  const [withdrawnOn, setWithdrawnOn] = useState(dayOfBrowser)
  const withdraw = useEndpoint(withdrawConsent, { onSuccess: onClose })
  return (
    <DialogForm
      submit={t('patients.consent.withdraw')}
      saving={withdraw.isPending}
      error={withdraw.error}
      onCancel={onClose}
      onSubmit={() =>
        withdraw.mutate({ params: { id: patientId, consentId: consent.id }, body: { withdrawnOn } })
      }
    >
      <Field name="withdrawnOn" label={t('patients.consent.withdrawn-on')}>
        <Input type="date" min={consent.givenOn} value={withdrawnOn} onChange={setWithdrawnOn} />
      </Field>
    </DialogForm>
  )
}
