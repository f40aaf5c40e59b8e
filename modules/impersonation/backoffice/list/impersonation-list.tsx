/** Every assistance: those under way first, then all that was asked for, the latest first. */
import { useMemo } from 'react'
import { listImpersonations } from '#contract/impersonation'
import { DataTable } from '#platform/ui/data-table.tsx'
import { usePages } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { impersonationTo } from '../addresses.ts'
import { EmptyImpersonations } from './empty-impersonations.tsx'
import { columnsFor } from './impersonation-columns.tsx'
import { ImpersonationFigures } from './impersonation-figures.tsx'
import { useImpersonationFilters } from './impersonation-filters.ts'
import { ImpersonationToolbar } from './impersonation-toolbar.tsx'
import { PolicyLine } from './policy-line.tsx'
import { RunningCard } from './running-card.tsx'

export function ImpersonationList() {
  const t = useMessages()
  const formats = useFormats()
  const { filters, change, isFiltered } = useImpersonationFilters()
  const list = usePages(listImpersonations, { query: filters })
  const columns = useMemo(() => columnsFor(t, formats), [t, formats])
  const count = list.total
  return (
    <>
      <PageHeader
        title={t('impersonation.title')}
        count={
          <output>
            {count !== undefined && t('impersonation.count', { count, shown: formats.integer(count) })}
          </output>
        }
      >
        <PolicyLine />
        <ImpersonationFigures filters={filters} />
      </PageHeader>
      <RunningCard />
      <DataTable
        id="impersonations"
        label={t('impersonation.title')}
        columns={columns}
        lines={2}
        rows={list.rows}
        rowId={({ id }) => id}
        rowLabel={({ actor, subject }) =>
          t('impersonation.for', { actor: actor.name, subject: subject.name })
        }
        rowTo={({ id }) => impersonationTo(id)}
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        toolbar={<ImpersonationToolbar filters={filters} change={change} shown={list.rows?.[0]} />}
        empty={<EmptyImpersonations isFiltered={isFiltered} />}
      />
    </>
  )
}
