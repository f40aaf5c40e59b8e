import type { Dashboard } from '#contract/dashboard'
import type { OnActive } from '#platform/ui/active-mark.ts'
import type { SubscriptionStatus } from './status-look.tsx'
import { SubscriptionsSegment } from './subscriptions-segment.tsx'

type SubscriptionsPlotProps = {
  subscriptions: Dashboard['subscriptions']
  total: number
  size: { width: number; height: number }
  active: SubscriptionStatus | null
  onActive: OnActive<SubscriptionStatus>
}

/** All subscriptions as one bar, cut by status. */
export function SubscriptionsPlot({ subscriptions, total, size, active, onActive }: SubscriptionsPlotProps) {
  const upTo = (index: number) =>
    (subscriptions.slice(0, index).reduce((sum, { count }) => sum + count, 0) / total) * size.width
  return (
    <svg {...size} className="absolute inset-0">
      {subscriptions.map((one, index) => (
        <SubscriptionsSegment
          key={one.status}
          subscriptions={one}
          total={total}
          x={upTo(index)}
          width={upTo(index + 1) - upTo(index)}
          height={size.height}
          faded={active !== null && active !== one.status}
          onActive={onActive}
        />
      ))}
    </svg>
  )
}
