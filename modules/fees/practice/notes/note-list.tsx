import { FilePlus2, HandCoins, ReceiptText } from 'lucide-react'
import { type FeeNoteRow, feeNoteStates, listFeeNotes } from '#contract/fees'
import { Badge } from '#platform/ui/badge.tsx'
import { usePages } from '#platform/ui/data.ts'
import { type Column, DataTable, type RowAction } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { ButtonLink } from '#platform/ui/link.tsx'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { newNoteTo, noteTo } from '../addresses.ts'
import type { ListProps } from '../dues/due-list.tsx'
import { noteTones } from '../fee-words.ts'
import { noteStateOf, sharedFilters } from '../fees-state.ts'
import { Filters, isFiltered } from '../filters.tsx'
import { SumLine } from '../sum-line.tsx'

/** Fee notes, the latest number first; one opens beside the list. */
export function NoteList({ state, change, onPay }: ListProps) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const list = usePages(listFeeNotes, { query: { ...sharedFilters(state), state: noteStateOf(state) } })
  const { sums, today } = list.first ?? {}
  const actionsOf = (note: FeeNoteRow): RowAction[] =>
    may('fees.manage') && note.leftCents > 0
      ? [
          {
            label: t('fees.pay'),
            icon: HandCoins,
            quick: true,
            onSelect: () => onPay({ patient: note.patient }),
          },
        ]
      : []
  return (
    <>
      <SumLine
        label={t('fees.sums')}
        sum={
          sums &&
          t('fees.sums.notes', {
            amount: formats.money(sums.totalCents),
            left: formats.money(sums.leftCents),
          })
        }
        count={sums && t('fees.notes.count', { lines: list.total ?? 0 })}
      />
      <DataTable
        id="fee-notes"
        label={t('fees.tab.notes')}
        columns={columns(t)}
        lines={2}
        rows={list.rows}
        rowId={(note) => note.id}
        rowLabel={(note) => note.number}
        rowTo={(note) => noteTo(note.id)}
        rowActions={actionsOf}
        isCurrent={(note) => note.id === state.note}
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        toolbar={
          <Filters
            state={state}
            change={change}
            today={today}
            states={{
              options: feeNoteStates.map((value) => ({ value, label: t(`fees.note.state.${value}`) })),
            }}
          />
        }
        empty={
          isFiltered(state) ? (
            <EmptyState icon={ReceiptText} title={t('fees.notes.none.filtered')} />
          ) : (
            <EmptyState
              icon={ReceiptText}
              title={t('fees.notes.none')}
              action={
                may('fees.manage') && (
                  <ButtonLink to={newNoteTo()} icon={FilePlus2}>
                    {t('fees.note.new')}
                  </ButtonLink>
                )
              }
            >
              <p>{t('fees.notes.none.help')}</p>
            </EmptyState>
          )
        }
      />
    </>
  )
}

const columns = (t: Translate): Column<FeeNoteRow>[] => [
  {
    id: 'number',
    header: t('fees.column.number'),
    width: 200,
    grow: true,
    cell: (note) => (
      <span className="block min-w-0">
        <span className="block truncate font-medium tabular-nums">{note.number}</span>
        <span className="block truncate text-12 text-ink-muted">{note.patient.name}</span>
      </span>
    ),
  },
  {
    id: 'total',
    header: t('fees.column.total'),
    width: 110,
    align: 'end',
    card: 'aside',
    cell: (note) => (
      <span className={note.state === 'cancelled' ? 'text-ink-muted line-through' : 'font-medium'}>
        <Money cents={note.totalCents} />
      </span>
    ),
  },
  { id: 'on', header: t('fees.column.on'), width: 110, cell: (note) => <DateText value={note.issuedOn} /> },
  {
    id: 'state',
    header: t('fees.column.state'),
    width: 120,
    cell: (note) => <Badge tone={noteTones[note.state]}>{t(`fees.note.state.${note.state}`)}</Badge>,
  },
  {
    id: 'left',
    header: t('fees.column.left'),
    width: 110,
    align: 'end',
    importance: 3,
    cell: (note) => <Money cents={note.leftCents} />,
  },
  {
    id: 'practitioner',
    header: t('fees.column.practitioner'),
    width: 160,
    importance: 5,
    optional: true,
    cell: (note) => note.practitioner.name,
  },
]
