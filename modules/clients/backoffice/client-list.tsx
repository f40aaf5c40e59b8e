/** The clients: who they are, how they stand, and what to do with one or with many. */
import { Plus } from 'lucide-react'
import { useMemo } from 'react'
import { listClients } from '#contract/clients'
import { usePages } from '#platform/ui/data.ts'
import { DataTable } from '#platform/ui/data-table.tsx'
import { LimitedNote } from '#platform/ui/limited-note.tsx'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useAccountManagers } from './account-managers.ts'
import { clientTo, newTo } from './addresses.ts'
import { BulkActions } from './bulk-actions.tsx'
import { useClientActs } from './client-acts.ts'
import { columnsFor, type ListView } from './client-columns.tsx'
import { type ClientFilters, useClientFilters } from './client-filters.ts'
import { listedName } from './client-words.tsx'
import { EmptyList } from './empty-list.tsx'
import { ListActions } from './list-actions.tsx'
import { rowActions } from './row-actions.ts'
import { Toolbar } from './toolbar.tsx'
import { Totals } from './totals.tsx'
import { useSelection } from './selection.ts'

export function ClientList() {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const acts = useClientActs()
  const { filters, sort, sorted, change, changeSort, isFiltered } = useClientFilters()
  const from = { ...filters, sort }
  const list = usePages(listClients, { query: from })
  const selection = useSelection(filters, list.rows, list.total)
  const view = viewOf(filters)
  const { nameOf } = useAccountManagers()
  const columns = useMemo(() => columnsFor(t, view, nameOf), [t, view, nameOf])
  const mayAct = may('clients.write') || may('clients.trash')
  const count = list.total
  const sums = list.first?.sums

  return (
    <>
      <PageHeader
        title={t('clients.title')}
        count={
          <output>
            {count !== undefined &&
              t(list.totalIsExact ? 'clients.count' : 'clients.count.more', {
                count,
                shown: formats.integer(count),
                filtered: isFiltered ? 'yes' : 'no',
              })}
            {sums && ` · ${t('clients.monthly-sum', { amount: formats.money(sums.monthlyCents) })}`}
          </output>
        }
        secondary={<ListActions list={from} count={count} />}
        primary={
          may('clients.write') && (
            <ButtonLink to={newTo} icon={Plus} variant="primary">
              {t('clients.new')}
            </ButtonLink>
          )
        }
      >
        <LimitedNote permission="clients.read">{t('clients.limited')}</LimitedNote>
        <Totals filters={filters} />
      </PageHeader>
      <DataTable
        key={view}
        id={view}
        label={t('clients.title')}
        columns={columns}
        lines={2}
        rows={list.rows}
        rowId={(client) => client.id}
        rowLabel={listedName}
        rowTo={(client) => clientTo(client.id, from)}
        rowActions={(client) => rowActions(client, { t, may, acts, from })}
        sort={sorted}
        onSort={changeSort}
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        toolbar={<Toolbar filters={filters} sort={sort} change={change} />}
        empty={<EmptyList filters={filters} isFiltered={isFiltered} />}
        {...(mayAct && {
          selected: selection.shown,
          selectedCount: selection.count,
          onSelect: selection.choose,
          bulk: (
            <BulkActions
              acts={acts}
              selection={selection.chosen}
              inTrash={view === 'trash'}
              everything={selection.everything}
              onDone={selection.clear}
            />
          ),
        })}
      />
    </>
  )
}

function viewOf({ trash, subscription, trialEndsBefore, ...filters }: ClientFilters): ListView {
  if (trash === 'in') return 'trash'
  const trialsOnly = subscription?.length === 1 && subscription[0] === 'trialing'
  if (trialsOnly || trialEndsBefore) return 'trials'
  const { startedPaying, stoppedPaying, payingOn } = filters
  return subscription?.length || startedPaying || stoppedPaying || payingOn ? 'paying' : 'clients'
}
