import { Copy, EyeOff } from 'lucide-react'
import { useMemo, useState } from 'react'
import { mostRowsShown, type StatementReport } from '#contract/sql-console'
import { Button } from '#platform/ui/button.tsx'
import { useNarrow } from '#platform/ui/media.ts'
import { Menu } from '#platform/ui/menu.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { ExportMenu } from '../exports/export-menu.tsx'
import { ExportStands } from '../exports/export-stands.tsx'
import { changesSomething } from '../report/verdict.ts'
import { tookInWords } from '../sql-words.tsx'
import { CellSheet } from './cell-sheet.tsx'
import { copy, saveCsv, tsv } from './copying.ts'
import type { Place } from './grid-row.tsx'
import { type GridSort, nextOrder, ordered } from './ordering.ts'
import { planInRows, planTree } from './plan.ts'
import { PlanShown } from './plan-shown.tsx'
import { ResultCards } from './result-cards.tsx'
import { headRow, ResultGrid } from './result-grid.tsx'

type Shown = 'rows' | 'plan'

type StatementResultProps = {
  statement: StatementReport
  text: string
  /** Of a finished read: what it gave may be had whole, and more of it be shown. */
  read?: { runId: string; statement: number; onMore: (() => void) | undefined } | undefined
}

/** What one statement gave: its rows, its plan where it has one, and how long it took. */
export function StatementResult({ statement, text, read }: StatementResultProps) {
  const t = useMessages()
  const formats = useFormats()
  const narrow = useNarrow()
  const { columns, rows, command } = statement
  const [sort, setSort] = useState<GridSort>()
  const [active, setActive] = useState<Place>({ row: 0, column: 0 })
  const [opened, setOpened] = useState<Place | null>(null)
  const explained = useMemo(() => planInRows(command, rows), [command, rows])
  const plan = useMemo(
    () => explained ?? (statement.plan ? planTree(statement.plan) : undefined),
    [explained, statement.plan],
  )
  const [shown, setShown] = useState<Shown>(explained ? 'plan' : 'rows')
  const order = useMemo(
    () => sort && ordered(rows, columns[sort.column]?.type ?? 'text', sort),
    [rows, columns, sort],
  )
  const rowAt = (row: number) => rows[order?.[row] ?? row] ?? []
  const activeRow = () => (active.row === headRow ? columns.map(({ name }) => name) : rowAt(active.row))
  const inOrder = () => rows.map((_, index) => rowAt(index))
  const told = (copied: Promise<void>, title: string) =>
    copied.then(
      () => notify.done({ title }),
      () => notify.failed({ title: t('sql.copy.failed') }),
    )
  const copyPart = (what: 'cell' | 'row') =>
    void told(
      copy(what === 'cell' ? (activeRow()[active.column] ?? '') : tsv([activeRow()])),
      t(`sql.copy.${what}.done`),
    )
  const isUndone = statement.takesEffect === false && changesSomething(statement.effects)
  const names = columns.map(({ name }) => name)
  // What is shown for a while goes nowhere as a whole.
  const isUnmasked = columns.some((column) => column.unmasked !== undefined)
  if (columns.length === 0 && !plan)
    return (
      <p className="text-13 text-ink-muted">
        {t('sql.result.none', { command, took: tookInWords(statement.took, t, formats) })}
        {isUndone && <> · {t('sql.result.undone')}</>}
      </p>
    )
  const openedColumn = opened && columns[opened.column]
  return (
    <div className="min-w-0">
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <output className="text-13 text-ink-muted tabular-nums">
          {countInWords(statement, t, formats)} ·{' '}
          <span title={buffersInWords(statement, t, formats)}>{tookInWords(statement.took, t, formats)}</span>
          {isUndone && <> · {t('sql.result.undone')}</>}
          {sort && rows.length !== statement.rowCount && (
            <span className="text-warning-ink">
              {' '}
              · {t('sql.sort.shown', { count: rows.length, shown: formats.integer(rows.length) })}
            </span>
          )}
        </output>
        {read?.onMore && isCapped(statement) && (
          <Button size="small" variant="ghost" onClick={read.onMore}>
            {t('sql.rows.more', { most: formats.integer(mostRowsShown) })}
          </Button>
        )}
        <div className="ml-auto flex flex-wrap items-center gap-1">
          {plan && columns.length > 0 && (
            <Button size="small" variant="ghost" onClick={() => setShown(shown === 'plan' ? 'rows' : 'plan')}>
              {t(shown === 'plan' ? 'sql.result.rows' : 'sql.result.plan')}
            </Button>
          )}
          {shown === 'rows' && rows.length > 0 && (
            <>
              <Menu
                align="end"
                trigger={
                  <Button size="small" variant="ghost" icon={Copy}>
                    {t('sql.copy')}
                  </Button>
                }
                items={[
                  { label: t('sql.copy.cell'), shortcut: 'mod+c', onSelect: () => copyPart('cell') },
                  { label: t('sql.copy.row'), shortcut: 'mod+shift+c', onSelect: () => copyPart('row') },
                  {
                    label: t('sql.copy.all', { count: rows.length, shown: formats.integer(rows.length) }),
                    disabled: isUnmasked,
                    onSelect: () => void told(copy(tsv([names, ...inOrder()])), t('sql.copy.all.done')),
                  },
                ]}
              />
              <ExportMenu
                of={read}
                shown={rows.length}
                onSaveShown={isUnmasked ? undefined : () => saveCsv(fileName(text), names, inOrder())}
              />
            </>
          )}
        </div>
      </div>
      {statement.tells && rows.length > 0 && (
        <p className="mb-2 flex items-start gap-1.5 text-12 text-ink-muted">
          <EyeOff aria-hidden size={14} className="mt-px shrink-0" />
          {t('sql.tells', { class: t(`sql.class.${statement.tells}`) })}
        </p>
      )}
      {read && <ExportStands of={read} />}
      {plan && (shown === 'plan' || columns.length === 0) ? (
        <PlanShown plan={plan} />
      ) : statement.tells && rows.length === 0 && statement.rowCount === null ? (
        <EmptyState icon={EyeOff} title={t('sql.rows.masked')}>
          <p>{t('sql.tells', { class: t(`sql.class.${statement.tells}`) })}</p>
        </EmptyState>
      ) : rows.length === 0 ? (
        <EmptyState title={t('sql.result.empty')}>
          <p>{t('sql.result.empty.help', { columns: names.join(', ') })}</p>
        </EmptyState>
      ) : narrow ? (
        <ResultCards
          label={t('sql.results')}
          columns={columns}
          rows={rows}
          order={order}
          onOpen={setOpened}
        />
      ) : (
        <ResultGrid
          label={t('sql.results')}
          columns={columns}
          rows={rows}
          order={order}
          sort={sort}
          onSort={(column) => setSort(nextOrder(sort, column))}
          active={active}
          onActive={setActive}
          onOpen={setOpened}
          onCopy={copyPart}
        />
      )}
      {opened && openedColumn && (
        <CellSheet
          column={openedColumn}
          value={rowAt(opened.row)[opened.column] ?? null}
          onClose={() => setOpened(null)}
        />
      )}
    </div>
  )
}

