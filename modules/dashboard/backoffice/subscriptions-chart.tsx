import { useState } from 'react'
import { Bar, BarChart, type BarShapeProps, XAxis, YAxis } from 'recharts'
import type { Dashboard } from '#contract/dashboard'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { ChartTip, TipLine } from './chart-tip.tsx'
import { linesTo } from './lines.ts'
import { MarkLink } from './mark-link.tsx'
import { StatusArea, type SubscriptionStatus } from './status-look.tsx'

type SubscriptionsChartProps = {
  subscriptions: Dashboard['subscriptions']
  total: number
  active: SubscriptionStatus | null
  onActive: (status: SubscriptionStatus | null) => void
}

/** Between two segments, so that their limits show without colour. */
const GAP = 2

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
            shape={({ x, y, width, height }: BarShapeProps) =>
              one.count === 0 ? (
                <g />
              ) : (
                <MarkLink
                  to={linesTo(one.lines)}
                  label={t('dashboard.mark.subscriptions', {
                    status: t(`dashboard.subscription.${one.status}`),
                    count: one.count,
                    shown: formats.integer(one.count),
                    share: formats.percent(one.count / total),
                  })}
                  onActive={(on) => {
                    setTip(on ? { status: one.status, x: x + width / 2 } : null)
                    onActive(on ? one.status : null)
                  }}
                >
                  <g opacity={active && active !== one.status ? 0.45 : 1}>
                    <StatusArea
                      status={one.status}
                      x={x}
                      y={y}
                      // The least one can see and hit, however few they are.
                      width={Math.max(2, width - GAP)}
                      height={height}
                    />
                  </g>
                </MarkLink>
              )
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
