import { ChevronDown } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Popover } from '#platform/ui/popover.tsx'
import type { ChangeFilters, LogFilters } from './log-state.ts'
import { firstDayOf, presetOf, presets } from './period.ts'

type PeriodFilterProps = { filters: LogFilters; change: ChangeFilters }

/** A period one asks for often, or from one day to another. */
export function PeriodFilter({ filters, change }: PeriodFilterProps) {
  const t = useMessages()
  const chosen = presetOf(filters)
  const dayOf = (moment: string | undefined) => moment?.slice(0, 10) ?? ''
  // A day that is being typed is empty until it is whole.
  const day = (text: string) => (text === '' ? undefined : text)
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
      <div className="mt-3 grid grid-cols-2 gap-2">
        <Field label={t('audit.period.from')}>
          <Input
            type="date"
            value={dayOf(filters.from)}
            max={dayOf(filters.to)}
            onChange={(from) => change({ from: day(from) }, { replace: true })}
          />
        </Field>
        <Field label={t('audit.period.to')}>
          <Input
            type="date"
            value={dayOf(filters.to)}
            min={dayOf(filters.from)}
            onChange={(to) => change({ to: day(to) }, { replace: true })}
          />
        </Field>
      </div>
    </Popover>
  )
}
