/** Why something is due when it is: said, drawn, and told line by line. */
import { explainTicketTarget, type LedgerLine, type TargetName } from '#contract/support'
import { useEndpoint } from '#platform/ui/data.ts'
import { Sheet } from '#platform/ui/dialog.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { durationInWords } from './durations.ts'
import { dayName } from './holiday-words.ts'
import { LedgerPicture } from './ledger-picture.tsx'
import { timeText, wallOf } from './wall-time.ts'

type LedgerSheetProps = { ticketId: string; target: TargetName; onClose: () => void }

export function LedgerSheet({ ticketId, target, onClose }: LedgerSheetProps) {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(explainTicketTarget, { params: { id: ticketId, target } })
  const at = useInstantText(data?.timeZone ?? 'Europe/Paris')
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('support.sla.why', { target: t(`support.sla.target.${target}`) })}
    >
      {error && <ErrorState error={error} onRetry={refetch} />}
      {!error && !data && <Skeleton height={240} width="100%" />}
      {data && (
        <div className="flex flex-col gap-4 text-13">
          <p className="max-w-prose">
            {data.due === null
              ? t('support.sla.why.never', { allowance: durationInWords(data.allowanceSeconds / 60, t) })
              : t('support.sla.why.sum', {
                  allowance: durationInWords(data.allowanceSeconds / 60, t),
                  from: at(data.from),
                  due: at(data.due),
                })}
          </p>
          <p className="text-ink-muted">
            {t('support.sla.why.by', { policy: data.policy, calendar: data.calendar, zone: data.timeZone })}
          </p>
          <LedgerPicture lines={data.lines} timeZone={data.timeZone} />
          <ol className="divide-y divide-line rounded-card border border-line">
            {data.lines.map((line) => (
              <Line key={`${line.kind}${line.from}${line.until}`} line={line} zone={data.timeZone} />
            ))}
          </ol>
        </div>
      )}
    </Sheet>
  )
}

function Line({ line, zone }: { line: LedgerLine; zone: string }) {
  const t = useMessages()
  const formats = useFormats()
  const { kind, from, until, seconds, why, by } = line
  const [start, end] = [wallOf(from, zone), wallOf(until, zone)]
  const oneDay = start.day === end.day || kind === 'worked'
  const isWhole = kind === 'closed' || kind === 'holiday' || kind === 'closure'
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3 py-2">
      <span className="w-22 shrink-0 text-ink-muted tabular-nums">{formats.day(start.day)}</span>
      <span className="min-w-0 flex-1 wrap-anywhere">
        {t(`support.sla.line.${kind}`)}
        {why !== '' && <> · {dayName(why, t)}</>}
        {by !== '' && <span className="text-ink-muted"> · {by}</span>}
        {!isWhole && kind !== 'clock_changed' && (
          <span className="block text-12 text-ink-muted tabular-nums">
            {oneDay
              ? `${timeText(start.minutes)} – ${end.minutes === 0 ? '24:00' : timeText(end.minutes)}`
              : `${timeText(start.minutes)} – ${formats.day(end.day)} ${timeText(end.minutes)}`}
          </span>
        )}
      </span>
      {kind === 'worked' && (
        <span className="ml-auto shrink-0 font-medium tabular-nums">{spanOf(seconds, t)}</span>
      )}
      {kind === 'paused' && seconds > 0 && (
        <span className="ml-auto shrink-0 text-ink-muted tabular-nums">
          {t('support.sla.held_back', { span: spanOf(seconds, t) })}
        </span>
      )}
      {kind === 'clock_changed' && (
        <span className="ml-auto shrink-0 text-ink-muted tabular-nums">
          {seconds > 0 ? '+' : '−'}
          {spanOf(Math.abs(seconds), t)}
        </span>
      )}
    </li>
  )
}

const spanOf = (seconds: number, t: ReturnType<typeof useMessages>) =>
  seconds < 60 ? t('support.sla.duration.seconds', { seconds }) : durationInWords(Math.round(seconds / 60), t)

/** By the calendar's clock, as its hours are. */
function useInstantText(zone: string) {
  const formats = useFormats()
  return (instant: string) => {
    const { day, minutes } = wallOf(instant, zone)
    return `${formats.day(day)} ${timeText(minutes)}`
  }
}
