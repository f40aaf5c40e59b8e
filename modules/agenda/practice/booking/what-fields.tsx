import type { Act } from '#contract/agenda'
import { cx } from '#platform/ui/cx.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { PatientPicker } from '#practice/patients'
import { type Draft, withAct } from './draft.ts'

type WhatFieldsProps = {
  draft: Draft
  onChange: (change: Partial<Draft>) => void
  /** What can be booked; undefined until it is known. */
  acts: readonly Act[] | undefined
  /** The keyboard begins here. */
  first: boolean
  missing: { patient: boolean; title: boolean }
}

/** A patient who comes for an act; or something else, which has a title. */
export function WhatFields({ draft, onChange, acts, first, missing }: WhatFieldsProps) {
  const t = useMessages()
  const may = useMay()
  const mayPatients = may('patients.read')
  return (
    <>
      {mayPatients && <Kind draft={draft} onChange={onChange} />}
      {draft.withPatient ? (
        <>
          <PatientPicker
            label={t('agenda.patient')}
            // The dialog opens to be filled in, and this is where one begins.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus={first}
            value={draft.patient}
            onChange={(patient) => onChange({ patient })}
            error={missing.patient ? t('agenda.patient.missing') : undefined}
          />
          <Field
            name="actId"
            label={t('agenda.act')}
            help={
              acts?.length === 0 &&
              may('agenda.settings') && <TextLink to="/agenda/acts">{t('agenda.act.make')}</TextLink>
            }
          >
            <Select
              options={(acts ?? []).map(({ id, name, minutes }) => ({
                value: id,
                label: t('agenda.act.long', { name, minutes }),
              }))}
              value={draft.actId}
              placeholder={t('agenda.act.none')}
              onChange={(id) => {
                const chosen = acts?.find((one) => one.id === id)
                onChange({ ...withAct(draft, chosen), settled: true })
              }}
            />
          </Field>
        </>
      ) : (
        <Field
          name="title"
          label={t('agenda.event')}
          error={missing.title ? t('agenda.event.missing') : undefined}
        >
          <Input
            value={draft.title}
            maxLength={120}
            placeholder={t('agenda.event.example')}
            onChange={(title) => onChange({ title })}
          />
        </Field>
      )}
    </>
  )
}

function Kind({ draft, onChange }: Pick<WhatFieldsProps, 'draft' | 'onChange'>) {
  const t = useMessages()
  return (
    <fieldset
      aria-label={t('agenda.book.kind')}
      className="grid grid-cols-2 rounded-control border border-line-strong"
    >
      {[true, false].map((withPatient) => (
        <button
          key={String(withPatient)}
          type="button"
          aria-pressed={draft.withPatient === withPatient}
          onClick={() => onChange({ withPatient })}
          className={cx(
            'h-control text-13 font-medium first:rounded-l-control last:rounded-r-control',
            draft.withPatient === withPatient ? 'bg-pressed text-ink' : 'text-ink-muted hover:bg-hover',
          )}
        >
          {t(withPatient ? 'agenda.book.patient' : 'agenda.book.other')}
        </button>
      ))}
    </fieldset>
  )
}
