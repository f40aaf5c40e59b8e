import { useState } from 'react'
import type { Dashboard } from '#contract/dashboard'
import { useMessages } from '#platform/ui/messages.tsx'
import { ChartCard } from '#platform/ui/chart-card.tsx'
import { SubscriptionsChart } from './subscriptions-chart.tsx'
import { SubscriptionsTable } from './subscriptions-table.tsx'
import type { SubscriptionStatus } from './status-look.tsx'
import { useToday } from './today.ts'

/** Each client's current subscription by its status: one bar, and the table that is its legend. */
export function SubscriptionsCard({ dashboard }: { dashboard: Dashboard }) {
  const t = useMessages()
  const ofToday = useToday(dashboard)
  const { subscriptions } = dashboard
  const [active, setActive] = useState<SubscriptionStatus | null>(null)
  const total = subscriptions.reduce((sum, { count }) => sum + count, 0)
  return (
    <ChartCard title={ofToday(t('dashboard.subscriptions-chart'))}>
      {total === 0 ? (
        <p className="py-8 text-center text-13 text-ink-muted">{t('dashboard.subscriptions-chart.none')}</p>
      ) : (
        <SubscriptionsChart
          subscriptions={subscriptions}
          total={total}
          active={active}
          onActive={setActive}
        />
      )}
      <SubscriptionsTable subscriptions={subscriptions} total={total} active={active} onActive={setActive} />
    </ChartCard>
  )
}
