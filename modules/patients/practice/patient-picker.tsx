import { useState } from 'react'
import { findPatients } from '#contract/patients'
import { Combobox } from '#platform/ui/combobox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import { NewPatientDialog } from './new-patient-dialog.tsx'

export type PickedPatient = { id: string; name: string }

export type PatientPickerProps = {
  value: PickedPatient | null
  onChange: (patient: PickedPatient | null) => void
  label: string
  /** The field's name, where the server speaks of it; `patientId` unless told. */
  name?: string | undefined
  help?: string | undefined
  error?: string | undefined
  optional?: boolean | undefined
  autoFocus?: boolean | undefined
}

const current = ({ id, name }: PickedPatient) => ({ value: id, label: name })

/** The last choice of the list: not a patient's id. */
const somebodyNew = 'new'

/** A patient, found by typing, or added on the spot. */
export function PatientPicker({
  value,
  onChange,
  label,
  name = 'patientId',
  help,
  error,
  optional,
  autoFocus,
}: PatientPickerProps) {
  const t = useMessages()
  const may = useMay()
  const [asked, setAsked] = useState('')
  const [text, setText] = useSettledText(asked, setAsked)
  const [adding, setAdding] = useState<string | null>(null)
  // What stands in the field once somebody is chosen is their name, and no search.
  const q = value?.name === asked ? '' : asked.slice(0, 100)
  const { data } = useEndpoint(findPatients, { query: { q } }, { keepPrevious: true })
  const found = (data?.rows ?? []).filter(({ id }) => id !== value?.id)
  const searching = q !== ''
  const typed = value && !searching ? '' : text
  const options = [
    ...(value && !searching ? [current(value)] : []),
    ...found.map((one) => ({ value: one.id, label: one.name, detail: one.detail })),
    // Whoever looks for somebody else has those first.
    ...(value && searching ? [current(value)] : []),
    ...(may('patients.manage')
      ? [
          {
            value: somebodyNew,
            label: t('patients.picker.new', { named: typed ? 'yes' : 'no', name: typed }),
          },
        ]
      : []),
  ]
  return (
    <>
      <Field name={name} label={label} help={help} error={error} optional={optional}>
        <Combobox
          options={options}
          value={value?.id ?? null}
          placeholder={t('patients.picker.placeholder')}
          {...(autoFocus && { autoFocus })}
          onQuery={setText}
          onChange={(id) => {
            if (id === somebodyNew) return setAdding(typed)
            const chosen = found.find((one) => one.id === id)
            if (id === null || chosen) onChange(chosen ? { id: chosen.id, name: chosen.name } : null)
          }}
        />
      </Field>
      <NewPatientDialog
        typed={adding}
        onClose={() => setAdding(null)}
        onAdded={(patient) => {
          setAdding(null)
          onChange(patient)
        }}
      />
    </>
  )
}
