import type { LedgerLine } from '#contract/support'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { DayBars } from './day-bars.tsx'
import { hoursDrawn, ledgerDays } from './ledger-days.ts'
import { timeText } from './wall-time.ts'

/** More would not be looked at; the lines below say all. */
const drawn = 21

/** The days that were counted, drawn one under the other: the lines beside say the same in words. */
export function LedgerPicture({ lines, timeZone }: { lines: readonly LedgerLine[]; timeZone: string }) {
  const t = useMessages()
  const formats = useFormats()
  const days = ledgerDays(lines, timeZone)
  const { from, until } = hoursDrawn(days)
  if (days.length === 0) return null
  return (
    <div aria-hidden className="text-12 text-ink-muted tabular-nums">
      <div className="mb-1 flex justify-between pl-24">
        <span>{timeText(from)}</span>
        <span>{timeText(until)}</span>
      </div>
      <div className="flex flex-col gap-1">
        {days.slice(0, drawn).map(({ day, stretches, off }) => (
          <div key={day} className="flex items-center gap-2">
            <span className="w-22 shrink-0">{formats.day(day)}</span>
            <div className="relative min-w-0 flex-1">
              <DayBars
                {...{ from, until }}
                bars={stretches.map(({ kind, ...stretch }) => ({
                  ...stretch,
                  look: kind === 'worked' ? ('open' as const) : ('paused' as const),
                }))}
              />
              {off && stretches.length === 0 && (
                <span className="absolute inset-0 flex items-center justify-center">
                  {t(`support.sla.line.${off}`)}
                </span>
              )}
            </div>
          </div>
        ))}
      </div>
      {days.length > drawn && (
        <p className="mt-1">{t('support.sla.more_days', { count: days.length - drawn })}</p>
      )}
      <p className="mt-2 flex flex-wrap gap-x-4 gap-y-1">
        <span className="inline-flex items-center gap-1.5">
          <span className="h-3 w-4 rounded-small bg-accent" /> {t('support.sla.line.worked')}
        </span>
        <span className="inline-flex items-center gap-1.5">
          <span className="h-1.5 w-4 rounded-small bg-warning" /> {t('support.sla.line.paused')}
        </span>
      </p>
    </div>
  )
}
