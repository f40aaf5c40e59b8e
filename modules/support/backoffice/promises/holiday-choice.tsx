import { useState } from 'react'
import { getHolidays } from '#contract/support'
import type { Territory } from '#platform/contract/french-holidays.ts'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { dayName } from './holiday-words.ts'

export type Offered = readonly { on: string; name: string }[]

type HolidayChoiceProps = {
  territory: Territory
  taken: (on: string) => boolean
  onTake: (offered: Offered, taken: (on: string) => boolean) => void
}

/** Public holidays of this year and the next, looked over before the calendar closes on them. */
export function HolidayChoice({ territory, taken, onTake }: HolidayChoiceProps) {
  const t = useMessages()
  const formats = useFormats()
  const [from] = useState(() => new Date().getFullYear())
  const { data, error, refetch } = useEndpoint(getHolidays, { query: { territory, from, years: 2 } })
  if (!data)
    return error ? <ErrorState error={error} onRetry={refetch} /> : <Skeleton height={160} width="100%" />
  const { rows } = data
  const all = rows.every(({ on }) => taken(on))
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-13 font-medium">
        {t('support.sla.holidays', { from: String(from), until: String(from + 1) })}
      </legend>
      <p className="text-12 text-ink-muted">{t('support.sla.holidays.help')}</p>
      <Field label={t('support.sla.holidays.all')} inline>
        <Checkbox
          checked={all}
          indeterminate={!all && rows.some(({ on }) => taken(on))}
          onChange={(checked) => onTake(rows, () => checked)}
        />
      </Field>
      <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
        {rows.map(({ on, name }) => (
          <Field key={on} label={`${formats.day(on)} ${dayName(name, t)}`} inline>
            <Checkbox
              checked={taken(on)}
              onChange={(checked) => onTake(rows, (day) => (day === on ? checked : taken(day)))}
            />
          </Field>
        ))}
      </div>
    </fieldset>
  )
}
