import { CopyCheck, Plus, X } from 'lucide-react'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { anotherOn, type Hours, type Weekday } from './week.ts'

type DayHoursProps = {
  weekday: Weekday
  hours: readonly Hours[]
  wrong: boolean
  /** Left out where one only reads. */
  onChange: ((hours: readonly Hours[]) => void) | undefined
  /** Gives its hours to every working day. */
  onRepeat: () => void
}

/** The stretches of one weekday, one under the other. */
export function DayHours({ weekday, hours, wrong, onChange, onRepeat }: DayHoursProps) {
  const t = useMessages()
  const day = t(`agenda.settings.weekday.${weekday}`)
  const set = (index: number, part: Partial<Hours>) =>
    onChange?.(hours.map((one, at) => (at === index ? { ...one, ...part } : one)))
  return (
    <fieldset aria-label={day} className="flex flex-wrap items-start gap-x-2 gap-y-1 py-2 sm:flex-nowrap">
      <p className="flex-1 pt-1.5 text-13 font-medium first-letter:uppercase sm:w-20 sm:flex-none">{day}</p>
      <div className="order-last flex w-full min-w-0 flex-col gap-2 sm:order-0 sm:w-auto sm:flex-1">
        {hours.length === 0 && (
          <p className="pt-1.5 text-13 text-ink-muted">{t('agenda.settings.hours.closed')}</p>
        )}
        {hours.map(({ from, to }, index) =>
          onChange ? (
            // They have no name of their own; the order is theirs.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={index} className="flex items-center gap-1.5">
              <Input
                type="time"
                aria-label={t('agenda.settings.hours.from', { day })}
                value={from}
                onChange={(value) => set(index, { from: value })}
              />
              <span aria-hidden className="text-ink-muted">
                –
              </span>
              <Input
                type="time"
                aria-label={t('agenda.settings.hours.to', { day })}
                value={to}
                onChange={(value) => set(index, { to: value })}
              />
              <IconButton
                icon={X}
                label={t('agenda.settings.hours.remove', { day, from, to })}
                onClick={() => onChange(hours.filter((_, at) => at !== index))}
              />
            </div>
          ) : (
            <p key={from} className="pt-1.5 text-13 tabular-nums">
              {from} – {to}
            </p>
          ),
        )}
        {wrong && <p className="text-12 text-danger-ink">{t('agenda.settings.hours.wrong')}</p>}
      </div>
      {onChange && (
        <div className="flex shrink-0">
          <IconButton
            icon={Plus}
            label={t('agenda.settings.hours.add', { day })}
            onClick={() => onChange([...hours, anotherOn(hours)])}
          />
          <IconButton
            icon={CopyCheck}
            label={t('agenda.settings.hours.repeat', { day })}
            disabled={hours.length === 0}
            onClick={onRepeat}
          />
        </div>
      )}
    </fieldset>
  )
}
