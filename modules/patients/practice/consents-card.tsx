import { Plus } from 'lucide-react'
import { useState } from 'react'
import { type Consent, type Patient, withdrawConsent } from '#contract/patients'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { ConsentDialog } from './consent-dialog.tsx'
import { DialogForm } from './dialog-form.tsx'
import { dayOfBrowser } from './months-before.ts'
import { spokenName } from './patient-words.tsx'

/** What was agreed to, by whom, since when and how; what was withdrawn stays to be read. */
export function ConsentsCard({ patient, mayChange }: { patient: Patient; mayChange: boolean }) {
  const t = useMessages()
  const formats = useFormats()
  const [giving, setGiving] = useState(false)
  const [leaving, setLeaving] = useState<Consent | null>(null)
  const giver = ({ relativeId }: Consent) => {
    const relative = patient.relatives.find(({ id }) => id === relativeId)
    return spokenName(relative ?? patient)
  }
  return (
    <Card
      title={t('patients.consents')}
      actions={
        mayChange && (
          <Button size="small" icon={Plus} onClick={() => setGiving(true)}>
            {t('patients.consent.add')}
          </Button>
        )
      }
    >
      {patient.consents.length === 0 && (
        <p className="text-13 text-ink-muted">{t('patients.consents.none')}</p>
      )}
      <ul className="flex flex-col">
        {patient.consents.map((consent) => (
          <li
            key={consent.id}
            className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-2 text-13 first:border-t-0"
          >
            <div className="min-w-0 flex-1 basis-56">
              <p className="font-medium">{t(`patients.consent.${consent.subject}`)}</p>
              <p className="text-12 text-ink-muted">
                {t('patients.consent.given', {
                  name: giver(consent),
                  day: formats.day(consent.givenOn),
                  how: t(`patients.consent.how.${consent.how}`),
                })}
              </p>
            </div>
            {consent.withdrawnOn ? (
              <Badge tone="danger">
                {t('patients.consent.withdrawn', { day: formats.day(consent.withdrawnOn) })}
              </Badge>
            ) : (
              mayChange && (
                <Button size="small" onClick={() => setLeaving(consent)}>
                  {t('patients.consent.withdraw')}
                </Button>
              )
            )}
          </li>
        ))}
      </ul>
      <ConsentDialog patient={patient} open={giving} onClose={() => setGiving(false)} />
      <Dialog
        open={leaving !== null}
        onOpenChange={(open) => !open && setLeaving(null)}
        title={t('patients.consent.withdraw.title')}
        description={leaving && `${t(`patients.consent.${leaving.subject}`)} · ${giver(leaving)}`}
      >
        {leaving && <Withdrawal patientId={patient.id} consent={leaving} onClose={() => setLeaving(null)} />}
      </Dialog>
    </Card>
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
