import { Checkbox } from '#platform/ui/checkbox.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { PatientPicker } from '#practice/patients'
import { useState } from 'react'
import { ANYONE, usePeople } from '../people.ts'
import { bodyOf, type CallDraft } from './call-draft.ts'
import { SubjectChoice } from './subject-choice.tsx'

type CallFormProps = {
  draft: CallDraft
  onChange: (draft: CallDraft) => void
  submit: string
  onSubmit: (body: ReturnType<typeof bodyOf>) => void
  onCancel: () => void
  saving: boolean
  error: unknown
}

/** Made for writing while one listens: who, for whom, what about; one key saves. */
export function CallForm({ draft, onChange, submit, onSubmit, onCancel, saving, error }: CallFormProps) {
  const t = useMessages()
  const may = useMay()
  const { people, likely } = usePeople()
  const [asked, setAsked] = useState(false)
  const change = (part: Partial<CallDraft>) => onChange({ ...draft, ...part })
  const seesPatients = may('patients.read')
  const nobody = !draft.patient && draft.caller.trim() === ''
  return (
    <Form
      submit={submit}
      saving={saving}
      error={error}
      onCancel={onCancel}
      onSubmit={() => {
        setAsked(true)
        if (!nobody) onSubmit(bodyOf(draft, likely))
      }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        {seesPatients && (
          <PatientPicker
            label={t('calls.patient')}
            value={draft.patient}
            onChange={(patient) => change({ patient })}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the first field of a dialog that was asked for
            autoFocus
          />
        )}
        <Field
          name="caller"
          label={t(seesPatients ? 'calls.caller.instead' : 'calls.caller')}
          optional={draft.patient !== null}
          error={asked && nobody ? t('calls.caller.missing') : undefined}
        >
          <Input
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the first field of a dialog that was asked for
            autoFocus={!seesPatients}
            maxLength={120}
            value={draft.caller}
            onChange={(caller) => change({ caller })}
          />
        </Field>
        <Field
          name="phone"
          label={t('calls.phone')}
          help={draft.patient ? t('calls.phone.help') : undefined}
          optional
        >
          <Input
            type="tel"
            inputMode="tel"
            maxLength={32}
            value={draft.phone}
            onChange={(phone) => change({ phone })}
          />
        </Field>
        <Field name="forId" label={t('calls.for')}>
          <Select
            options={[
              ...people.map(({ memberId, name }) => ({ value: memberId, label: name })),
              { value: ANYONE, label: t('calls.for.anyone') },
            ]}
            value={draft.forId ?? likely ?? ANYONE}
            onChange={(forId) => change({ forId })}
          />
        </Field>
      </div>
      <SubjectChoice value={draft.subject} onChange={(subject) => change({ subject })} />
      <Field name="message" label={t('calls.message')} help={t('calls.message.help')} optional>
        <Textarea
          rows={4}
          maxLength={2_000}
          value={draft.message}
          onChange={(message) => change({ message })}
        />
      </Field>
      <Field name="urgent" label={t('calls.urgent')} inline>
        <Checkbox checked={draft.urgent} onChange={(urgent) => change({ urgent })} />
      </Field>
    </Form>
  )
}
