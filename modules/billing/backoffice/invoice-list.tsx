/** Every invoice and credit note: what was billed, what came in, what is late. */
import { Download, FileArchive, Plus, ReceiptText } from 'lucide-react'
import { useState } from 'react'
import {
  exportInvoices,
  type InvoiceSummary,
  listInvoices,
  packInvoices,
  packedAtMost,
} from '#contract/billing'
import { Button, buttonClass } from '#platform/ui/button.tsx'
import { hrefOf } from '#platform/ui/call.ts'
import { useEndpoint, usePages } from '#platform/ui/data.ts'
import { DataTable } from '#platform/ui/data-table.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { FileWatch, type FileWatchWords } from '#platform/ui/file-watch.tsx'
import { LimitedNote } from '#platform/ui/limited-note.tsx'
import { ButtonLink, useGo } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useShortcuts } from '#platform/ui/shortcuts.ts'
import { EmptyState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { invoiceTo, newInvoiceTo } from './addresses.ts'
import { columnsFor } from './invoice-columns.tsx'
import { useInvoiceFilters } from './invoice-filters.ts'
import { clientName, invoiceName } from './invoice-name.ts'
import { InvoiceSums } from './invoice-sums.tsx'
import { InvoiceToolbar } from './invoice-toolbar.tsx'
import { StateFilter } from './state-filter.tsx'

const packWords: FileWatchWords = {
  started: { title: 'billing.act.packing', help: 'billing.exports.started.help' },
  done: 'billing.exports.done',
  again: 'billing.pack.download',
  failed: 'billing.exports.failed',
  failedHelp: () => 'billing.exports.failed.help',
}

export function InvoiceList() {
  const t = useMessages()
  const formats = useFormats()
  const go = useGo()
  const may = useMay()
  useShortcuts([{ keys: 'n', run: () => may('invoices.write') && go(newInvoiceTo) }])
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [job, setJob] = useState<string | null>(null)
  const pack = useEndpoint(packInvoices, {
    onSuccess: ({ jobId }) => {
      setJob(jobId)
      setSelected(new Set())
    },
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  const { filters, order, sorted, change, changeSort } = useInvoiceFilters()
  const list = usePages(listInvoices, { query: { ...filters, sort: order } })
  const filtered = Object.values(filters).some((value) => value !== undefined)
  const count = list.total
  // A draft has no file yet; what is selected beyond the rows in sight is left to the server, which leaves drafts out too.
  const drafts = new Set(list.rows?.flatMap(({ id, state }) => (state === 'draft' ? [id] : [])))
  const packable = [...selected].filter((id) => !drafts.has(id))
  return (
    <>
      <PageHeader
        title={t('billing.invoices')}
        secondary={
          may('billing.export') && (
            <a
              href={hrefOf(exportInvoices, { query: { ...filters, sort: order } })}
              download
              title={t('billing.act.export.help')}
              className={buttonClass({})}
            >
              <Download aria-hidden size={16} />
              {t('billing.act.export')}
            </a>
          )
        }
        primary={
          may('invoices.write') && (
            <ButtonLink to={newInvoiceTo} variant="primary" icon={Plus}>
              {t('billing.new.invoice')}
            </ButtonLink>
          )
        }
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
        <InvoiceSums sums={list.first?.sums} rate={filters.rate} loading={list.loading} stale={list.stale} />
      </PageHeader>
      <DataTable
        id="invoices"
        label={t('billing.invoices')}
        columns={columnsFor(t, formats)}
        rows={list.rows}
        rowId={(row: InvoiceSummary) => row.id}
        rowLabel={(row) => `${invoiceName(row, t)}, ${clientName(row)}`}
        rowTo={(row) => invoiceTo(row.id)}
        selected={selected}
        onSelect={setSelected}
        bulk={
          <Button
            icon={FileArchive}
            loading={pack.isPending}
            disabled={packable.length === 0 || packable.length > packedAtMost}
            onClick={() => pack.mutate({ body: { ids: packable } })}
          >
            {packable.length < selected.size
              ? t('billing.act.pack.issued', {
                  count: packable.length,
                  shown: formats.integer(packable.length),
                })
              : t('billing.act.pack')}
          </Button>
        }
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
      {job && <FileWatch key={job} job={job} words={packWords} onEnd={() => setJob(null)} />}
    </>
  )
}
