import type { Patient } from '#contract/patients'
import { Card } from '#platform/ui/card.tsx'
import { CopyId } from '#platform/ui/copy-id.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Fact, Facts } from './facts.tsx'
import { linkClass } from './patient-words.tsx'

type CardProps = { patient: Patient }

export function ContactCard({ patient }: CardProps) {
  const t = useMessages()
  const place = [patient.postcode, patient.city].filter(Boolean).join(' ')
  const wishes = [
    patient.noSms && t('patients.no-sms.short'),
    patient.noEmail && t('patients.no-email.short'),
  ].filter(Boolean)
  return (
    <Card title={t('patients.card.contact')}>
      <Facts>
        <Fact label={t('patients.phone')} copy={patient.phone}>
          {patient.phone && (
            <a href={`tel:${patient.phoneDialled}`} className={`${linkClass} tabular-nums`}>
              {patient.phoneShown}
            </a>
          )}
        </Fact>
        <Fact label={t('patients.email')} copy={patient.email}>
          {patient.email && (
            <a href={`mailto:${patient.email}`} className={`${linkClass} wrap-anywhere`}>
              {/* Where it is too long it breaks before its domain. */}
              {patient.email.split('@')[0]}
              <wbr />@{patient.email.split('@')[1]}
            </a>
          )}
        </Fact>
        <Fact label={t('patients.address')}>{[patient.address, place].filter(Boolean).join('\n')}</Fact>
        {wishes.length > 0 && <Fact label={t('patients.reminders')}>{wishes.join(', ')}</Fact>}
      </Facts>
    </Card>
  )
}

export function IdentityCard({ patient }: CardProps) {
  const t = useMessages()
  const formats = useFormats()
  const { bornOn, age } = patient
  return (
    <Card title={t('patients.card.identity')}>
      <Facts>
        <Fact label={t('patients.born')}>
          {bornOn && age !== null && `${formats.day(bornOn)} (${t('patients.years', { age })})`}
        </Fact>
        {patient.birthName && <Fact label={t('patients.birth-name')}>{patient.birthName}</Fact>}
        <Fact label={t('patients.origin')}>{patient.origin?.name}</Fact>
        <Fact label={t('patients.practitioner')}>{patient.practitioner.name}</Fact>
        <Fact label={t('patients.created')}>
          <DateText value={patient.createdAt} />
        </Fact>
        <Fact label={t('patients.id')}>
          <span className="-ml-1">
            <CopyId id={patient.id} />
          </span>
        </Fact>
      </Facts>
    </Card>
  )
}

/** For whoever organises: stands on yellow paper, and is never clinical. */
export function RemarkCard({ patient }: CardProps) {
  const t = useMessages()
  if (!patient.remark) return null
  return (
    <section
      aria-label={t('patients.remark')}
      className="rounded-card border border-line bg-paper px-4 py-3 text-on-paper"
    >
      <h2 className="text-12 font-medium">{t('patients.remark')}</h2>
      <p className="mt-1 text-14 break-words whitespace-pre-wrap">{patient.remark}</p>
    </section>
  )
}
