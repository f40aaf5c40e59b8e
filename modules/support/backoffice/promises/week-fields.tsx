import { Plus, X } from 'lucide-react'
import { type Weekday, weekdays } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { Field } from '#platform/ui/field.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import type { CalendarDraft } from './calendar-draft.ts'
import { WeekPicture } from './week-picture.tsx'

type Hours = CalendarDraft['hours']

/** Windows of each day, as many as it has: a lunch break is what lies between two. */
export function WeekFields({ hours, onChange }: { hours: Hours; onChange: (hours: Hours) => void }) {
  const t = useMessages()
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 text-13 font-medium">{t('support.sla.week')}</legend>
      <WeekPicture hours={hours} />
      {weekdays.map((day) => (
        <DayFields
          key={day}
          day={day}
          windows={hours[day]}
          onChange={(windows) => onChange({ ...hours, [day]: windows })}
        />
      ))}
    </fieldset>
  )
}

type DayFieldsProps = {
  day: Weekday
  windows: Hours[Weekday]
  onChange: (windows: Hours[Weekday]) => void
}

function DayFields({ day, windows, onChange }: DayFieldsProps) {
  const t = useMessages()
  const name = t(`support.sla.day.${day}`)
  const set = (place: number, window: [string, string]) =>
    onChange(windows.map((one, at) => (at === place ? window : one)))
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-2 border-t border-line pt-2">
      <span className="flex-1 pt-1.5 text-13 sm:w-20 sm:flex-none">{name}</span>
      {/* On a telephone below its name and its button, as wide as the screen. */}
      <div className="flex min-w-0 flex-col gap-2 max-sm:order-last max-sm:w-full sm:flex-1">
        {windows.length === 0 && <p className="pt-1.5 text-13 text-ink-muted">{t('support.sla.closed')}</p>}
        {windows.map((window, place) => (
          // Their places name them: two may say the same while one is typed.
          <div key={place} className="flex items-start gap-1 *:first:flex-1 *:nth-2:flex-1 sm:max-w-80">
            <Field name={`calendar.hours.${day}.${place}`} label={t('support.sla.opens', { day: name })}>
              <Input type="time" value={window[0]} onChange={(from) => set(place, [from, window[1]])} />
            </Field>
            <Field name={`calendar.hours.${day}.${place}.1`} label={t('support.sla.closes', { day: name })}>
              <Input
                // A field for times knows no 24:00.
                type={window[1] === '24:00' ? 'text' : 'time'}
                value={window[1]}
                onChange={(until) => set(place, [window[0], until === '00:00' ? '24:00' : until])}
              />
            </Field>
            <span className="pt-5">
              <IconButton
                icon={X}
                size="small"
                label={t('support.sla.window.remove', { day: name })}
                onClick={() => onChange(windows.filter((_, at) => at !== place))}
              />
            </span>
          </div>
        ))}
      </div>
      <Button
        size="small"
        variant="ghost"
        icon={Plus}
        aria-label={t('support.sla.window.add_to', { day: name })}
        onClick={() => onChange([...windows, windows.length === 0 ? ['09:00', '12:30'] : ['14:00', '18:00']])}
      >
        {t('support.sla.window.add')}
      </Button>
    </div>
  )
}
