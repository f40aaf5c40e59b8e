import { Plus, X } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { Field } from '#platform/ui/field.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import type { SpecialDay } from './calendar-draft.ts'
import { WindowFields } from './window-fields.tsx'

type SpecialDayFieldsProps = { days: readonly SpecialDay[]; onChange: (days: SpecialDay[]) => void }

/** Days unlike their week, whatever the law says: closed for a bridge or an inventory, or open at hours of their own. */
export function SpecialDayFields({ days, onChange }: SpecialDayFieldsProps) {
  const t = useMessages()
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 text-13 font-medium">{t('support.sla.special_days')}</legend>
      <p className="text-12 text-ink-muted">{t('support.sla.special_days.help')}</p>
      {days.map((one, place) => (
        // Their places name them: two may be empty while one is typed.
        <SpecialDayBox
          key={place}
          one={one}
          place={place}
          onChange={(part) =>
            onChange(days.map((other, at) => (at === place ? { ...other, ...part } : other)))
          }
          onRemove={() => onChange(days.filter((_, at) => at !== place))}
        />
      ))}
      <div>
        <Button
          size="small"
          icon={Plus}
          onClick={() => onChange([...days, { day: '', name: '', windows: [] }])}
        >
          {t('support.sla.special_day.add')}
        </Button>
      </div>
    </fieldset>
  )
}

type SpecialDayBoxProps = {
  one: SpecialDay
  place: number
  onChange: (part: Partial<SpecialDay>) => void
  onRemove: () => void
}

function SpecialDayBox({ one, place, onChange, onRemove }: SpecialDayBoxProps) {
  const t = useMessages()
  const number = place + 1
  return (
    <fieldset className="flex flex-col gap-2 rounded-card border border-line p-3">
      <legend className="sr-only">{t('support.sla.special_day', { number })}</legend>
      <div className="flex items-start gap-2">
        <Field name={`calendar.overrides.${one.day}`} label={t('support.sla.closure.day')}>
          <Input type="date" value={one.day} onChange={(day) => onChange({ day })} />
        </Field>
        <div className="min-w-0 flex-1">
          <Field label={t('support.sla.closure.name')}>
            <Input value={one.name} maxLength={120} onChange={(name) => onChange({ name })} />
          </Field>
        </div>
        <span className="pt-5">
          <IconButton
            icon={X}
            size="small"
            label={t('support.sla.special_day.remove', { number })}
            onClick={onRemove}
          />
        </span>
      </div>
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <WindowFields
          name={`calendar.overrides.${one.day}`}
          of={t('support.sla.that_day')}
          addLabel={t('support.sla.special_day.window', { number })}
          windows={one.windows}
          onChange={(windows) => onChange({ windows })}
        />
      </div>
    </fieldset>
  )
}
