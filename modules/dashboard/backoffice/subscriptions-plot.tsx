import { memo } from 'react'
import { Bar, BarChart, XAxis, YAxis } from 'recharts'
import type { Dashboard } from '#contract/dashboard'
import type { OnActive } from './active-mark.ts'
import type { SubscriptionStatus } from './status-look.tsx'
import { SubscriptionsSegment } from './subscriptions-segment.tsx'

type SubscriptionsPlotProps = {
  subscriptions: Dashboard['subscriptions']
  total: number
  onActive: OnActive<SubscriptionStatus>
}

/** All subscriptions as one bar, cut by status. */
export const SubscriptionsPlot = memo(function SubscriptionsPlot({
  subscriptions,
  total,
  onActive,
}: SubscriptionsPlotProps) {
  const row = Object.fromEntries(subscriptions.map(({ status, count }) => [status, count]))
  return (
    <BarChart
      responsive
      accessibilityLayer={false}
      layout="vertical"
      data={[row]}
      margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
      barCategoryGap={0}
      className="size-full"
    >
      <XAxis hide type="number" domain={[0, total]} />
      <YAxis hide type="category" />
      {subscriptions.map((one) => (
        <Bar
          key={one.status}
          dataKey={one.status}
          stackId="all"
          isAnimationActive={false}
          shape={<SubscriptionsSegment subscriptions={one} total={total} onActive={onActive} />}
        />
      ))}
    </BarChart>
  )
})
