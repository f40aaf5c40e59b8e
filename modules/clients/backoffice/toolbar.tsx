import { CalendarClock } from 'lucide-react'
import { type ClientSort, clientStatuses, subscriptionStatuses } from '#contract/clients'
import { Button } from '#platform/ui/button.tsx'
import { FilterMenu } from '#platform/ui/chip.tsx'
import { cx } from '#platform/ui/cx.ts'
import { FilterSearch } from '#platform/ui/filter-search.tsx'
import { SearchInput } from '#platform/ui/input.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import { useAccountManagers } from './account-managers.ts'
import { trialsTo } from './addresses.ts'
import type { ChangeFilters, ClientFilters } from './client-filters.ts'
import { departmentOptions } from './department-name.ts'
import { FilterChips } from './filter-chips.tsx'
import { SavedViews } from './saved-views.tsx'
import { viewQuery } from './view-query.ts'

type ToolbarProps = { filters: ClientFilters; sort: ClientSort | undefined; change: ChangeFilters }

export function Toolbar({ filters, sort, change }: ToolbarProps) {
  const t = useMessages()
  const go = useGo()
  const [text, setText] = useSettledText(filters.q ?? '', (q) =>
    change({ q: q === '' ? undefined : q }, { replace: true }),
  )
  const managers = useAccountManagers()
  const trials = sort === 'trialEnds' && filters.subscription?.join() === 'trialing'
  return (
    <>
      <SearchInput
        label={t('clients.search')}
        placeholder={t('clients.search.placeholder')}
        value={text}
        onChange={setText}
      />
      <FilterMenu
        label={t('clients.status')}
        options={clientStatuses.map((status) => ({ value: status, label: t(`clients.status.${status}`) }))}
        value={filters.status ?? []}
        onChange={(status) => change({ status })}
      />
      <FilterSearch
        label={t('clients.department')}
        placeholder={t('clients.department.find')}
        options={departmentOptions}
        value={filters.department ?? []}
        onChange={(department) => change({ department })}
      />
      <FilterMenu
        label={t('clients.subscription')}
        options={subscriptionStatuses.map((status) => ({
          value: status,
          label: t(`clients.subscription.${status}`),
        }))}
        value={filters.subscription ?? []}
        onChange={(subscription) => change({ subscription })}
      />
      <FilterSearch
        label={t('clients.account-manager')}
        placeholder={t('clients.account-manager.find')}
        options={managers.filters}
        value={filters.accountManager ?? []}
        onChange={(accountManager) => change({ accountManager })}
      />
      <Button
        icon={CalendarClock}
        aria-pressed={trials}
        className={cx(trials && 'border-accent! bg-accent-soft! text-accent-ink!')}
        onClick={() => (trials ? change({ subscription: undefined, sort: undefined }) : go(trialsTo))}
      >
        {t('clients.trials')}
      </Button>
      <SavedViews page="clients" address="/clients" query={viewQuery(filters, sort)} />
      <FilterChips filters={filters} change={change} />
    </>
  )
}
