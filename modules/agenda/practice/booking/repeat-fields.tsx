import { previewSeries } from '#contract/agenda'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { type Draft, minutesOf, rhythmOf } from './draft.ts'
import { Occurrences } from './occurrences.tsx'

type RepeatFieldsProps = {
  draft: Draft
  onChange: (change: Partial<Draft>) => void
  wrong: boolean
}

const weeks = [1, 2, 3, 4, 5, 6, 7, 8] as const

/** The same hour every so many weeks, with every day it falls on. */
export function RepeatFields({ draft, onChange, wrong }: RepeatFieldsProps) {
  const t = useMessages()
  const { data, error } = useOccurrences(draft, draft.repeats)
  return (
    <div className="flex flex-col gap-3">
      <Field label={t('agenda.repeat')} inline>
        <Checkbox checked={draft.repeats} onChange={(repeats) => onChange({ repeats })} />
      </Field>
      {draft.repeats && (
        <>
          <div className="grid grid-cols-2 gap-3">
            <Field name="everyWeeks" label={t('agenda.repeat.every')}>
              <Select
                options={weeks.map((count) => ({
                  value: String(count),
                  label: t('agenda.repeat.weeks', { count }),
                }))}
                value={String(draft.everyWeeks)}
                onChange={(value) => onChange({ everyWeeks: Number(value), turned: new Set() })}
              />
            </Field>
            <Field label={t('agenda.repeat.ends')}>
              <Select
                options={(['count', 'until'] as const).map((value) => ({
                  value,
                  label: t(`agenda.repeat.ends.${value}`),
                }))}
                value={draft.ends}
                onChange={(ends) => onChange({ ends })}
              />
            </Field>
          </div>
          {draft.ends === 'count' ? (
            <Field
              name="count"
              label={t('agenda.repeat.times')}
              error={wrong ? t('agenda.repeat.times.wrong') : undefined}
            >
              <Input
                type="number"
                min={1}
                max={104}
                inputMode="numeric"
                value={draft.count}
                onChange={(count) => onChange({ count })}
              />
            </Field>
          ) : (
            <Field
              name="until"
              label={t('agenda.repeat.until')}
              error={wrong ? t('agenda.repeat.until.wrong') : undefined}
            >
              <Input
                type="date"
                min={draft.date}
                value={draft.until}
                onChange={(until) => onChange({ until, turned: new Set() })}
              />
            </Field>
          )}
          {error && <p className="text-13 text-danger-ink">{sentenceOf(error, t)}</p>}
          {!data && !error && rhythmOf(draft) && <Skeleton width="100%" height={120} />}
          {data && (
            <Occurrences
              occurrences={data.occurrences}
              turned={draft.turned}
              onTurn={(turned) => onChange({ turned })}
            />
          )}
        </>
      )}
    </div>
  )
}

/** What the chosen times would meet; of a single appointment, that one time. */
export function useOccurrences(draft: Draft, repeats: boolean) {
  const rhythm = rhythmOf(repeats ? draft : { ...draft, ends: 'count', count: '1' })
  const minutes = minutesOf(draft)
  return useEndpoint(
    previewSeries,
    {
      query: {
        startsLocal: '',
        everyWeeks: 1,
        ...rhythm,
        minutes: minutes ?? 45,
        ...(draft.practitionerId && { practitionerId: draft.practitionerId }),
      },
    },
    { enabled: rhythm !== undefined && minutes !== undefined },
  )
}
