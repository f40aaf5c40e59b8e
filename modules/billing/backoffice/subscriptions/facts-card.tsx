import type { Subscription } from '#contract/billing'
import type { ReactNode } from 'react'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'

/** What was agreed, and since when. */
export function FactsCard({ subscription }: { subscription: Subscription }) {
  const t = useMessages()
  const { client, plan, intervalMonths, trialEndsOn, payingFrom, payingUntil, paymentMeans } = subscription
  const { coupons, options, status, invoicedUntil, pausedOn, resumesOn } = subscription
  return (
    <Card title={t('billing.subscriptions.one')}>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3">
        <Fact label={t('billing.client')}>
          <TextLink to={`/clients/${client.id}`}>{`${client.firstName} ${client.lastName}`.trim()}</TextLink>
        </Fact>
        <Fact label={t('billing.subscriptions.plan')}>
          {`${plan.name} · ${t('billing.subscriptions.every', { months: intervalMonths })}`}
        </Fact>
        <Fact label={t('billing.subscriptions.monthly')}>
          <Money cents={subscription.monthlyCents} />
        </Fact>
        <Fact label={t('billing.subscriptions.started-on')}>
          <DateText value={subscription.startedOn} />
        </Fact>
        {trialEndsOn && (
          <Fact label={t('billing.subscriptions.trial-ends')}>
            <DateText value={trialEndsOn} />
          </Fact>
        )}
        <Fact label={t('billing.subscriptions.paying-from')}>
          <DateText value={payingFrom} />
        </Fact>
        {invoicedUntil && (
          <Fact label={t('billing.subscriptions.invoiced-until')}>
            <DateText value={invoicedUntil} />
          </Fact>
        )}
        {status === 'paused' && pausedOn && (
          <Fact label={t('billing.subscriptions.paused-on')}>
            <DateText value={pausedOn} />
          </Fact>
        )}
        {status === 'paused' && resumesOn && (
          <Fact label={t('billing.subscriptions.resumes-fact')}>
            <DateText value={resumesOn} />
          </Fact>
        )}
        {status === 'ended' && payingUntil && (
          <Fact label={t('billing.subscriptions.ended-on')}>
            <DateText value={payingUntil} />
          </Fact>
        )}
        <Fact label={t('billing.subscriptions.means')}>
          {t(`billing.subscriptions.means.${paymentMeans ?? 'profile'}`)}
        </Fact>
        {options.length > 0 && (
          <Fact label={t('billing.subscriptions.options')}>
            {options.map((one) => `${one.quantity} × ${one.name}`).join(', ')}
          </Fact>
        )}
        {coupons.length > 0 && (
          <Fact label={t('billing.subscriptions.coupon')}>
            {coupons
              .map(({ code, periodsLeft }) =>
                periodsLeft === null
                  ? code
                  : t('billing.subscriptions.coupon-left', { code, count: periodsLeft }),
              )
              .join(', ')}
          </Fact>
        )}
        {subscription.holdForReview && (
          <Fact label={t('billing.renewal')}>{t('billing.subscriptions.held')}</Fact>
        )}
      </dl>
    </Card>
  )
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="min-w-0">
    <dt className="text-12 text-ink-muted">{label}</dt>
    <dd className="mt-0.5 text-14 font-medium wrap-anywhere tabular-nums">{children}</dd>
  </div>
)
