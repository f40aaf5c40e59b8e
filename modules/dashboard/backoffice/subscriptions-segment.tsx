import type { Dashboard } from '#contract/dashboard'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import type { OnActive } from '#platform/ui/active-mark.ts'
import { linesTo } from './lines.ts'
import { MarkLink } from '#platform/ui/mark-link.tsx'
import { StatusArea, type SubscriptionStatus } from './status-look.tsx'

type SubscriptionsSegmentProps = {
  subscriptions: Dashboard['subscriptions'][number]
  total: number
  x: number
  width: number
  height: number
  faded: boolean
  onActive: OnActive<SubscriptionStatus>
}

/** Between two segments, so that their limits show without colour. */
const GAP = 2

/** The part of the bar that one status takes. */
export function SubscriptionsSegment({
  subscriptions: { status, count, lines },
  total,
  x,
  width,
  height,
  faded,
  onActive,
}: SubscriptionsSegmentProps) {
  const t = useMessages()
  const formats = useFormats()
  if (count === 0) return null
  // The least one can see and hit, however few they are.
  const area = { x, y: 0, width: Math.max(2, width - GAP), height }
  return (
    <MarkLink
      to={linesTo(lines)}
      label={t('dashboard.mark.subscriptions', {
        status: t(`dashboard.subscription.${status}`),
        count,
        shown: formats.integer(count),
        share: formats.share(count / total),
      })}
      onActive={(on) => onActive(status, { x: x + width / 2, y: 0 }, on)}
    >
      <g opacity={faded ? 0.45 : 1}>
        <StatusArea status={status} {...area} />
      </g>
      <rect
        x={area.x + 1}
        y={1}
        width={Math.max(1, area.width - 2)}
        height={Math.max(0, height - 2)}
        fill="transparent"
        className="in-[a:focus-visible]:stroke-ink in-[a:focus-visible]:stroke-2"
      />
    </MarkLink>
  )
}
