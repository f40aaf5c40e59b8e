/** What is sold: plans with every version of their prices, options, coupons. */
import { Archive, ArchiveRestore, Plus } from 'lucide-react'
import { useState } from 'react'
import {
  getCatalogue,
  updateCoupon,
  updatePlan,
  updatePlanOption,
  type Coupon,
  type Plan,
  type PlanOption,
} from '#contract/billing'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { CardSkeletons } from '#platform/ui/card-skeletons.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { optionUsersTo, payersTo, subscribersTo } from '../subscriptions/addresses.ts'
import { CouponForm } from './coupon-form.tsx'
import { OptionForm } from './option-form.tsx'
import { PlanForm } from './plan-form.tsx'
import { PriceForm } from './price-form.tsx'

type Adding = { what: 'plan' | 'option' | 'coupon' } | { what: 'price'; plan: Plan }

export function CataloguePage() {
  const t = useMessages()
  const may = useMay()
  const { data, error, refetch } = useEndpoint(getCatalogue)
  const [adding, setAdding] = useState<Adding | null>(null)
  const manages = may('catalogue.manage')
  const close = () => setAdding(null)
  if (error) return <ErrorState error={error} onRetry={refetch} />
  return (
    <>
      <PageHeader
        title={t('billing.catalogue')}
        primary={
          manages && (
            <Button variant="primary" icon={Plus} onClick={() => setAdding({ what: 'plan' })}>
              {t('billing.catalogue.plan.new')}
            </Button>
          )
        }
      />
      {data ? (
        <div className="flex flex-col gap-4">
          {data.plans.map((plan) => (
            <PlanCard
              key={plan.id}
              plan={plan}
              manages={manages}
              onPrice={() => setAdding({ what: 'price', plan })}
            />
          ))}
          <div className="grid gap-4 lg:grid-cols-2">
            <OptionsCard
              options={data.options}
              manages={manages}
              onAdd={() => setAdding({ what: 'option' })}
            />
            <CouponsCard
              coupons={data.coupons}
              manages={manages}
              onAdd={() => setAdding({ what: 'coupon' })}
            />
          </div>
        </div>
      ) : (
        <CardSkeletons wide={[5, 5]} narrow={[5]} />
      )}
      {adding?.what === 'plan' && <PlanForm onClose={close} />}
      {adding?.what === 'option' && <OptionForm onClose={close} />}
      {adding?.what === 'coupon' && <CouponForm onClose={close} />}
      {adding?.what === 'price' && <PriceForm plan={adding.plan} onClose={close} />}
    </>
  )
}

