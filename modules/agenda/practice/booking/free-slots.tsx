import { CalendarSearch } from 'lucide-react'
import { useState } from 'react'
import { freeSlots } from '#contract/agenda'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { cx } from '#platform/ui/cx.ts'
import { useAgendaDates } from '../agenda-dates.ts'
import { timeOf } from '../wall-clock.ts'

const halves = ['any', 'morning', 'afternoon'] as const
/** Days and hours that are offered at once: what one reads out on the telephone. */
const SHOWN = { days: 4, times: 6 }

type FreeSlotsProps = {
  minutes: number
  practitionerId: string | null
  /** Today, where nothing else is wanted. */
  from: string | undefined
  chosen: string | undefined
  onChoose: (startsLocal: string, practitionerId: string) => void
}

/** Where there is room next. */
export function FreeSlots({ minutes, practitionerId, from, chosen, onChoose }: FreeSlotsProps) {
  const t = useMessages()
  const dates = useAgendaDates()
  const [open, setOpen] = useState(chosen === undefined)
  const [half, setHalf] = useState<(typeof halves)[number]>('any')
  const { data, error } = useEndpoint(
    freeSlots,
    {
      query: {
        minutes,
        days: 60,
        ...(practitionerId && { practitionerId }),
        ...(from && { from }),
        ...(half !== 'any' && { half }),
      },
    },
    { keepPrevious: true, enabled: open },
  )
  if (!open)
    return (
      <Button variant="ghost" icon={CalendarSearch} className="self-start" onClick={() => setOpen(true)}>
        {t('agenda.free')}
      </Button>
    )
  return (
    <section aria-label={t('agenda.free')} className="rounded-control border border-line p-3">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h3 className="text-13 font-semibold">{t('agenda.free')}</h3>
        <div className="ml-auto flex gap-1">
          {halves.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={half === one}
              onClick={() => setHalf(one)}
              className={cx(
                'h-control-small rounded-full border px-2.5 text-12 font-medium',
                half === one
                  ? 'border-accent bg-accent-soft text-accent-ink'
                  : 'border-line-strong text-ink-muted',
              )}
            >
              {t(`agenda.free.${one}`)}
            </button>
          ))}
        </div>
      </div>
      {error && !data && <p className="text-13 text-danger-ink">{sentenceOf(error, t)}</p>}
      {!data && !error && <Skeleton width="80%" height={28} />}
      {data?.days.length === 0 && <p className="text-13 text-ink-muted">{t('agenda.free.none')}</p>}
      <ul className="flex flex-col gap-2">
        {data?.days.slice(0, SHOWN.days).map(({ on, morning, afternoon }) => (
          <li key={on} className="flex items-baseline gap-1.5">
            <span className="w-24 shrink-0 text-13 first-letter:capitalize">{dates.short(on)}</span>
            <span className="flex flex-wrap gap-1.5">
              {spread([...morning, ...afternoon], SHOWN.times).map((slot) => (
                <button
                  key={`${slot.startsLocal} ${slot.practitionerId}`}
                  type="button"
                  aria-label={dates.dayAt(slot.startsLocal)}
                  aria-pressed={chosen === slot.startsLocal}
                  onClick={() => onChoose(slot.startsLocal, slot.practitionerId)}
                  className={cx(
                    'h-control-small rounded-control border px-2 text-13 tabular-nums',
                    chosen === slot.startsLocal
                      ? 'border-accent bg-accent-soft text-accent-ink'
                      : 'border-line-strong bg-surface hover:bg-hover',
                  )}
                >
                  {timeOf(slot.startsLocal)}
                </button>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** So many of them, over the whole day rather than its first hours. */
function spread<T>(all: readonly T[], most: number): T[] {
  if (all.length <= most) return [...all]
  return Array.from({ length: most }, (_, index) => all[Math.floor((index * all.length) / most)] as T) // within
}
