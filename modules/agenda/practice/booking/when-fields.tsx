import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import type { Draft } from './draft.ts'

type When = Pick<Draft, 'date' | 'time' | 'minutes'>

type WhenFieldsProps = {
  value: When
  onChange: (change: Partial<When>) => void
  /** What of it is missing, or makes no sense. */
  wrong: { start: boolean; minutes: boolean }
}

/** When something begins, and how long it lasts. */
export function WhenFields({ value, onChange, wrong }: WhenFieldsProps) {
  const t = useMessages()
  return (
    <div className="grid grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)_minmax(0,1fr)] gap-3">
      <Field
        name="startsLocal"
        label={t('agenda.date')}
        error={wrong.start ? t('agenda.date.missing') : undefined}
      >
        <Input type="date" value={value.date} onChange={(date) => onChange({ date })} />
      </Field>
      <Field label={t('agenda.time')}>
        <Input type="time" step={300} value={value.time} onChange={(time) => onChange({ time })} />
      </Field>
      <Field
        name="minutes"
        label={t('agenda.minutes')}
        error={wrong.minutes ? t('agenda.minutes.wrong') : undefined}
      >
        <Input
          type="number"
          min={5}
          max={600}
          step={5}
          inputMode="numeric"
          value={value.minutes}
          onChange={(minutes) => onChange({ minutes })}
        />
      </Field>
    </div>
  )
}
