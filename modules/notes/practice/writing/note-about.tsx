import { ChevronDown, ChevronUp } from 'lucide-react'
import { useState } from 'react'
import { listNotedAppointments } from '#contract/notes'
import { PatientPicker } from '#practice/patients'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { wallClock } from '../note-words.tsx'
import type { Written } from './written.ts'

type AboutProps = {
  written: Written
  /** It cannot be signed without a patient. */
  missing: boolean
  isOpen: boolean
  onChange: (change: Partial<Written>) => void
}

/** Of whom, of which session, of which day: one line once it is said, so that a telephone's screen is left to the text. */
export function NoteAbout({ written, missing, isOpen, onChange }: AboutProps) {
  const t = useMessages()
  const formats = useFormats()
  const [chosen, setOpen] = useState(isOpen)
  const open = chosen || missing
  const { patient, appointment, heldOn } = written
  const said = [
    patient?.name ?? t('notes.patient.unsaid'),
    appointment
      ? t('notes.session.of', { at: wallClock(formats, appointment.startsLocal) })
      : heldOn && formats.day(heldOn),
  ]
  return (
    <section aria-label={t('notes.about')} className="rounded-card border border-line bg-surface px-4 py-2">
      <div className="flex min-h-9 items-center gap-2">
        <p className="min-w-0 flex-1 truncate text-13 tabular-nums">{said.filter(Boolean).join(' · ')}</p>
        <Button
          variant="ghost"
          size="small"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          icon={open ? ChevronUp : ChevronDown}
        >
          {t(open ? 'notes.about.close' : 'notes.about.change')}
        </Button>
      </div>
      {open && (
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
      )}
    </section>
  )
}

const none = 'none'

type SessionProps = Pick<AboutProps, 'written' | 'onChange'> & { patientId: string }

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
