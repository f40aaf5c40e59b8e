import type { Dashboard } from '#contract/dashboard'
import { RevenueCard } from './revenue-card.tsx'
import { SubscriptionsCard } from './subscriptions-card.tsx'

export function Charts({ dashboard }: { dashboard: Dashboard }) {
  return (
    <>
      <RevenueCard dashboard={dashboard} />
      <SubscriptionsCard dashboard={dashboard} />
    </>
  )
}
