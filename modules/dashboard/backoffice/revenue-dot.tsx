import type { DotItemDotProps } from 'recharts'
import type { Dashboard } from '#contract/dashboard'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import type { OnActive } from './active-mark.ts'
import { linesTo } from './lines.ts'
import { MarkLink } from './mark-link.tsx'
import { dotLook } from './revenue-marks.tsx'

type RevenueDotProps = Partial<DotItemDotProps> & {
  months: Dashboard['revenueByMonth']
  onActive: OnActive<number>
}

/** The same month a year earlier, where anything was billed in it. */
export function RevenueDot({ cx, cy, index = -1, months, onActive }: RevenueDotProps) {
  const t = useMessages()
  const formats = useFormats()
  const earlier = months[index]?.yearBefore
  if (!earlier || cx === undefined || cy === undefined) return null
  return (
    <MarkLink
      to={linesTo(earlier.lines)}
      label={t('dashboard.mark.month', {
        month: formats.month(earlier.month),
        amount: formats.money(earlier.exclCents),
        count: earlier.documents,
      })}
      onActive={(on) => onActive(index, { x: cx, y: cy }, on)}
    >
      <circle
        cx={cx}
        cy={cy}
        r={12}
        fill="transparent"
        pointerEvents="all"
        className="in-focus-visible:stroke-accent in-focus-visible:stroke-2"
      />
      <circle cx={cx} cy={cy} r={4} {...dotLook} />
    </MarkLink>
  )
}
