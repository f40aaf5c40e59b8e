import type { Dashboard } from '#contract/dashboard'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { linesTo } from './lines.ts'
import { MarkLink } from '#platform/ui/mark-link.tsx'
import { dotLook } from './revenue-marks.tsx'

type RevenueDotProps = {
  earlier: NonNullable<Dashboard['revenueByMonth'][number]['yearBefore']>
  x: number
  y: number
  onActive: (place: { x: number; y: number }, on: boolean) => void
}

/** The same month a year earlier. */
export function RevenueDot({ earlier, x, y, onActive }: RevenueDotProps) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <MarkLink
      to={linesTo(earlier.lines)}
      label={t('dashboard.mark.month', {
        month: formats.month(earlier.month),
        amount: formats.money(earlier.exclCents),
        count: earlier.documents,
      })}
      onActive={(on) => onActive({ x, y }, on)}
    >
      <circle
        cx={x}
        cy={y}
        // No wider: the bar behind it wants clicks of its own.
        r={8}
        fill="transparent"
        pointerEvents="all"
        className="in-[a:focus-visible]:stroke-accent in-[a:focus-visible]:stroke-2"
      />
      <circle cx={x} cy={y} r={4} {...dotLook} />
    </MarkLink>
  )
}