/** There are more, and more of them may be shown. */
const isCapped = ({ rows, rowCount }: StatementReport): boolean =>
  rows.length < mostRowsShown && (rowCount === null ? rows.length > 0 : rowCount > rows.length)

/** « 12 lignes », « 1 000 lignes montrées sur 100 000 », « les 1 000 premières lignes ». */
function countInWords(
  { rows, rowCount, cut }: StatementReport,
  t: ReturnType<typeof useMessages>,
  formats: ReturnType<typeof useFormats>,
): string {
  const shown = formats.integer(rows.length)
  if (rowCount === null && rows.length === 0) return t('sql.rows.masked')
  if (rowCount === null || rowCount > rows.length) {
    const part =
      rowCount === null
        ? t('sql.rows.first', { shown })
        : t('sql.rows.capped', { shown, of: formats.integer(rowCount) })
    return cut === 'bytes' ? t('sql.rows.long', { part }) : part
  }
  return t('sql.rows', { count: rowCount, shown })
}

/** What it cost the machine, for whoever hovers the time. */
const buffersInWords = (
  { buffers: { hit, read } }: StatementReport,
  t: ReturnType<typeof useMessages>,
  formats: ReturnType<typeof useFormats>,
): string => t('sql.buffers', { hit: formats.integer(hit), read: formats.integer(read) })

/** From the first table that is read, so that two files are told apart. */
function fileName(text: string): string {
  const [, table] = /\bfrom\s+"?([\w$]+)/i.exec(text) ?? []
  return `sql-${table ?? 'resultat'}`
}
