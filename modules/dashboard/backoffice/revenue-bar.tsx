import { use } from 'react'
import type { BarShapeProps } from 'recharts'
import type { Dashboard } from '#contract/dashboard'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { ActiveMark, type OnActive } from './active-mark.ts'
import { linesTo } from './lines.ts'
import { MarkLink } from './mark-link.tsx'
import { barFill, runningFill } from './revenue-marks.tsx'

type RevenueBarProps = Partial<BarShapeProps> & {
  months: Dashboard['revenueByMonth']
  monthIsOver: boolean
  onActive: OnActive<number>
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
  const active = use(ActiveMark)
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
      onActive={(on) => own.onActive(index, { x: x + width / 2, y: top }, on)}
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
        opacity={active === null || active === index ? 1 : 0.6}
      />
    </MarkLink>
  )
}
