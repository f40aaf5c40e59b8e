import { CircleAlert, CircleCheck, CircleSlash } from 'lucide-react'
import type { Occurrence } from '#contract/agenda'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { cx } from '#platform/ui/cx.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useAgendaDates } from '../agenda-dates.ts'
import { isWanted } from './draft.ts'

type OccurrencesProps = {
  occurrences: readonly Occurrence[]
  turned: ReadonlySet<string>
  onTurn: (turned: ReadonlySet<string>) => void
}

/** Every time of a series before it is booked: which ones will be, which not, and why. */
export function Occurrences({ occurrences, turned, onTurn }: OccurrencesProps) {
  const t = useMessages()
  const dates = useAgendaDates()
  const why = useWhy()
  const wanted = occurrences.filter((one) => isWanted(one, turned)).length
  const turn = (on: string) => {
    const next = new Set(turned)
    if (!next.delete(on)) next.add(on)
    onTurn(next)
  }
  return (
    <section aria-label={t('agenda.repeat.preview')} className="rounded-control border border-line">
      <p aria-live="polite" className="border-b border-line px-3 py-2 text-13 font-semibold">
        {t('agenda.repeat.count', { count: wanted, left: occurrences.length - wanted })}
      </p>
      <ul className="max-h-56 overflow-y-auto">
        {occurrences.map((one) => {
          const booked = isWanted(one, turned)
          const settled = one.state === 'taken' || one.state === 'missing'
          const Icon = booked ? CircleCheck : settled ? CircleAlert : CircleSlash
          const reason = why(one)
          return (
            <li key={one.on} className="border-t border-line first:border-t-0">
              <label className="flex min-h-row items-center gap-2.5 px-3 py-1 text-13">
                <Checkbox
                  label={t('agenda.repeat.take', { day: dates.wholeAt(one.startsLocal) })}
                  checked={booked}
                  disabled={settled}
                  onChange={() => turn(one.on)}
                />
                <span className="min-w-0 flex-1">
                  <span className={cx('tabular-nums', !booked && 'text-ink-muted line-through')}>
                    {dates.wholeAt(one.startsLocal)}
                  </span>
                  {reason && <span className="block text-12 text-ink-muted">{reason}</span>}
                </span>
                <Icon
                  aria-hidden
                  size={16}
                  className={cx(
                    'shrink-0',
                    booked ? 'text-success' : settled ? 'text-danger' : 'text-ink-faint',
                  )}
                />
              </label>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** What is to be known of a time: what stands there, that the practice is closed, that clocks skip it. */
export function useWhy() {
  const t = useMessages()
  const dates = useAgendaDates()
  return ({ state, outside, taken }: Occurrence): string | undefined => {
    if (state === 'missing') return t('agenda.repeat.missing')
    if (taken)
      return t('agenda.repeat.taken', {
        times: dates.times(taken),
        name: taken.patientName ?? (taken.title || t('agenda.patient.hidden')),
      })
    return outside ? t(`agenda.outside.${outside}`) : undefined
  }
}
