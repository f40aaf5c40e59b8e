import { useState } from 'react'
import {
  type ConsentSubject,
  consentSubjects,
  type ConsentWay,
  consentWays,
  giveConsent,
  type Patient,
} from '#contract/patients'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { DialogForm } from './dialog-form.tsx'
import { dayOfBrowser } from './months-before.ts'
import { spokenName } from './patient-words.tsx'

export type ConsentDialogProps = { patient: Patient; open: boolean; onClose: () => void }

/** Of a minor, who holds parental authority comes first: their word is the one that counts. */
export function ConsentDialog({ patient, open, onClose }: ConsentDialogProps) {
  const t = useMessages()
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('patients.consent.add.title')}
      description={t('patients.consent.add.help')}
    >
      {open && <Fields patient={patient} onClose={onClose} />}
    </Dialog>
  )
}

const themselves = 'patient'

function Fields({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const t = useMessages()
  const holder = patient.relatives.find(({ role }) => role === 'parental_authority' || role === 'guardian')
  const [draft, setDraft] = useState({
    subject: (patient.monSoutienPsy ? 'mon_soutien_psy' : 'care') as ConsentSubject,
    giver: (isMinor(patient) && holder?.id) || themselves,
    givenOn: dayOfBrowser(),
    how: 'written' as ConsentWay,
  })
  const give = useEndpoint(giveConsent, { onSuccess: onClose })
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change })
  const { giver, ...said } = draft
  return (
    <DialogForm
      submit={t('patients.consent.add')}
      saving={give.isPending}
      error={give.error}
      onCancel={onClose}
      onSubmit={() =>
        give.mutate({
          params: { id: patient.id },
          body: { ...said, relativeId: giver === themselves ? null : giver },
        })
      }
    >
      <Field name="subject" label={t('patients.consent.subject')}>
        <Select
          options={consentSubjects.map((subject) => ({
            value: subject,
            label: t(`patients.consent.${subject}`),
          }))}
          value={draft.subject}
          onChange={(subject) => set({ subject })}
        />
      </Field>
      <Field name="relativeId" label={t('patients.consent.giver')}>
        <Select
          options={[
            { value: themselves, label: spokenName(patient) },
            ...patient.relatives.map((relative) => ({
              value: relative.id,
              label: `${spokenName(relative)} (${t(`patients.role.${relative.role}`)})`,
            })),
          ]}
          value={draft.giver}
          onChange={(next) => set({ giver: next })}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="givenOn" label={t('patients.consent.given-on')}>
          <Input type="date" value={draft.givenOn} onChange={(givenOn) => set({ givenOn })} />
        </Field>
        <Field name="how" label={t('patients.consent.how')}>
          <Select
            options={consentWays.map((how) => ({ value: how, label: t(`patients.consent.how.${how}`) }))}
            value={draft.how}
            onChange={(how) => set({ how })}
          />
        </Field>
      </div>
    </DialogForm>
  )
}

const isMinor = ({ age }: Patient) => age !== null && age < 18