function PlanCard({ plan, manages, onPrice }: { plan: Plan; manages: boolean; onPrice: () => void }) {
  const t = useMessages()
  const formats = useFormats()
  const update = useEndpoint(updatePlan)
  const { id, name, description, trialDays, archived } = plan
  return (
    <Card
      title={name}
      actions={
        <>
          {archived && <Badge tone="neutral">{t('billing.catalogue.archived')}</Badge>}
          {manages && (
            <>
              <Button variant="ghost" icon={Plus} onClick={onPrice}>
                {t('billing.catalogue.price.new')}
              </Button>
              <IconButton
                icon={archived ? ArchiveRestore : Archive}
                label={t(archived ? 'billing.catalogue.restore' : 'billing.catalogue.archive', { name })}
                onClick={() =>
                  update.mutate({
                    params: { id },
                    body: { name, description: description || name, trialDays, archived: !archived },
                  })
                }
              />
            </>
          )}
        </>
      }
    >
      <p className="text-13 text-ink-muted">
        {description} · {t('billing.catalogue.trial', { days: trialDays })} ·{' '}
        <TextLink to={subscribersTo(id)}>
          {t('billing.subscriptions.count', {
            count: plan.subscribers,
            shown: formats.integer(plan.subscribers),
          })}
        </TextLink>{' '}
        {t('billing.catalogue.of-them')}{' '}
        <TextLink to={payersTo(id)}>
          {t('billing.catalogue.mrr', {
            count: plan.payers,
            shown: formats.integer(plan.payers),
            amount: formats.money(plan.monthlyCents),
          })}
        </TextLink>
      </p>
      <ul className="mt-2 text-13">
        {plan.prices.map((price) => (
          <li key={price.id} className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-1.5">
            <span className="w-28">{t('billing.subscriptions.every', { months: price.intervalMonths })}</span>
            <span className="w-24 text-right font-medium">
              <Money cents={price.priceCents} />
            </span>
            <span className="text-ink-muted tabular-nums">
              {t('billing.catalogue.from', { day: formats.day(price.inForceFrom) })}
            </span>
            {price.appliesTo === 'new_subscriptions' && (
              <span className="text-ink-muted">{t('billing.catalogue.applies.new_subscriptions')}</span>
            )}
            <span className="ml-auto">
              <Badge
                tone={price.stands === 'now' ? 'success' : price.stands === 'to_come' ? 'info' : 'neutral'}
              >
                {t(`billing.catalogue.stands.${price.stands}`)}
              </Badge>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

type ListProps = { manages: boolean; onAdd: () => void }

function OptionsCard({ options, manages, onAdd }: ListProps & { options: readonly PlanOption[] }) {
  const t = useMessages()
  const formats = useFormats()
  const update = useEndpoint(updatePlanOption)
  return (
    <Card
      title={t('billing.catalogue.options')}
      flush
      actions={manages && <Add onAdd={onAdd} label={t('billing.catalogue.option.new')} />}
    >
      <ul className="mt-1 pb-1 text-13">
        {options.map(({ id, name, monthlyCents, vatBasisPoints, archived, subscribers }) => (
          <li
            key={id}
            className="flex min-h-10 flex-wrap items-center gap-x-3 border-t border-line px-4 py-1"
          >
            <span className={archived ? 'text-ink-muted line-through' : 'font-medium'}>{name}</span>
            {subscribers === 0 ? (
              <span className="text-ink-muted">
                {t('billing.subscriptions.count', { count: 0, shown: '' })}
              </span>
            ) : (
              <TextLink to={optionUsersTo(id)}>
                {t('billing.subscriptions.count', {
                  count: subscribers,
                  shown: formats.integer(subscribers),
                })}
              </TextLink>
            )}
            <span className="ml-auto">
              {t('billing.subscriptions.a-month', { price: formats.money(monthlyCents) })}
            </span>
            {manages && (
              <IconButton
                icon={archived ? ArchiveRestore : Archive}
                label={t(archived ? 'billing.catalogue.restore' : 'billing.catalogue.archive', { name })}
                onClick={() =>
                  update.mutate({
                    params: { id },
                    body: { name, monthlyCents, vatBasisPoints, archived: !archived },
                  })
                }
              />
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function CouponsCard({ coupons, manages, onAdd }: ListProps & { coupons: readonly Coupon[] }) {
  const t = useMessages()
  const formats = useFormats()
  const update = useEndpoint(updateCoupon)
  return (
    <Card
      title={t('billing.catalogue.coupons')}
      flush
      actions={manages && <Add onAdd={onAdd} label={t('billing.catalogue.coupon.new')} />}
    >
      <ul className="mt-1 pb-1 text-13">
        {coupons.map((coupon) => (
          <li
            key={coupon.id}
            className="flex min-h-10 flex-wrap items-center gap-x-3 border-t border-line px-4 py-1"
          >
            <span className={coupon.archived ? 'text-ink-muted line-through' : 'font-medium'}>
              {coupon.code}
            </span>
            <span>
              {coupon.percentBasisPoints === null
                ? formats.money(-(coupon.amountCents ?? 0))
                : formats.percent(-coupon.percentBasisPoints / 10_000)}
            </span>
            <span className="text-ink-muted">
              {coupon.periods === null
                ? t('billing.catalogue.coupon.always')
                : t('billing.catalogue.coupon.periods', { count: coupon.periods })}
            </span>
            <span className="ml-auto text-ink-muted">
              {t('billing.catalogue.coupon.uses', { count: coupon.uses, most: coupon.usesAtMost ?? 0 })}
            </span>
            {manages && (
              <IconButton
                icon={coupon.archived ? ArchiveRestore : Archive}
                label={t(coupon.archived ? 'billing.catalogue.restore' : 'billing.catalogue.archive', {
                  name: coupon.code,
                })}
                onClick={() =>
                  update.mutate({
                    params: { id: coupon.id },
                    body: {
                      validUntil: coupon.validUntil,
                      usesAtMost: coupon.usesAtMost,
                      archived: !coupon.archived,
                    },
                  })
                }
              />
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

const Add = ({ onAdd, label }: { onAdd: () => void; label: string }) => (
  <Button variant="ghost" icon={Plus} onClick={onAdd}>
    {label}
  </Button>
)
