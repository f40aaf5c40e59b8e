/** What came in and what was taken back, and what of it still waits for an invoice. */
import { useQueryClient } from '@tanstack/react-query'
import { HandCoins, Plus } from 'lucide-react'
import { useState } from 'react'
import { listPayments, type Payment, paymentStates } from '#contract/billing'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { refresh, usePages } from '#platform/ui/data.ts'
import { type Column, DataTable } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import { LimitedNote } from '#platform/ui/limited-note.tsx'
import { TextLink, useGo } from '#platform/ui/link.tsx'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { invoiceTo } from '../addresses.ts'
import { clientName } from '../invoice-name.ts'
import { StateChips } from '../state-filter.tsx'
import { paymentsTo } from './addresses.ts'
import { AllocateDialog } from './allocate-dialog.tsx'
import { paymentCan } from './payment-can.ts'
import { PaymentTabs } from './payment-tabs.tsx'
import { PaymentToolbar } from './payment-toolbar.tsx'
import { RecordDialog } from './record-dialog.tsx'
import { RefundDialog } from './refund-dialog.tsx'
import { ReverseDialog } from './reverse-dialog.tsx'

const Filters = listPayments.input.query.omit({ after: true, limit: true })
type Act = { kind: 'allocate' | 'reverse' | 'refund'; payment: Payment } | { kind: 'record' }

export function PaymentList() {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const go = useGo()
  const [filters, change] = useUrlState(Filters)
  const [act, setAct] = useState<Act | null>(null)
  const queries = useQueryClient()
  const list = usePages(listPayments, { query: filters })
  const sums = list.first?.sums
  const close = () => setAct(null)
  const filtered = Object.values(filters).some((value) => value !== undefined)
  return (
    <>
      <PageHeader
        title={t('billing.paying.payments')}
        count={
          list.total !== undefined &&
          t('billing.paying.count', { count: list.total, shown: formats.integer(list.total) })
        }
        primary={
          may('payments.write') && (
            <Button variant="primary" icon={Plus} onClick={() => setAct({ kind: 'record' })}>
              {t('billing.paying.record')}
            </Button>
          )
        }
      >
        <LimitedNote permission="invoices.read">{t('billing.limited')}</LimitedNote>
        <PaymentTabs at="payments" />
        <StateChips
          label={t('billing.state')}
          states={paymentStates}
          chosen={filters.state}
          onChoose={(state) => change({ state })}
          word={(state) => t(`billing.paying.filter.${state ?? 'all'}`)}
        >
          {sums && (
            <p className="ml-2 text-13 text-ink-muted tabular-nums">
              {t('billing.paying.sums', {
                amount: formats.money(sums.amountCents),
                available: formats.money(sums.availableCents),
              })}
            </p>
          )}
        </StateChips>
      </PageHeader>
      <DataTable
        id="payments"
        label={t('billing.paying.payments')}
        columns={columnsFor(t)}
        rows={list.rows}
        rowId={(row: Payment) => row.id}
        rowLabel={(row) => `${clientName(row)}, ${formats.money(row.amountCents)}`}
        // What it pays says most; what pays nothing yet is its client's.
        rowTo={({ allocations: [first], client }) =>
          first ? invoiceTo(first.invoiceId) : `/clients/${client.id}`
        }
        rowActions={(row) =>
          may('payments.write')
            ? paymentCan(row).map((kind) => ({
                label: t(`billing.paying.act.${kind}`),
                onSelect: () => setAct({ kind, payment: row }),
              }))
            : []
        }
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        toolbar={
          <PaymentToolbar
            filters={filters}
            change={change}
            clientOf={list.rows?.[0] && clientName(list.rows[0])}
          />
        }
        empty={
          <EmptyState
            icon={HandCoins}
            title={t(filtered ? 'billing.paying.empty.filtered' : 'billing.paying.empty')}
            action={filtered && <Button onClick={() => go(paymentsTo)}>{t('billing.empty.show-all')}</Button>}
          >
            <p>{t(filtered ? 'billing.empty.filtered.help' : 'billing.paying.empty.help')}</p>
          </EmptyState>
        }
      />
      {act?.kind === 'record' && (
        <RecordDialog shownBy={() => refresh(queries, listPayments.refreshedBy)} onClose={close} />
      )}
      {act?.kind === 'allocate' && <AllocateDialog payment={act.payment} onClose={close} />}
      {act?.kind === 'reverse' && <ReverseDialog payment={act.payment} onClose={close} />}
      {act?.kind === 'refund' && (
        <RefundDialog
          from={{ paymentId: act.payment.id }}
          availableCents={act.payment.availableCents}
          onClose={close}
        />
      )}
    </>
  )
}

const columnsFor = (t: Translate): Column<Payment>[] => [
  {
    id: 'receivedOn',
    header: t('billing.payment.received-on'),
    width: 104,
    cell: (row) => <DateText value={row.receivedOn} />,
  },
  { id: 'client', header: t('billing.client'), width: 170, grow: true, cell: clientName },
  {
    id: 'method',
    header: t('billing.payment.method'),
    width: 128,
    importance: 2,
    cell: (row) => t(`billing.method.${row.method}`),
  },
  {
    id: 'invoices',
    header: t('billing.invoices'),
    width: 190,
    importance: 2,
    cell: (row) =>
      row.allocations.length === 0
        ? MISSING
        : row.allocations.map(({ invoiceId, number }, index) => (
            <span key={invoiceId}>
              {index > 0 && ', '}
              <TextLink to={invoiceTo(invoiceId)}>{number}</TextLink>
            </span>
          )),
  },
  {
    id: 'reference',
    header: t('billing.paying.reference'),
    width: 160,
    importance: 3,
    cell: (row) => row.reference || MISSING,
  },
  {
    id: 'state',
    header: t('billing.state'),
    width: 140,
    card: 'aside',
    cell: (row) => <PaymentBadge payment={row} t={t} />,
  },
  {
    id: 'available',
    header: t('billing.paying.available'),
    width: 112,
    importance: 3,
    align: 'end',
    cell: (row) => (row.availableCents > 0 ? <Money cents={row.availableCents} /> : MISSING),
  },
  {
    id: 'amount',
    header: t('billing.payment.amount'),
    width: 112,
    align: 'end',
    cell: (row) => <Money cents={row.amountCents} />,
  },
]

function PaymentBadge({
  payment: { why, takenBackCents, amountCents, availableCents },
  t,
}: {
  payment: Payment
  t: Translate
}) {
  if (amountCents < 0)
    return (
      <Badge tone={why === 'returned' ? 'danger' : 'neutral'}>
        {t(`billing.paying.why.${why ?? 'mistake'}`)}
      </Badge>
    )
  if (takenBackCents >= amountCents) return <Badge>{t('billing.paying.state.taken_back')}</Badge>
  return availableCents > 0 ? (
    <Badge tone="warning">{t('billing.paying.state.available')}</Badge>
  ) : (
    <Badge tone="success">{t('billing.paying.state.allocated')}</Badge>
  )
}
