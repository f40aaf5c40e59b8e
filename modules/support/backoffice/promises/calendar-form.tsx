import { useState } from 'react'
import { saveSlaCalendar, type SlaCalendar } from '#contract/support'
import { territories } from '#platform/contract/french-holidays.ts'
import { Combobox } from '#platform/ui/combobox.tsx'
import { useClosing } from '#platform/ui/closing.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Sheet } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { BeginsField, beginsAt } from './begins-field.tsx'
import { blankCalendar, calendarDraftOf, calendarOf, takeHolidays } from './calendar-draft.ts'
import { HolidayChoice } from './holiday-choice.tsx'
import { SpecialDayFields } from './special-day-fields.tsx'
import { WeekFields } from './week-fields.tsx'

const zones = () => Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }))

/** A new version of a calendar, or a new one: what was due by the former stays so. */
export function CalendarForm({ calendar, onClose }: { calendar: SlaCalendar | null; onClose: () => void }) {
  const t = useMessages()
  const [begun] = useState(() => (calendar ? calendarDraftOf(calendar) : blankCalendar()))
  const [draft, setDraft] = useState(begun)
  const [begins, setBegins] = useState('')
  const [saved, setSaved] = useState(false)
  const set = (part: Partial<typeof begun>) => setDraft({ ...draft, ...part })
  const taken = new Set(draft.holidays)
  const save = useEndpoint(saveSlaCalendar, {
    onSuccess: () => {
      setSaved(true)
      notify.done({ title: t('support.sla.saved'), description: t('support.sla.saved.help') })
      onClose()
    },
  })
  const dirty = !saved && (begins !== '' || JSON.stringify(draft) !== JSON.stringify(begun))
  const { close, question } = useClosing(dirty, onClose)
  return (
    <Sheet
      open
      wide
      onOpenChange={(open) => !open && close()}
      title={t(calendar ? 'support.sla.calendar.change' : 'support.sla.calendar.new')}
    >
      <Form
        submit={t('support.sla.save')}
        onCancel={close}
        saving={save.isPending}
        error={save.error}
        dirty={dirty}
        onSubmit={() =>
          save.mutate({
            body: {
              id: calendar?.id ?? null,
              name: draft.name,
              territory: draft.territory,
              calendar: calendarOf(draft),
              inForceFrom: beginsAt(begins),
            },
          })
        }
      >
        <Field name="name" label={t('support.sla.name')}>
          <Input value={draft.name} maxLength={80} onChange={(name) => set({ name })} />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field name="calendar.timezone" label={t('support.sla.zone')}>
            <Combobox
              options={zones()}
              value={draft.timezone}
              onChange={(timezone) => timezone && set({ timezone })}
            />
          </Field>
          <Field name="territory" label={t('support.sla.territory')}>
            <Select
              options={territories.map((value) => ({ value, label: t(`support.sla.territory.${value}`) }))}
              value={draft.territory}
              onChange={(territory) => set({ territory })}
            />
          </Field>
        </div>
        <WeekFields hours={draft.hours} onChange={(hours) => set({ hours })} />
        <HolidayChoice
          territory={draft.territory}
          taken={(on) => taken.has(on)}
          onTake={(offered, isTaken) => setDraft(takeHolidays(draft, offered, isTaken))}
        />
        <SpecialDayFields days={draft.special} onChange={(special) => set({ special })} />
        <BeginsField value={begins} onChange={setBegins} />
      </Form>
      {question}
    </Sheet>
  )
}
