import { type Weekday, weekdays } from '#contract/support'
import { useMessages } from '#platform/ui/messages.tsx'
import type { CalendarDraft } from './calendar-draft.ts'
import { WeekPicture } from './week-picture.tsx'
import { WindowFields } from './window-fields.tsx'

type Hours = CalendarDraft['hours']

/** Windows of each day of the week. */
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
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-2 border-t border-line pt-2">
      <span className="flex-1 pt-1.5 text-13 sm:w-20 sm:flex-none">{name}</span>
      <WindowFields
        name={`calendar.hours.${day}`}
        of={name}
        addLabel={t('support.sla.window.add_to', { day: name })}
        windows={windows}
        onChange={onChange}
      />
    </div>
  )
}
