import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Popover } from '#platform/ui/popover.tsx'
import type { ChangeFilters, LogFilters } from './log-state.ts'
import { firstDayOf, presetOf, presets } from './period.ts'
import { isReversed } from './wrong-filters.ts'

type PeriodFilterProps = { filters: LogFilters; change: ChangeFilters }

/** A period one asks for often, or from one day to another. */
export function PeriodFilter({ filters, change }: PeriodFilterProps) {
  const t = useMessages()
  const chosen = presetOf(filters)
  return (
    <Popover
      title={t('audit.period')}
      trigger={
        <Button className={cx((filters.from ?? filters.to) !== undefined && 'border-control')}>
          {t('audit.period')}
          <ChevronDown aria-hidden size={16} className="-mr-1 text-ink-muted" />
        </Button>
      }
    >
      <div className="grid grid-cols-2 gap-2">
        {presets.map((preset) => (
          <Button
            key={preset}
            aria-pressed={chosen === preset}
            className={cx(chosen === preset && 'border-accent! bg-accent-soft! text-accent-ink!')}
            onClick={() => change({ from: firstDayOf(preset), to: undefined })}
          >
            {t(`audit.period.${preset}`)}
          </Button>
        ))}
      </div>
      <Days filters={filters} change={change} />
    </Popover>
  )
}

const dayOf = (moment: string | undefined) => moment?.slice(0, 10) ?? ''

/** A year grows from its first digit on: until it can be one, nothing is asked. */
const isWhole = (day: string) => day === '' || day >= '1900'

/** From one day to another; a period that ends before it begins stays here, with what is wrong about it. */
function Days({ filters, change }: PeriodFilterProps) {
  const t = useMessages()
  const applied = { from: dayOf(filters.from), to: dayOf(filters.to) }
  const [draft, setDraft] = useState<typeof applied | null>(null)
  const shown = draft ?? applied
  const set = (part: Partial<typeof applied>) => {
    const days = { ...shown, ...part }
    if (!isWhole(days.from) || !isWhole(days.to) || isReversed(days)) return setDraft(days)
    setDraft(null)
    // An instant that came with a link stays one unless its day was changed.
    const moment = (name: 'from' | 'to') =>
      days[name] === applied[name] ? filters[name] : days[name] || undefined
    change({ from: moment('from'), to: moment('to') }, { replace: true })
  }
  const reversed = isWhole(shown.from) && isWhole(shown.to) && isReversed(shown)
  return (
    <div className="mt-3 grid grid-cols-2 items-start gap-2">
      <Field label={t('audit.period.from')}>
        <Input type="date" value={shown.from} onChange={(from) => set({ from })} />
      </Field>
      <Field label={t('audit.period.to')} error={reversed ? t('fields.period_reversed') : undefined}>
        <Input type="date" value={shown.to} onChange={(to) => set({ to })} />
      </Field>
    </div>
  )
}
