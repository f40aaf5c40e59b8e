import { Plus, X } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { Field } from '#platform/ui/field.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

export type Windows = [string, string][]

type WindowFieldsProps = {
  /** Under which the server speaks of them: `calendar.hours.mon`. */
  name: string
  /** Of which day, where only its fields are heard. */
  of: string
  addLabel: string
  windows: Windows
  onChange: (windows: Windows) => void
}

/** The hours of one day, as many stretches as it has: a lunch break is what lies between two. None: closed. */
export function WindowFields({ name, of, addLabel, windows, onChange }: WindowFieldsProps) {
  const t = useMessages()
  const set = (place: number, window: [string, string]) =>
    onChange(windows.map((one, at) => (at === place ? window : one)))
  return (
    <>
      {/* On a telephone below the day's name and its button, as wide as the screen. */}
      <div className="flex min-w-0 flex-col gap-2 max-sm:order-last max-sm:w-full sm:flex-1">
        {windows.length === 0 && <p className="pt-1.5 text-13 text-ink-muted">{t('support.sla.closed')}</p>}
        {windows.map((window, place) => (
          // Their places name them: two may say the same while one is typed.
          <div key={place} className="flex items-start gap-1 *:first:flex-1 *:nth-2:flex-1 sm:max-w-80">
            <Field name={`${name}.${place}`} label={t('support.sla.opens', { day: of })}>
              <Input type="time" value={window[0]} onChange={(from) => set(place, [from, window[1]])} />
            </Field>
            <Field name={`${name}.${place}.1`} label={t('support.sla.closes', { day: of })}>
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
                label={t('support.sla.window.remove', { day: of })}
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
        aria-label={addLabel}
        onClick={() => onChange([...windows, windows.length === 0 ? ['09:00', '12:30'] : ['14:00', '18:00']])}
      >
        {t('support.sla.window.add')}
      </Button>
    </>
  )
}
