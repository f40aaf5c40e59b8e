/** Who subscribes: what is tried, paid, owed and given notice of, with what it pays a month. */
import { CalendarSync, Plus, Repeat } from 'lucide-react'
import {
  getCatalogue,
  listSubscriptions,
  subscriptionSorts,
  subscriptionStates,
  type SubscriptionSummary,
} from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { Chip } from '#platform/ui/chip.tsx'
import type { Sort } from '#platform/ui/columns.ts'
import { useEndpoint, usePages } from '#platform/ui/data.ts'
import { DataTable } from '#platform/ui/data-table.tsx'
import { Figures } from '#platform/ui/figures.tsx'
import { SearchInput } from '#platform/ui/input.tsx'
import { ButtonLink, useGo } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import { EmptyState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { newSubscriptionTo, renewalTo, subscriptionsTo, subscriptionTo } from './addresses.ts'
import { subscriptionColumns } from './subscription-columns.tsx'

const { query } = listSubscriptions.input
const Filters = query.omit({ after: true, limit: true }).extend({
  sort: query.shape.sort.removeDefault().optional(),
  which: query.shape.which.removeDefault().optional(),
})

export function SubscriptionList() {
  const t = useMessages()
  const formats = useFormats()
  const go = useGo()
  const may = useMay()
  const [{ sort = 'nextPeriodOn', ...filters }, change] = useUrlState(Filters)
  const list = usePages(listSubscriptions, { query: { ...filters, sort } })
  const [text, setText] = useSettledText(filters.q ?? '', (q) =>
    change({ q: q === '' ? undefined : q }, { replace: true }),
  )
  const filtered = Object.values(filters).some((value) => value !== undefined)
  const known = list.first
  const { data: catalogue } = useEndpoint(getCatalogue, {}, { enabled: filters.option !== undefined })
  const money = (cents: number | undefined) => (cents === undefined ? undefined : formats.money(cents))
  const counted = (status: SubscriptionSummary['status']) =>
    known?.byStatus.find((one) => one.status === status)?.count
  return (
    <>
      <PageHeader
        title={t('billing.subscriptions')}
        count={
          list.total === undefined
            ? undefined
            : [
                t('billing.subscriptions.count', { count: list.total, shown: formats.integer(list.total) }),
                // Of those who do not pay yet, what they will pay is no sum of today.
                ...(filters.payingOn && known
                  ? [t('billing.subscriptions.a-month', { price: formats.money(known.sums.monthlyCents) })]
                  : []),
              ].join(' · ')
        }
        primary={
          may('subscriptions.write') && (
            <ButtonLink to={newSubscriptionTo} variant="primary" icon={Plus}>
              {t('billing.subscriptions.new')}
            </ButtonLink>
          )
        }
        secondary={
          <ButtonLink to={renewalTo} icon={CalendarSync}>
            {t('billing.renewal')}
          </ButtonLink>
        }
      >
        <Figures
          label={t('billing.subscriptions.figures')}
          figures={[
            {
              label: t('billing.subscriptions.mrr'),
              value: money(known?.mrr.cents),
              to: known ? `/clients?payingOn=${known.mrr.on}&trash=any` : subscriptionsTo,
            },
            ...subscriptionStates
              .filter((status) => status !== 'ended')
              .map((status) => ({
                label: t(`billing.subscriptions.status.${status}`),
                value: counted(status) === undefined ? undefined : formats.integer(counted(status) ?? 0),
                to: filters.status === status ? subscriptionsTo : `${subscriptionsTo}?status=${status}`,
                current: filters.status === status,
              })),
          ]}
        />
      </PageHeader>
      <DataTable
        id="subscriptions"
        label={t('billing.subscriptions')}
        columns={subscriptionColumns(t, formats)}
        rows={list.rows}
        rowId={(row: SubscriptionSummary) => row.id}
        rowLabel={(row) => `${row.client.firstName} ${row.client.lastName}`.trim()}
        rowTo={(row) => subscriptionTo(row.id)}
        sort={
          sort.startsWith('-')
            ? { column: sort.slice(1), direction: 'desc' }
            : { column: sort, direction: 'asc' }
        }
        onSort={({ column, direction }: Sort) =>
          change({
            sort: subscriptionSorts.find((one) => one === (direction === 'desc' ? `-${column}` : column)),
          })
        }
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        toolbar={
          <>
            <SearchInput
              label={t('billing.subscriptions.search')}
              placeholder={t('billing.subscriptions.search')}
              value={text}
              onChange={setText}
            />
            {filters.trialEndsUntil && (
              <Chip
                label={t('billing.subscriptions.trials-until')}
                value={formats.day(filters.trialEndsUntil)}
                onRemove={() => change({ trialEndsUntil: undefined })}
              />
            )}
            {filters.dueUntil && (
              <Chip
                label={t('billing.subscriptions.due-until')}
                value={formats.day(filters.dueUntil)}
                onRemove={() => change({ dueUntil: undefined })}
              />
            )}
            {filters.client && (
              <Chip
                label={t('billing.client')}
                value={
                  list.rows?.[0] ? `${list.rows[0].client.firstName} ${list.rows[0].client.lastName}` : '…'
                }
                onRemove={() => change({ client: undefined, which: undefined })}
              />
            )}
            {filters.payingOn && (
              <Chip
                label={t('billing.subscriptions.paying-on')}
                value={formats.day(filters.payingOn)}
                onRemove={() => change({ payingOn: undefined })}
              />
            )}
            {filters.option && (
              <Chip
                label={t('billing.subscriptions.option')}
                value={catalogue?.options.find(({ id }) => id === filters.option)?.name ?? '…'}
                onRemove={() => change({ option: undefined })}
              />
            )}
            {filters.plan && (
              <Chip
                label={t('billing.subscriptions.plan')}
                value={list.rows?.[0]?.plan.name ?? '…'}
                onRemove={() => change({ plan: undefined })}
              />
            )}
          </>
        }
        empty={
          <EmptyState
            icon={Repeat}
            title={t(filtered ? 'billing.subscriptions.none.filtered' : 'billing.subscriptions.none')}
            action={
              filtered && <Button onClick={() => go(subscriptionsTo)}>{t('billing.empty.show-all')}</Button>
            }
          >
            <p>{t('billing.subscriptions.none.help')}</p>
          </EmptyState>
        }
      />
    </>
  )
}
