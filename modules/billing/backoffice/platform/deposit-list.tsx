import { FileCheck2, Send } from 'lucide-react'
import { depositFilters, depositWaiting, type DepositRow, listDeposits } from '#contract/billing'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint, usePages } from '#platform/ui/data.ts'
import type { Column } from '#platform/ui/data-table.tsx'
import { DataTable } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { invoiceTo } from '../addresses.ts'
import { StateChips } from '../state-filter.tsx'
import { DepositBadge, endedBadly, statusWord } from './platform-words.tsx'

type State = (typeof depositFilters)[number]
type DepositListProps = { state: State | undefined; onState: (state: State | undefined) => void }

export function DepositList({ state, onState }: DepositListProps) {
  const t = useMessages()
  const formats = useFormats()
  const list = usePages(listDeposits, { query: { state } })
  const first = list.first
  return (
    <div className="flex flex-col gap-4">
      {first && <Waiting standing={first} />}
      <StateChips
        label={t('billing.platform.column.state')}
        states={depositFilters}
        chosen={state}
        onChoose={onState}
        word={(one) => (one ? t(`billing.platform.state.${one}`) : t('billing.platform.filter.all'))}
      >
        <span className="ml-2 text-13 text-ink-muted tabular-nums">
          {list.total !== undefined &&
            t('billing.platform.count', { count: list.total, shown: formats.integer(list.total) })}
        </span>
      </StateChips>
      <DataTable
        id="deposits"
        label={t('billing.platform.deposits')}
        columns={columnsFor(t)}
        rows={list.rows}
        rowId={(row: DepositRow) => row.id}
        rowLabel={(row) => `${row.invoice.number}, ${row.client.name}`}
        rowTo={(row) => invoiceTo(row.invoice.id)}
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        empty={
          <EmptyState icon={FileCheck2} title={t('billing.platform.empty')}>
            <p>{t('billing.platform.empty.help')}</p>
          </EmptyState>
        }
      />
    </div>
  )
}

type WaitingProps = {
  standing: { connected: boolean; sandbox: boolean; toDeposit: number; obligatoryFrom: string }
}

/** What is still to be handed over, and since when the law does not leave the choice. */
function Waiting({ standing: { connected, sandbox, toDeposit, obligatoryFrom } }: WaitingProps) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const hand = useEndpoint(depositWaiting, {
    onSuccess: ({ queued }) =>
      notify.done({
        title: t('billing.platform.queued', { count: queued, shown: formats.integer(queued) }),
      }),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card border border-line bg-surface px-4 py-3 text-13">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {connected
            ? t('billing.platform.to-deposit', { count: toDeposit, shown: formats.integer(toDeposit) })
            : t('billing.platform.not-connected')}
          {sandbox && <Badge tone="neutral">{t('billing.platform.sandbox')}</Badge>}
        </p>
        <p className="text-12 text-ink-muted">
          {connected
            ? t('billing.platform.obligatory', { day: formats.day(obligatoryFrom) })
            : t('billing.platform.not-connected.help')}
          {sandbox && ` ${t('billing.platform.sandbox.help')}`}
        </p>
      </div>
      {connected && toDeposit > 0 && may('invoices.issue') && (
        <Button variant="primary" icon={Send} loading={hand.isPending} onClick={() => hand.mutate({})}>
          {t('billing.platform.deposit-all')}
        </Button>
      )}
    </div>
  )
}

const columnsFor = (t: Translate): Column<DepositRow>[] => [
  {
    id: 'number',
    header: t('billing.platform.column.invoice'),
    width: 150,
    cell: (row) => <span className="font-medium tabular-nums">{row.invoice.number}</span>,
  },
  {
    id: 'client',
    header: t('billing.platform.column.client'),
    width: 180,
    grow: true,
    cell: (row) => row.client.name,
  },
  {
    id: 'state',
    header: t('billing.platform.column.state'),
    width: 120,
    card: 'aside',
    cell: (row) => <DepositBadge state={row.state} isOver={endedBadly(row.status)} />,
  },
  {
    id: 'status',
    header: t('billing.platform.column.status'),
    width: 190,
    cell: ({ status }) =>
      status === null ? (
        '—'
      ) : endedBadly(status) ? (
        <Badge tone="danger">{statusWord(status, t)}</Badge>
      ) : (
        statusWord(status, t)
      ),
  },
  {
    id: 'at',
    header: t('billing.platform.column.at'),
    width: 150,
    importance: 2,
    cell: (row) => <DateText value={row.depositedAt ?? row.createdAt} show="dayTime" />,
  },
  {
    id: 'amount',
    header: t('billing.platform.column.amount'),
    width: 112,
    align: 'end',
    cell: (row) => <Money cents={row.invoice.inclCents} />,
  },
]
