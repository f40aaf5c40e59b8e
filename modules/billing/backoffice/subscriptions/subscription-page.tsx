/** A subscription: where it stands, what comes next to the cent, and everything that happened. */
import {
  ArrowLeftRight,
  CirclePause,
  CirclePlay,
  CircleX,
  Plus,
  RotateCcw,
  Settings2,
  TicketPercent,
  Timer,
} from 'lucide-react'
import { useState } from 'react'
import {
  getSubscription,
  reactivateSubscription,
  resumeSubscription,
  withdrawPlanChange,
  type Subscription,
} from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { TextLink, useGo, usePathParam } from '#platform/ui/link.tsx'
import { Menu, type MenuItem } from '#platform/ui/menu.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { CardSkeletons } from '#platform/ui/card-skeletons.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { subscriptionTo } from './addresses.ts'
import { DialogOf, type Act } from './dialogs.tsx'
import { FactsCard } from './facts-card.tsx'
import { HistoryCard } from './history-card.tsx'
import { NextInvoiceCard } from './next-invoice-card.tsx'
import { PeriodsCard } from './periods-card.tsx'
import { SubscriptionBadge } from './status-badge.tsx'

export function SubscriptionPage() {
  const id = usePathParam('id')
  const { data, error, refetch } = useEndpoint(getSubscription, { params: { id } })
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (!data) return <CardSkeletons wide={[5, 6, 6]} narrow={[10]} />
  return <Known subscription={data} />
}

function Known({ subscription }: { subscription: Subscription }) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const [act, setAct] = useState<Act | null>(null)
  const items = useActs(subscription, setAct)
  const { client, nextPlan, successorId, cancelOn } = subscription
  const mayWrite = may('subscriptions.write')
  return (
    <>
      <PageHeader
        title={`${client.firstName} ${client.lastName}`.trim()}
        count={<SubscriptionBadge status={subscription.status} endsOn={cancelOn} />}
        secondary={
          mayWrite &&
          items.length > 0 && (
            <Menu
              align="end"
              trigger={<Button icon={Settings2}>{t('billing.subscriptions.acts')}</Button>}
              items={items}
            />
          )
        }
        primary={
          mayWrite &&
          subscription.can.includes('change_plan') && (
            <Button variant="primary" icon={ArrowLeftRight} onClick={() => setAct('plan')}>
              {t('billing.subscriptions.change-plan')}
            </Button>
          )
        }
      >
        {nextPlan && (
          <p className="rounded-control bg-info-soft px-3 py-2 text-13 text-info-ink">
            {t('billing.subscriptions.plan-waits', { plan: nextPlan.name, months: nextPlan.intervalMonths })}
          </p>
        )}
        {cancelOn && subscription.status !== 'cancelled' && (
          <p className="rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink">
            {t('billing.subscriptions.ends-on', { day: formats.day(cancelOn) })}
          </p>
        )}
        {successorId && (
          <p className="text-13">
            <TextLink to={subscriptionTo(successorId)}>{t('billing.subscriptions.continued')}</TextLink>
          </p>
        )}
      </PageHeader>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <FactsCard subscription={subscription} />
          <NextInvoiceCard subscription={subscription} mayWrite={mayWrite} onAdd={() => setAct('extra')} />
          <PeriodsCard subscription={subscription} />
        </div>
        <HistoryCard events={subscription.events} />
      </div>
      {act && <DialogOf act={act} subscription={subscription} onClose={() => setAct(null)} />}
    </>
  )
}

function useActs(subscription: Subscription, open: (act: Act) => void): MenuItem[] {
  const t = useMessages()
  const go = useGo()
  const { id, revision, can, nextPlan } = subscription
  const said = { params: { id }, body: { revision } }
  const onError = (error: Parameters<typeof sentenceOf>[0]) => notify.failed({ title: sentenceOf(error, t) })
  const withdraw = useEndpoint(withdrawPlanChange, {
    onError,
    onSuccess: () => notify.done({ title: t('billing.subscriptions.done.kept') }),
  })
  const reactivate = useEndpoint(reactivateSubscription, {
    onError,
    onSuccess: () => notify.done({ title: t('billing.subscriptions.done.reactivated') }),
  })
  const resume = useEndpoint(resumeSubscription, {
    onError,
    onSuccess: (after) => {
      notify.done({ title: t('billing.subscriptions.done.resumed') })
      if (after.id !== id) go(subscriptionTo(after.id))
    },
  })
  const all: (MenuItem | false)[] = [
    can.includes('activate') && {
      label: t('billing.subscriptions.trial'),
      icon: Timer,
      onSelect: () => open('trial'),
    },
    nextPlan !== null && {
      label: t('billing.subscriptions.keep-plan'),
      icon: RotateCcw,
      onSelect: () => withdraw.mutate(said),
    },
    subscription.nextPeriodOn !== null && {
      label: t('billing.subscriptions.options'),
      icon: Plus,
      onSelect: () => open('options'),
    },
    subscription.nextPeriodOn !== null && {
      label: t('billing.subscriptions.coupon'),
      icon: TicketPercent,
      onSelect: () => open('coupon'),
    },
    subscription.status !== 'ended' && {
      label: t('billing.subscriptions.settings'),
      icon: Settings2,
      onSelect: () => open('settings'),
    },
    can.includes('resume') && {
      label: t('billing.subscriptions.resume'),
      icon: CirclePlay,
      onSelect: () => resume.mutate(said),
    },
    can.includes('reactivate') && {
      label: t('billing.subscriptions.reactivate'),
      icon: RotateCcw,
      onSelect: () => reactivate.mutate(said),
    },
    can.includes('pause') && {
      label: t('billing.subscriptions.pause'),
      icon: CirclePause,
      onSelect: () => open('pause'),
    },
    (can.includes('cancel') || can.includes('end')) && {
      label: t(subscription.cancelOn ? 'billing.subscriptions.end-now' : 'billing.subscriptions.cancel'),
      icon: CircleX,
      danger: true,
      onSelect: () => open('cancel'),
    },
  ]
  return all.filter((item) => item !== false)
}
