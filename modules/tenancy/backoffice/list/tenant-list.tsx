/** Every practice's tenant: how it stands, what is being done to it, and what is wrong. */
import { Layers } from 'lucide-react'
import { useMemo } from 'react'
import { countTenants, listTenants } from '#contract/tenancy'
import { DataTable } from '#platform/ui/data-table.tsx'
import { useEndpoint, usePages } from '#platform/ui/data.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { fleetTo, tenantTo } from '../addresses.ts'
import { useTenantActs } from '../acts/tenant-acts.tsx'
import { EmptyTenants } from './empty-tenants.tsx'
import { OpenOne } from './open-one.tsx'
import { columnsFor } from './tenant-columns.tsx'
import { useTenantFilters } from './tenant-filters.ts'
import { TenantToolbar } from './tenant-toolbar.tsx'
import { TenantTotals } from './tenant-totals.tsx'

export function TenantList() {
  const t = useMessages()
  const formats = useFormats()
  const { filters, change, isFiltered } = useTenantFilters()
  const list = usePages(listTenants, { query: filters })
  const current = useEndpoint(countTenants).data?.currentVersion
  const columns = useMemo(() => columnsFor(t, formats, current), [t, formats, current])
  const acts = useTenantActs()
  const count = list.total
  return (
    <>
      <PageHeader
        title={t('tenancy.title')}
        count={
          <output>
            {count !== undefined && t('tenancy.count', { count, shown: formats.integer(count) })}
          </output>
        }
        secondary={
          <ButtonLink to={fleetTo} icon={Layers}>
            {t('tenancy.fleet')}
          </ButtonLink>
        }
        primary={<OpenOne />}
      >
        <TenantTotals filters={filters} />
      </PageHeader>
      <DataTable
        id="tenants"
        label={t('tenancy.title')}
        columns={columns}
        lines={2}
        rows={list.rows}
        rowId={({ id }) => id}
        rowLabel={({ name }) => name}
        rowTo={({ id }) => tenantTo(id)}
        rowActions={acts.ofRow}
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        toolbar={<TenantToolbar filters={filters} change={change} />}
        empty={<EmptyTenants filters={filters} isFiltered={isFiltered} />}
      />
      {acts.dialog}
    </>
  )
}
