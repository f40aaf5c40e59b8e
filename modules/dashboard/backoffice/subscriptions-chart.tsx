import { useCallback, useRef, useState } from 'react'
import type { Dashboard } from '#contract/dashboard'
import { useSize } from '#platform/ui/media.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import type { OnActive } from '#platform/ui/active-mark.ts'
import { ChartTip, TipLine } from '#platform/ui/chart-tip.tsx'
import type { SubscriptionStatus } from './status-look.tsx'
import { SubscriptionsPlot } from './subscriptions-plot.tsx'

type SubscriptionsChartProps = {
  subscriptions: Dashboard['subscriptions']
  total: number
  active: SubscriptionStatus | null
  onActive: (status: SubscriptionStatus | null) => void
}

/** The bar, and the figures of the segment under the pointer or the focus. */
export function SubscriptionsChart({ subscriptions, total, active, onActive }: SubscriptionsChartProps) {
  const t = useMessages()
  const formats = useFormats()
  const plot = useRef<HTMLDivElement>(null)
  const size = useSize(plot)
  const [tip, setTip] = useState<{ status: SubscriptionStatus; x: number } | null>(null)
  const watch = useCallback<OnActive<SubscriptionStatus>>(
    (status, { x }, on) => {
      setTip(on ? { status, x } : null)
      onActive(on ? status : null)
    },
    [onActive],
  )
  const told = subscriptions.find(({ status }) => status === tip?.status)
  return (
    <div ref={plot} className="relative my-2 h-10 in-data-meeting:h-16">
      <SubscriptionsPlot
        subscriptions={subscriptions}
        total={total}
        size={size}
        active={active}
        onActive={watch}
      />
      {tip && told && (
        <ChartTip x={tip.x} y={0} title={t(`dashboard.subscription.${told.status}`)}>
          <TipLine label={t('dashboard.count')} value={formats.integer(told.count)} />
          <TipLine label={t('dashboard.share')} value={formats.share(told.count / total)} />
          <TipLine label={t('dashboard.monthly-excl')} value={formats.money(told.monthlyCents)} />
        </ChartTip>
      )}
    </div>
  )
}
