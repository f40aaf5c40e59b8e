import type { Client } from '#contract/clients'
import { Card } from '#platform/ui/card.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import type { ReactNode } from 'react'
import { SubscriptionBadge } from './client-words.tsx'

/** What the client subscribed to, what it costs, and the day that comes next. */
export function SubscriptionCard({ client }: { client: Client }) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const { subscription } = client
  const begins = may('subscriptions.write') && (!subscription || subscription.status === 'ended') && (
    <TextLink to={`/subscriptions/new?client=${client.id}`} className="text-13">
      {t('clients.subscription.new')}
    </TextLink>
  )
  if (!subscription)
    return (
      <Card title={t('clients.card.subscription')} actions={begins}>
        <p className="text-13 text-ink-muted">{t('clients.subscription.none')}</p>
      </Card>
    )
  return (
    <Card
      title={t('clients.card.subscription')}
      actions={
        <>
          <SubscriptionBadge status={subscription.status} />
          {begins}
          {may('subscriptions.read') && (
            <TextLink to={`/subscriptions/${subscription.id}`} className="ml-2 text-13">
              {t('clients.subscription.open')}
            </TextLink>
          )}
        </>
      }
    >
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
        <Figure label={t('clients.plan')}>{subscription.plan}</Figure>
        <Figure label={t('clients.monthly-price')}>{formats.money(subscription.monthlyCents)}</Figure>
        <Figure label={t('clients.next-payment')}>
          {client.nextPaymentOn ? <DateText value={client.nextPaymentOn} /> : MISSING}
        </Figure>
        {subscription.status === 'trialing' ? (
          <Figure label={t('clients.trial-ends')}>
            <DateText value={subscription.trialEndsOn} />
          </Figure>
        ) : subscription.payingUntil ? (
          <Figure label={t(`clients.subscription.${stops[subscription.status] ?? 'ended-on'}`)}>
            <DateText value={subscription.payingUntil} />
          </Figure>
        ) : (
          <Figure label={t('clients.paying-from')}>
            <DateText value={subscription.payingFrom ?? subscription.startedOn} />
          </Figure>
        )}
      </dl>
    </Card>
  )
}

const stops: Record<string, 'ends-on' | 'paused-on'> = { cancelled: 'ends-on', paused: 'paused-on' }

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-12 text-ink-muted">{label}</dt>
      <dd className="mt-0.5 truncate text-14 font-medium tabular-nums">{children}</dd>
    </div>
  )
}
