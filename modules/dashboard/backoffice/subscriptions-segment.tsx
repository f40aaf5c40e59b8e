import type { BarShapeProps } from 'recharts'
import type { Dashboard } from '#contract/dashboard'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { linesTo } from './lines.ts'
import { MarkLink } from './mark-link.tsx'
import { StatusArea } from './status-look.tsx'

type SubscriptionsSegmentProps = Partial<BarShapeProps> & {
  subscriptions: Dashboard['subscriptions'][number]
  total: number
  /** Another segment is looked at. */
  dimmed: boolean
  onActive: (x: number, on: boolean) => void
}

/** Between two segments, so that their limits show without colour. */
const GAP = 2

/** The part of the bar that one status takes. */
export function SubscriptionsSegment({
  x = 0,
  y = 0,
  width = 0,
  height = 0,
  subscriptions: { status, count, lines },
  total,
  dimmed,
  onActive,
}: SubscriptionsSegmentProps) {
  const t = useMessages()
  const formats = useFormats()
  if (count === 0) return null
  // The least one can see and hit, however few they are.
  const area = { x, y, width: Math.max(2, width - GAP), height }
  return (
    <MarkLink
      to={linesTo(lines)}
      label={t('dashboard.mark.subscriptions', {
        status: t(`dashboard.subscription.${status}`),
        count,
        shown: formats.integer(count),
        share: formats.percent(count / total),
      })}
      onActive={(on) => onActive(x + width / 2, on)}
    >
      <g opacity={dimmed ? 0.45 : 1}>
        <StatusArea status={status} {...area} />
      </g>
      <rect
        x={area.x + 1}
        y={y + 1}
        width={Math.max(1, area.width - 2)}
        height={Math.max(0, height - 2)}
        fill="transparent"
        className="in-focus-visible:stroke-ink in-focus-visible:stroke-2"
      />
    </MarkLink>
  )
}
