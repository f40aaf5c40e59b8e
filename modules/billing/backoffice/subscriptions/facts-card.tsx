import type { Subscription } from '#contract/billing'
import type { ReactNode } from 'react'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'

export function FactsCard({ subscription }: { subscription: Subscription }) {
  const t = useMessages()
  const { client, plan, intervalMonths, trialEndsOn, payingFrom, payingUntil, paymentMeans } = subscription
  const { coupons, options } = subscription
  const facts: [string, ReactNode][] = [
    [
      t('billing.client'),
      <TextLink to={`/clients/${client.id}`}>{`${client.firstName} ${client.lastName}`}</TextLink>,
    ],
    [
      t('billing.subscriptions.plan'),
      `${plan.name} · ${t('billing.subscriptions.every', { months: intervalMonths })}`,
    ],
    [t('billing.subscriptions.monthly'), <Money cents={subscription.monthlyCents} />],
    [t('billing.subscriptions.started-on'), <DateText value={subscription.startedOn} />],
    ...(trialEndsOn
      ? ([[t('billing.subscriptions.trial-ends'), <DateText value={trialEndsOn} />]] as [string, ReactNode][])
      : []),
    [t('billing.subscriptions.paying-from'), payingFrom ? <DateText value={payingFrom} /> : MISSING],
    ...(payingUntil
      ? ([[t('billing.subscriptions.paying-until'), <DateText value={payingUntil} />]] as [
          string,
          ReactNode,
        ][])
      : []),
    [
      t('billing.subscriptions.means'),
      t(paymentMeans ? `billing.subscriptions.means.${paymentMeans}` : 'billing.subscriptions.means.profile'),
    ],
    ...(options.length > 0
      ? ([
          [
            t('billing.subscriptions.options'),
            options.map((one) => `${one.quantity} × ${one.name}`).join(', '),
          ],
        ] as [string, ReactNode][])
      : []),
    ...(coupons.length > 0
      ? ([
          [
            t('billing.subscriptions.coupon'),
            coupons
              .map(({ code, periodsLeft }) =>
                periodsLeft === null
                  ? code
                  : t('billing.subscriptions.coupon-left', { code, count: periodsLeft }),
              )
              .join(', '),
          ],
        ] as [string, ReactNode][])
      : []),
    ...(subscription.holdForReview
      ? ([[t('billing.renewal'), t('billing.subscriptions.held')]] as [string, ReactNode][])
      : []),
  ]
  return (
    <Card title={t('billing.subscriptions.one')}>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3">
        {facts.map(([label, value]) => (
          <div key={label} className="min-w-0">
            <dt className="text-12 text-ink-muted">{label}</dt>
            <dd className="mt-0.5 text-14 font-medium wrap-anywhere tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
