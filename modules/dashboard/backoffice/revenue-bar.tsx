import type { BarShapeProps } from 'recharts'
import type { Dashboard } from '#contract/dashboard'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { linesTo } from './lines.ts'
import { MarkLink } from './mark-link.tsx'
import { barFill, runningFill } from './revenue-marks.tsx'

type RevenueBarProps = Partial<BarShapeProps> & {
  months: Dashboard['revenueByMonth']
  monthIsOver: boolean
  /** The month whose figures are shown. */
  active: number | null
  onActive: (index: number, x: number, y: number, on: boolean) => void
}

/** A month's bar. The library hands it its place; the whole column answers to the pointer, not only the bar. */
export function RevenueBar({
  x = 0,
  y = 0,
  width = 0,
  height = 0,
  index = -1,
  background,
  ...own
}: RevenueBarProps) {
  const t = useMessages()
  const formats = useFormats()
  const month = own.months[index]
  if (!month) return null
  const runs = !own.monthIsOver && index === own.months.length - 1
  const top = Math.min(y, y + height)
  return (
    <MarkLink
      to={linesTo(month.lines)}
      label={t('dashboard.mark.month', {
        month: formats.month(month.month),
        amount: formats.money(month.exclCents),
        count: month.documents,
      })}
      onActive={(on) => own.onActive(index, x + width / 2, top, on)}
    >
      <rect
        x={x - width * 0.15}
        y={background?.y ?? top}
        width={width * 1.3}
        height={background?.height ?? Math.abs(height)}
        rx={4}
        fill="transparent"
        className="in-focus-visible:stroke-accent in-focus-visible:stroke-2"
      />
      <rect
        x={x}
        y={top}
        width={width}
        height={Math.abs(height)}
        rx={3}
        {...(runs ? runningFill : barFill)}
        opacity={own.active === null || own.active === index ? 1 : 0.6}
      />
    </MarkLink>
  )
}
