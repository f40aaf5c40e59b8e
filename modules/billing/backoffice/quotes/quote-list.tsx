/** What was offered, to whom, and what they said. */
import { FileSignature, Plus } from 'lucide-react'
import { listQuotes, quoteStates, type QuoteSummary } from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { usePages } from '#platform/ui/data.ts'
import { DataTable } from '#platform/ui/data-table.tsx'
import { SearchInput } from '#platform/ui/input.tsx'
import { LimitedNote } from '#platform/ui/limited-note.tsx'
import { ButtonLink, useGo } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useShortcuts } from '#platform/ui/shortcuts.ts'
import { useSettledText } from '#platform/ui/settled-text.ts'
import { EmptyState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { newQuoteTo, quotesTo, quoteTo } from '../addresses.ts'
import { clientName } from '../invoice-name.ts'
import { StateChips } from '../state-filter.tsx'
import { columnsFor, quoteName } from './quote-columns.tsx'

const Filters = listQuotes.input.query.omit({ after: true, limit: true })

export function QuoteList() {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const go = useGo()
  useShortcuts([{ keys: 'n', run: () => may('invoices.write') && go(newQuoteTo) }])
  const [filters, change] = useUrlState(Filters)
  const list = usePages(listQuotes, { query: filters })
  const [text, setText] = useSettledText(filters.q ?? '', (q) =>
    change({ q: q === '' ? undefined : q }, { replace: true }),
  )
  const filtered = Object.values(filters).some((value) => value !== undefined)
  const create = may('invoices.write') && (
    <ButtonLink to={newQuoteTo} variant="primary" icon={Plus}>
      {t('billing.new.quote')}
    </ButtonLink>
  )
  return (
    <>
      <PageHeader
        title={t('billing.quotes')}
        count={
          list.total !== undefined &&
          t('billing.quote.count', { count: list.total, shown: formats.integer(list.total) })
        }
        primary={create}
      >
        <LimitedNote permission="invoices.read">{t('billing.quote.limited')}</LimitedNote>
        <StateChips
          label={t('billing.state')}
          states={quoteStates}
          chosen={filters.state}
          onChoose={(state) => change({ state })}
          word={(state) => t(`billing.quote.filter.${state ?? 'all'}`)}
        />
      </PageHeader>
      <DataTable
        id="quotes"
        label={t('billing.quotes')}
        columns={columnsFor(t)}
        rows={list.rows}
        rowId={(row: QuoteSummary) => row.id}
        rowLabel={(row) => `${quoteName(row, t)}, ${clientName(row)}`}
        rowTo={(row) => quoteTo(row.id)}
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        toolbar={
          <SearchInput
            label={t('billing.quote.search')}
            placeholder={t('billing.quote.search.placeholder')}
            value={text}
            onChange={setText}
          />
        }
        empty={
          <EmptyState
            icon={FileSignature}
            title={t(filtered ? 'billing.quote.empty.filtered' : 'billing.quote.empty')}
            action={
              filtered ? <Button onClick={() => go(quotesTo)}>{t('billing.quote.show-all')}</Button> : create
            }
          >
            <p>{t(filtered ? 'billing.empty.filtered.help' : 'billing.quote.empty.help')}</p>
          </EmptyState>
        }
      />
    </>
  )
}
