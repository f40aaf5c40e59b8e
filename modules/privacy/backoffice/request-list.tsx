/** The register: what waits for an answer, the nearest deadline first, then what was answered. */
import { Download, FilePlus2 } from 'lucide-react'
import { useMemo } from 'react'
import { listPrivacyRequests } from '#contract/privacy'
import { DataTable } from '#platform/ui/data-table.tsx'
import { usePages } from '#platform/ui/data.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { newTo, requestTo } from './addresses.ts'
import { DeadlineAlert } from './deadline-alert.tsx'
import { EmptyRegister } from './empty-register.tsx'
import { useRegisterExport } from './exporting.ts'
import { columnsFor } from './request-columns.tsx'
import { useRequestFilters } from './request-filters.ts'
import { RequestToolbar } from './request-toolbar.tsx'
import { requestName } from './request-words.tsx'
import { StateTotals } from './state-totals.tsx'

export function RequestList() {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const { filters, change, isFiltered } = useRequestFilters()
  const list = usePages(listPrivacyRequests, { query: filters })
  const exporting = useRegisterExport(filters)
  const columns = useMemo(() => columnsFor(t), [t])
  const count = list.total
  return (
    <>
      <PageHeader
        title={t('privacy.title')}
        count={
          <output>
            {count !== undefined && t('privacy.count', { count, shown: formats.integer(count) })}
          </output>
        }
        secondary={
          <IconButton
            icon={Download}
            label={t('privacy.export')}
            variant="secondary"
            disabled={!count || exporting.running}
            onClick={exporting.start}
          />
        }
        primary={
          may('privacy.manage') && (
            <ButtonLink to={newTo} icon={FilePlus2} variant="primary">
              {t('privacy.new')}
            </ButtonLink>
          )
        }
      >
        <p className="text-13 text-ink-muted">{t('privacy.intro')}</p>
        {!isFiltered && <DeadlineAlert counts={list.first?.counts} />}
        <StateTotals filters={filters} counts={list.first?.counts} />
      </PageHeader>
      <DataTable
        id="privacy"
        label={t('privacy.title')}
        columns={columns}
        lines={2}
        rows={list.rows}
        rowId={(request) => request.id}
        rowLabel={(request) => `${requestName(request, t)}, ${request.person.name}`}
        rowTo={(request) => requestTo(request.id)}
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        toolbar={<RequestToolbar filters={filters} change={change} />}
        empty={<EmptyRegister filters={filters} isFiltered={isFiltered} />}
      />
    </>
  )
}
