import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Consent, Patient } from '#contract/patients'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { ConsentDialog, WithdrawalDialog } from './late-dialogs.tsx'
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
      <WithdrawalDialog
        patientId={patient.id}
        consent={leaving}
        giver={leaving ? giver(leaving) : ''}
        onClose={() => setLeaving(null)}
      />
    </Card>
  )
}
