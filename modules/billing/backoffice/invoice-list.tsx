/** Every invoice and credit note: what was billed, what came in, what is late. Nothing is edited here. */
import { ReceiptText } from 'lucide-react'
import { type InvoiceSummary, listInvoices } from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { usePages } from '#platform/ui/data.ts'
import { DataTable } from '#platform/ui/data-table.tsx'
import { LimitedNote } from '#platform/ui/limited-note.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { columnsFor } from './invoice-columns.tsx'
import { useInvoiceFilters } from './invoice-filters.ts'
import { clientName, invoiceName } from './invoice-name.ts'
import { InvoiceSums } from './invoice-sums.tsx'
import { InvoiceToolbar } from './invoice-toolbar.tsx'
import { StateFilter } from './state-filter.tsx'

export function InvoiceList() {
  const t = useMessages()
  const formats = useFormats()
  const go = useGo()
  const { filters, order, sorted, change, changeSort } = useInvoiceFilters()
  const list = usePages(listInvoices, { query: { ...filters, sort: order } })
  const filtered = Object.values(filters).some((value) => value !== undefined)
  const count = list.total
  return (
    <>
      <PageHeader
        title={t('billing.invoices')}
        count={
          count === undefined
            ? undefined
            : t(list.totalIsExact ? 'billing.count' : 'billing.count.more', {
                count,
                shown: formats.integer(count),
              })
        }
      >
        <LimitedNote permission="invoices.read">{t('billing.limited')}</LimitedNote>
        <StateFilter chosen={filters.state} onChoose={(state) => change({ state })} />
        <InvoiceSums sums={list.first?.sums} loading={list.loading} stale={list.stale} />
      </PageHeader>
      <DataTable
        id="invoices"
        label={t('billing.invoices')}
        columns={columnsFor(t, formats)}
        rows={list.rows}
        rowId={(row: InvoiceSummary) => row.id}
        rowLabel={(row) => `${invoiceName(row, t)}, ${clientName(row)}`}
        rowTo={(row) => `/invoices/${row.id}`}
        sort={sorted}
        onSort={changeSort}
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        toolbar={
          <InvoiceToolbar
            filters={filters}
            change={change}
            clientOf={list.rows?.[0] && clientName(list.rows[0])}
          />
        }
        empty={
          <EmptyState
            icon={ReceiptText}
            title={t(filtered ? 'billing.empty.filtered' : 'billing.empty')}
            action={
              filtered && <Button onClick={() => go('/invoices')}>{t('billing.empty.show-all')}</Button>
            }
          >
            <p>{t(filtered ? 'billing.empty.filtered.help' : 'billing.empty.help')}</p>
          </EmptyState>
        }
      />
    </>
  )
}
