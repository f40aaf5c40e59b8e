import { Plus, X } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { Field } from '#platform/ui/field.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import type { Closure } from './calendar-draft.ts'

type ClosureFieldsProps = { closures: readonly Closure[]; onChange: (closures: Closure[]) => void }

/** Days on which nobody works, whatever the law says: a bridge, a move, an inventory. */
export function ClosureFields({ closures, onChange }: ClosureFieldsProps) {
  const t = useMessages()
  const set = (place: number, part: Partial<Closure>) =>
    onChange(closures.map((one, at) => (at === place ? { ...one, ...part } : one)))
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-13 font-medium">{t('support.sla.closures')}</legend>
      {closures.map((closure, place) => (
        <div key={place} className="flex items-start gap-2">
          <Field name={`calendar.overrides.${closure.day}`} label={t('support.sla.closure.day')}>
            <Input type="date" value={closure.day} onChange={(day) => set(place, { day })} />
          </Field>
          <div className="min-w-0 flex-1">
            <Field label={t('support.sla.closure.name')}>
              <Input value={closure.name} maxLength={120} onChange={(name) => set(place, { name })} />
            </Field>
          </div>
          <span className="pt-5">
            <IconButton
              icon={X}
              size="small"
              label={t('support.sla.closure.remove')}
              onClick={() => onChange(closures.filter((_, at) => at !== place))}
            />
          </span>
        </div>
      ))}
      <div>
        <Button size="small" icon={Plus} onClick={() => onChange([...closures, { day: '', name: '' }])}>
          {t('support.sla.closure.add')}
        </Button>
      </div>
    </fieldset>
  )
}
