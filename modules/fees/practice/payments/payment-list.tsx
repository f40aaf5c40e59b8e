import { Download, HandCoins, Undo2, UserRound } from 'lucide-react'
import { useState } from 'react'
import { exportPayments, listPayments, type Payment } from '#contract/fees'
import { buttonClass } from '#platform/ui/button.tsx'
import { hrefOf } from '#platform/ui/call.ts'
import { usePages } from '#platform/ui/data.ts'
import { DataTable, type RowAction } from '#platform/ui/data-table.tsx'
import { Figures } from '#platform/ui/figures.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { feesTo } from '../addresses.ts'
import type { ListProps } from '../dues/due-list.tsx'
import { sharedFilters } from '../fees-state.ts'
import { Filters, isFiltered } from '../filters.tsx'
import { RefundDialog } from '../paying/refund-dialog.tsx'
import { useUndoPayment } from '../paying/use-undo-payment.ts'
import { SumLine } from '../sum-line.tsx'
import { paymentColumns } from './payment-columns.tsx'

/** What came in, by the day it was received, and what went back. */
export function PaymentList({ state, change }: ListProps) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const undo = useUndoPayment()
  const [refunding, setRefunding] = useState<Payment | null>(null)
  const filter = { ...sharedFilters(state), method: state.method }
  const list = usePages(listPayments, { query: filter })
  const { sums, today } = list.first ?? {}
  const actionsOf = (payment: Payment): RowAction[] => [
    ...(may('fees.manage') && payment.canUndo
      ? [
          {
            label: t('fees.payment.undo'),
            icon: Undo2,
            onSelect: () => undo.mutate({ params: { id: payment.id } }),
          },
        ]
      : []),
    ...(may('fees.manage') && payment.cents > payment.refundedCents && payment.refundOf === null
      ? [{ label: t('fees.payment.give-back'), icon: HandCoins, onSelect: () => setRefunding(payment) }]
      : []),
    ...(may('patients.read')
      ? [{ label: t('fees.due.patient'), icon: UserRound, to: `/patients/${payment.patient.id}` }]
      : []),
  ]
  return (
    <>
      <SumLine
        label={t('fees.sums')}
        sum={sums && t('fees.sums.total', { amount: formats.money(sums.totalCents) })}
        count={sums && t('fees.payments.count', { lines: list.total ?? 0 })}
      />
      {sums && sums.methods.length > 1 && (
        <div className="mb-3">
          <Figures
            label={t('fees.column.method')}
            figures={sums.methods.map(({ method, cents }) => ({
              label: t(`fees.method.${method}`),
              value: formats.money(cents),
              to: feesTo({ tab: 'payments', ...filter, method }),
            }))}
          />
        </div>
      )}
      <DataTable
        id="payments"
        label={t('fees.tab.payments')}
        columns={paymentColumns(t, list.rows ?? [])}
        lines={2}
        rows={list.rows}
        rowId={(payment) => payment.id}
        rowLabel={(payment) =>
          t('fees.payment.name', { amount: formats.money(payment.cents), patient: payment.patient.name })
        }
        rowActions={actionsOf}
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        toolbar={
          <Filters state={state} change={change} today={today} methods>
            <a
              href={hrefOf(exportPayments, { query: filter })}
              download
              className={buttonClass({ variant: 'ghost' })}
            >
              <Download aria-hidden size={16} className="-ml-0.5" />
              {t('fees.export')}
            </a>
          </Filters>
        }
        empty={
          <EmptyState
            icon={HandCoins}
            title={t(isFiltered(state) ? 'fees.payments.none.filtered' : 'fees.payments.none')}
          >
            <p>{t('fees.payments.none.help')}</p>
          </EmptyState>
        }
      />
      <RefundDialog payment={refunding} onClose={() => setRefunding(null)} />
    </>
  )
}
