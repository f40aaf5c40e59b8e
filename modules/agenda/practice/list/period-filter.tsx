import { ChevronDown } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Popover } from '#platform/ui/popover.tsx'
import type { ListState } from './list-state.ts'

type PeriodFilterProps = {
  state: Pick<ListState, 'from' | 'to'>
  onChange: (period: Pick<ListState, 'from' | 'to'>) => void
}

/** A year grows from its first digit on: until it can be one, nothing is asked. */
const isWhole = (day: string) => day === '' || (day >= '1900' && day.length === 10)

/** From one day to another, both included. */
export function PeriodFilter({ state, onChange }: PeriodFilterProps) {
  const t = useMessages()
  const set = (name: 'from' | 'to') => (day: string) => isWhole(day) && onChange({ [name]: day || undefined })
  return (
    <Popover
      title={t('agenda.list.period')}
      trigger={
        <Button>
          {t('agenda.list.period')}
          <ChevronDown aria-hidden size={16} className="-mr-1 text-ink-muted" />
        </Button>
      }
    >
      <div className="grid grid-cols-2 gap-2">
        <Field label={t('agenda.list.from')}>
          <Input type="date" value={state.from ?? ''} onChange={set('from')} />
        </Field>
        <Field label={t('agenda.list.to')}>
          <Input type="date" value={state.to ?? ''} onChange={set('to')} />
        </Field>
      </div>
    </Popover>
  )
}
