import type { Dashboard } from '#contract/dashboard'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { linesTo } from './lines.ts'
import { MarkLink } from '#platform/ui/mark-link.tsx'
import { barFill, runningFill } from './revenue-marks.tsx'

type Area = { x: number; y: number; width: number; height: number }

type RevenueBarProps = {
  month: Dashboard['revenueByMonth'][number]
  /** The month is not over: its bar will grow. */
  runs: boolean
  faded: boolean
  column: Area
  bar: Area
  onActive: (place: { x: number; y: number }, on: boolean) => void
}

/** A month's bar; the whole column answers to the pointer, not only the bar. */
export function RevenueBar({ month, runs, faded, column, bar, onActive }: RevenueBarProps) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <MarkLink
      to={linesTo(month.lines)}
      label={t('dashboard.mark.month', {
        month: formats.month(month.month),
        amount: formats.money(month.exclCents),
        count: month.documents,
      })}
      onActive={(on) => onActive({ x: bar.x + bar.width / 2, y: bar.y }, on)}
    >
      <rect
        {...column}
        rx={4}
        fill="transparent"
        className="in-[a:focus-visible]:stroke-accent in-[a:focus-visible]:stroke-2"
      />
      <rect {...bar} rx={3} {...(runs ? runningFill : barFill)} opacity={faded ? 0.6 : 1} />
    </MarkLink>
  )
}
