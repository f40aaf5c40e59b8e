import { ArrowRight, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { Report } from '#contract/sql-console'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { cx } from '#platform/ui/cx.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { MaskedSign } from '../results/masked-sign.tsx'
import { UnmaskedSign } from '../unmasking/unmasked-sign.tsx'
import { Value } from '../results/value.tsx'
import {
  type ChangedCell,
  type ChangedRow,
  type ChangedTable,
  changedTables,
  type SameCell,
} from './changed-rows.ts'

/** As many at first, and as many more each time. */
const page = 25

/** Of a table that goes with all its rows, a few say what they were. */
const fewGone = 5
const goesWhole = ({ statements, atCommit }: Report, table: string) =>
  [...statements, atCommit].some(({ effects }) => effects[table]?.dropped || effects[table]?.truncated)

type ChangesProps = {
  report: Report
  title: 'sql.changes' | 'sql.changes.done' | 'sql.changes.undone'
}

/** Row by row, what would be otherwise than before. */
export function Changes({ report, title }: ChangesProps) {
  const t = useMessages()
  const formats = useFormats()
  const { tables, shown, of } = changedTables(report)
  if (of === 0) return null
  return (
    <Card
      title={t(title)}
      actions={
        <span className="text-12 text-ink-muted tabular-nums">
          {shown < of
            ? t('sql.changes.capped', { shown: formats.integer(shown), of: formats.integer(of) })
            : t('sql.changes.count', { count: of, shown: formats.integer(of) })}
        </span>
      }
      flush
    >
      {shown < of && <p className="px-4 pb-3 text-12 text-ink-muted">{t('sql.changes.capped.help')}</p>}
      {tables.map((table) => (
        <OneTable key={table.table} table={table} most={goesWhole(report, table.table) ? fewGone : page} />
      ))}
    </Card>
  )
}

export function OneTable({ table: { table, rows }, most }: { table: ChangedTable; most?: number }) {
  return (
    <div className="border-t border-line">
      <h3 className="bg-sunken px-4 py-1.5 font-mono text-12 font-medium">{table}</h3>
      <ChangedRows rows={rows} first={most} />
    </div>
  )
}

export function ChangedRows({
  rows,
  first = page,
}: {
  rows: readonly ChangedRow[]
  first?: number | undefined
}) {
  const t = useMessages()
  const [most, setMost] = useState(first)
  return (
    <>
      <ul>
        {rows.slice(0, most).map((row, index) => (
          <li key={index} className="border-t border-line first:border-t-0">
            <OneRow row={row} />
          </li>
        ))}
      </ul>
      {rows.length > most && (
        <div className="border-t border-line p-2 text-center">
          <Button size="small" variant="ghost" onClick={() => setMost(most + page)}>
            {t('sql.changes.more', { count: Math.min(page, rows.length - most) })}
          </Button>
        </div>
      )}
    </>
  )
}

const kinds = {
  inserted: 'bg-success-soft text-success-ink',
  updated: 'bg-info-soft text-info-ink',
  deleted: 'bg-danger-soft text-danger-ink',
}

/** Of a row that came or went, the first few columns say enough until it is opened. */
const fewCells = 4

function OneRow({ row }: { row: ChangedRow }) {
  const t = useMessages()
  const [open, setOpen] = useState(false)
  const cells = open || row.kind === 'updated' ? row.cells : row.cells.slice(0, fewCells)
  const hasMore = row.same.length > 0 || row.cells.length > fewCells
  return (
    <div className="flex items-start gap-2 px-2 py-1.5 sm:px-3">
      <button
        type="button"
        aria-expanded={open}
        aria-label={t(open ? 'sql.changes.less' : 'sql.changes.whole', { name: row.name })}
        disabled={!hasMore}
        onClick={() => setOpen(!open)}
        className="flex size-6 shrink-0 items-center justify-center rounded-small text-ink-muted hover:bg-hover disabled:invisible touch:size-9"
      >
        <ChevronRight aria-hidden size={14} className={cx(open && 'rotate-90')} />
      </button>
      <div className="min-w-0 flex-1">
        <p className="flex min-h-6 flex-wrap items-center gap-x-2 text-12">
          <span className={cx('rounded-full px-2 font-medium', kinds[row.kind])}>
            {t(`sql.changes.${row.kind}`)}
          </span>
          <code className="min-w-0 truncate font-mono text-ink-muted" title={row.name}>
            {row.name}
          </code>
        </p>
        {row.cells.length === 0 && <p className="text-12 text-ink-muted italic">{t('sql.changes.none')}</p>}
        <dl className="mt-1 flex flex-col gap-1 text-13">
          {cells.map((cell) => (
            <Cell key={cell.column} cell={cell} kind={row.kind} />
          ))}
          {open && row.same.map((cell) => <Same key={cell.column} cell={cell} />)}
        </dl>
      </div>
    </div>
  )
}

const line = 'grid gap-x-3 sm:grid-cols-[12rem_minmax(0,1fr)]'

type NamedCell = Pick<SameCell, 'column' | 'masked' | 'unmasked' | 'isCut'>

function Name({ cell: { column, masked, unmasked, isCut } }: { cell: NamedCell }) {
  const t = useMessages()
  return (
    <dt className="flex min-w-0 items-center gap-1 font-mono text-12 leading-5 text-ink-muted">
      {masked && <MaskedSign of={masked} />}
      {unmasked && <UnmaskedSign of={unmasked} />}
      <span className="truncate" title={column}>
        {column}
      </span>
      {isCut && <span className="shrink-0 font-sans italic">{t('sql.changes.cut')}</span>}
    </dt>
  )
}

function Same({ cell }: { cell: SameCell }) {
  return (
    <div className={cx(line, 'text-ink-muted')}>
      <Name cell={cell} />
      <dd className="min-w-0 wrap-anywhere">
        <Value value={cell.value} />
      </dd>
    </div>
  )
}

function Cell({ cell, kind }: { cell: ChangedCell; kind: ChangedRow['kind'] }) {
  const t = useMessages()
  const { before, after, masked } = cell
  return (
    <div className={line}>
      <Name cell={cell} />
      <dd className="flex min-w-0 flex-wrap items-baseline gap-x-2 gap-y-0.5 wrap-anywhere">
        {kind !== 'updated' ? (
          <Value value={kind === 'inserted' ? after : before} />
        ) : masked ? (
          <span className="text-ink-muted italic">{t('sql.changes.masked')}</span>
        ) : (
          <>
            <del className="min-w-0 rounded-small bg-danger-soft px-1 text-danger-ink">
              <span className="sr-only">{t('sql.changes.before')} </span>
              <Value value={before} />
            </del>
            <ArrowRight aria-hidden size={12} className="shrink-0 self-center text-ink-muted" />
            <ins className="min-w-0 rounded-small bg-success-soft px-1 text-success-ink no-underline">
              <span className="sr-only">{t('sql.changes.after')} </span>
              <Value value={after} />
            </ins>
          </>
        )}
      </dd>
    </div>
  )
}
