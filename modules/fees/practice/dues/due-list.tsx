import { FilePlus2, HandCoins, ReceiptText, Trash2, UserRound } from 'lucide-react'
import { useState } from 'react'
import { type Due, dueStates, listDues, removeExtraFee } from '#contract/fees'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint, usePages } from '#platform/ui/data.ts'
import { DataTable, type RowAction } from '#platform/ui/data-table.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { newNoteTo, noteTo } from '../addresses.ts'
import { dueStateOf, sharedFilters, type ChangeState, type FeesState } from '../fees-state.ts'
import { whatOf } from '../fee-words.ts'
import { Filters, isFiltered } from '../filters.tsx'
import type { Paying } from '../paying/pay-dialog.tsx'
import { SumLine } from '../sum-line.tsx'
import { dueColumns } from './due-columns.tsx'

export type ListProps = { state: FeesState; change: ChangeState; onPay: (paying: Paying) => void }

/** What is to be collected, the oldest first; what is expected, and what was paid, one filter away. */
export function DueList({ state, change, onPay }: ListProps) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const wanted = dueStateOf(state)
  const list = usePages(listDues, { query: { ...sharedFilters(state), state: wanted } })
  const remove = useEndpoint(removeExtraFee, {
    onSuccess: () => notify.done({ title: t('fees.extra.removed') }),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  const chosen = list.rows?.filter((due) => selected.has(due.id)) ?? []
  const [first] = chosen
  const ofOne = first && chosen.every((due) => due.patient.id === first.patient.id)
  const { sums, today } = list.first ?? {}
  const shown = wanted ?? 'owed'

  const actionsOf = (due: Due): RowAction[] => {
    const manages = may('fees.manage')
    return [
      ...(manages && due.leftCents > 0
        ? [
            {
              label: t('fees.pay'),
              icon: HandCoins,
              quick: true,
              onSelect: () => onPay({ patient: due.patient, dues: [due] }),
            },
          ]
        : []),
      ...(due.feeNote
        ? [
            {
              label: t('fees.note.title', { number: due.feeNote.number }),
              icon: ReceiptText,
              to: noteTo(due.feeNote.id),
            },
          ]
        : manages
          ? [{ label: t('fees.note.new'), icon: FilePlus2, to: newNoteTo(due.patient.id) }]
          : []),
      ...(may('patients.read')
        ? [{ label: t('fees.due.patient'), icon: UserRound, to: `/patients/${due.patient.id}` }]
        : []),
      ...(manages && due.kind === 'extra' && due.paidCents === 0 && !due.feeNote
        ? [
            {
              label: t('fees.extra.remove'),
              icon: Trash2,
              danger: true,
              onSelect: () => remove.mutate({ params: { id: due.id } }),
            },
          ]
        : []),
    ]
  }

  return (
    <>
      <SumLine
        label={t('fees.sums')}
        sum={
          sums &&
          (shown === 'any'
            ? t('fees.sums.any', {
                amount: formats.money(sums.dueCents),
                paid: formats.money(sums.paidCents),
              })
            : t(`fees.sums.${shown === 'owed' ? 'left' : shown}`, {
                amount: formats.money(shown === 'paid' ? sums.paidCents : sums.leftCents),
              }))
        }
        count={sums && t('fees.dues.count', { lines: list.total ?? 0, patients: sums.patients })}
      />
      <DataTable
        id="dues"
        label={t('fees.tab.dues')}
        columns={dueColumns(t, formats)}
        lines={2}
        rows={list.rows}
        rowId={(due) => due.id}
        rowLabel={(due) => `${due.patient.name}, ${whatOf(t, due)}`}
        rowActions={actionsOf}
        selected={may('fees.manage') && shown !== 'paid' ? selected : undefined}
        onSelect={may('fees.manage') && shown !== 'paid' ? setSelected : undefined}
        bulk={
          <Button
            variant="primary"
            icon={HandCoins}
            disabled={!ofOne}
            title={ofOne ? undefined : t('fees.dues.one-patient')}
            onClick={() => first && onPay({ patient: first.patient, dues: chosen })}
          >
            {t('fees.pay')}
          </Button>
        }
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        toolbar={
          <Filters
            state={state}
            change={change}
            today={today}
            states={{ options: dueStates.map((value) => ({ value, label: t(`fees.due.${value}`) })) }}
          />
        }
        empty={
          isFiltered(state) ? (
            <EmptyState icon={HandCoins} title={t('fees.dues.none.filtered')} />
          ) : (
            <EmptyState icon={HandCoins} title={t('fees.dues.none')}>
              <p>{t('fees.dues.none.help')}</p>
            </EmptyState>
          )
        }
      />
    </>
  )
}
