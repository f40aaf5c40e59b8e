import { listNotedAppointments } from '#contract/notes'
import { PatientPicker } from '#practice/patients'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { wallClock } from '../note-words.tsx'
import type { Written } from './written.ts'

type FieldsProps = {
  written: Written
  /** It cannot be signed without a patient. */
  missing: boolean
  onChange: (change: Partial<Written>) => void
}

/** What a note is about, to be changed. */
export function AboutFields({ written, missing, onChange }: FieldsProps) {
  const t = useMessages()
  const { patient, heldOn } = written
  return (
    <div className="grid gap-3 pt-2 pb-2 sm:grid-cols-2">
      <PatientPicker
        label={t('notes.patient')}
        value={patient}
        error={missing ? t('notes.patient.missing') : undefined}
        optional={written.kind === 'personal'}
        onChange={(next) =>
          onChange({ patient: next, ...(next?.id !== patient?.id && { appointment: null }) })
        }
      />
      <Field name="heldOn" label={t('notes.held-on')}>
        <Input
          type="date"
          min="1900-01-01"
          max="2200-12-31"
          value={heldOn ?? ''}
          onChange={(day) => onChange({ heldOn: day || null })}
        />
      </Field>
      {patient && <SessionChoice patientId={patient.id} written={written} onChange={onChange} />}
    </div>
  )
}

const none = 'none'

type SessionProps = Pick<FieldsProps, 'written' | 'onChange'> & { patientId: string }

/** The patient's sessions that took place, and the one it is of already. */
function SessionChoice({ patientId, written: { appointment }, onChange }: SessionProps) {
  const t = useMessages()
  const formats = useFormats()
  const { data } = useEndpoint(listNotedAppointments, { query: { patientId } })
  const rows = data?.rows ?? []
  const offered =
    rows.some(({ id }) => id === appointment?.id) || !appointment ? rows : [appointment, ...rows]
  return (
    <Field name="appointmentId" label={t('notes.session')} optional>
      <Select
        value={appointment?.id ?? none}
        options={[
          { value: none, label: t('notes.session.none') },
          ...offered.map((one) => ({
            value: one.id,
            label:
              'noteId' in one && one.noteId === null
                ? t('notes.session.unnoted', { at: wallClock(formats, one.startsLocal) })
                : wallClock(formats, one.startsLocal),
          })),
        ]}
        onChange={(id) => {
          const session = offered.find((one) => one.id === id)
          if (!session) return onChange({ appointment: null })
          const { startsAt, startsLocal } = session
          onChange({ appointment: { id, startsAt, startsLocal }, heldOn: startsLocal.slice(0, 10) })
        }}
      />
    </Field>
  )
}
