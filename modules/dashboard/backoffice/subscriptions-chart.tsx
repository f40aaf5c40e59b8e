import { useState } from 'react'
import { Bar, BarChart, XAxis, YAxis } from 'recharts'
import type { Dashboard } from '#contract/dashboard'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { ChartTip, TipLine } from './chart-tip.tsx'
import type { SubscriptionStatus } from './status-look.tsx'
import { SubscriptionsSegment } from './subscriptions-segment.tsx'

type SubscriptionsChartProps = {
  subscriptions: Dashboard['subscriptions']
  total: number
  active: SubscriptionStatus | null
  onActive: (status: SubscriptionStatus | null) => void
}

/** All subscriptions as one bar, cut by status. */
export function SubscriptionsChart({ subscriptions, total, active, onActive }: SubscriptionsChartProps) {
  const t = useMessages()
  const formats = useFormats()
  const [tip, setTip] = useState<{ status: SubscriptionStatus; x: number } | null>(null)
  const row = Object.fromEntries(subscriptions.map(({ status, count }) => [status, count]))
  const told = subscriptions.find(({ status }) => status === tip?.status)
  return (
    <div className="relative my-2 h-10 in-data-meeting:h-16">
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
            shape={
              <SubscriptionsSegment
                subscriptions={one}
                total={total}
                dimmed={active !== null && active !== one.status}
                onActive={(x, on) => {
                  setTip(on ? { status: one.status, x } : null)
                  onActive(on ? one.status : null)
                }}
              />
            }
          />
        ))}
      </BarChart>
      {tip && told && (
        <ChartTip x={tip.x} y={0} title={t(`dashboard.subscription.${told.status}`)}>
          <TipLine label={t('dashboard.count')} value={formats.integer(told.count)} />
          <TipLine label={t('dashboard.share')} value={formats.percent(told.count / total)} />
          <TipLine label={t('dashboard.monthly-excl')} value={formats.money(told.monthlyCents)} />
        </ChartTip>
      )}
    </div>
  )
}
