/** Who owes what and for how long, what was written to them, and what would be: nothing leaves unless a person sends it. */
import { BellOff, MailPlus, MailWarning, PartyPopper, Plus } from 'lucide-react'
import { useState } from 'react'
import { listUnpaid, type UnpaidInvoice } from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { Chip, FilterMenu } from '#platform/ui/chip.tsx'
import { usePages } from '#platform/ui/data.ts'
import { DataTable } from '#platform/ui/data-table.tsx'
import { SearchInput } from '#platform/ui/input.tsx'
import { LimitedNote } from '#platform/ui/limited-note.tsx'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { invoiceTo, newInvoiceTo } from '../addresses.ts'
import { clientName } from '../invoice-name.ts'
import { Ages } from './ages.tsx'
import { LetterSheet } from './letter-sheet.tsx'
import { PauseDialog } from './pause-dialog.tsx'
import { RunDialog } from './run-dialog.tsx'
import { columnsFor } from './unpaid-columns.tsx'

const { query } = listUnpaid.input
const Filters = query
  .omit({ after: true, limit: true })
  .extend({ sort: query.shape.sort.removeDefault().optional() })
const letterStates = ['ready', 'paused', 'never'] as const

type Open = { do: 'letter' | 'pause'; row: UnpaidInvoice } | { do: 'run'; ids: readonly string[] | null }

export function UnpaidPage() {
  const t = useMessages()
  const formats = useFormats()
  const mayAll = useMay()
  const may = mayAll('payments.write')
  const [{ sort = '-daysLate', ...filters }, change] = useUrlState(Filters)
  const list = usePages(listUnpaid, { query: { ...filters, sort } })
  const [open, setOpen] = useState<Open | null>(null)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const { first } = list
  const filtered = Object.values(filters).some((value) => value !== undefined)
  const ready = first?.ready.count ?? 0
  return (
    <>
      <PageHeader
        title={t('billing.unpaid.page')}
        count={
          first &&
          t('billing.unpaid.count', {
            count: first.total,
            shown: formats.integer(first.total),
            amount: formats.money(first.outstandingCents),
          })
        }
        secondary={
          mayAll('invoices.write') && (
            <ButtonLink to={newInvoiceTo} icon={Plus}>
              {t('billing.new.invoice')}
            </ButtonLink>
          )
        }
        primary={
          may &&
          ready > 0 && (
            <Button variant="primary" icon={MailPlus} onClick={() => setOpen({ do: 'run', ids: null })}>
              {t('billing.unpaid.run', { count: ready, shown: formats.integer(ready) })}
            </Button>
          )
        }
      >
        <LimitedNote permission="invoices.read">{t('billing.limited')}</LimitedNote>
        <Ages ages={first?.ages} chosen={filters.age} onChoose={(age) => change({ age })} />
      </PageHeader>
      <DataTable
        id="unpaid"
        label={t('billing.unpaid.page')}
        columns={columnsFor(t, formats)}
        lines={2}
        rows={list.rows}
        rowId={(row) => row.id}
        rowLabel={(row) => `${row.number}, ${row.client.firstName} ${row.client.lastName}`}
        rowTo={(row) => invoiceTo(row.id)}
        rowActions={(row) => [
          {
            label: t('billing.unpaid.see_letter'),
            icon: MailWarning,
            quick: true,
            onSelect: () => setOpen({ do: 'letter', row }),
          },
          ...(may
            ? [
                {
                  label: t(row.pause ? 'billing.unpaid.pause.change' : 'billing.unpaid.pause'),
                  icon: BellOff,
                  onSelect: () => setOpen({ do: 'pause', row }),
                },
              ]
            : []),
        ]}
        sort={
          sort.startsWith('-')
            ? { column: sort.slice(1), direction: 'desc' }
            : { column: sort, direction: 'asc' }
        }
        onSort={({ column, direction }) =>
          change({
            sort: (direction === 'desc' ? `-${column}` : column) as typeof sort /* its columns are these */,
          })
        }
        {...(may && {
          selected,
          onSelect: setSelected,
          bulk: (
            <Button icon={MailPlus} onClick={() => setOpen({ do: 'run', ids: [...selected] })}>
              {t('billing.unpaid.run.selected')}
            </Button>
          ),
        })}
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        toolbar={
          <>
            <SearchInput
              label={t('billing.unpaid.search')}
              value={filters.q ?? ''}
              onChange={(q) => change({ q: q === '' ? undefined : q }, { replace: true })}
            />
            <FilterMenu
              single
              label={t('billing.unpaid.letters')}
              options={letterStates.map((value) => ({ value, label: t(`billing.unpaid.letters.${value}`) }))}
              value={filters.letter ? [filters.letter] : []}
              onChange={([letter]) => change({ letter })}
            />
            {filters.letter && (
              <Chip
                label={t('billing.unpaid.letters')}
                value={t(`billing.unpaid.letters.${filters.letter}`)}
                onRemove={() => change({ letter: undefined })}
              />
            )}
            {filters.client && (
              <Chip
                label={t('billing.client')}
                value={list.rows?.[0] ? clientName(list.rows[0]) : `…${filters.client.slice(-6)}`}
                onRemove={() => change({ client: undefined })}
              />
            )}
          </>
        }
        empty={
          <EmptyState
            icon={PartyPopper}
            title={t(filtered ? 'billing.unpaid.empty.filtered' : 'billing.unpaid.empty')}
            action={
              filtered && (
                <Button
                  onClick={() =>
                    change({ age: undefined, letter: undefined, q: undefined, client: undefined })
                  }
                >
                  {t('billing.unpaid.show_all')}
                </Button>
              )
            }
          >
            <p>{t(filtered ? 'billing.unpaid.empty.filtered.help' : 'billing.unpaid.empty.help')}</p>
          </EmptyState>
        }
      />
      {open?.do === 'letter' && <LetterSheet id={open.row.id} onClose={() => setOpen(null)} />}
      {open?.do === 'pause' && <PauseDialog row={open.row} onClose={() => setOpen(null)} />}
      {open?.do === 'run' && first && (
        <RunDialog
          ids={open.ids}
          ready={first.ready}
          onClose={() => setOpen(null)}
          onStarted={() => {
            setSelected(new Set())
            setOpen(null)
          }}
        />
      )}
    </>
  )
}
