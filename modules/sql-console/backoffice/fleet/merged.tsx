/** Rows of all practices in one table, its first column says whose each is. */
import { useMemo } from 'react'
import { listSqlFleetRows, type StatementReport } from '#contract/sql-console'
import { usePages } from '#platform/ui/data.ts'
import { LoadMore } from '#platform/ui/load-more.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { StatementResult } from '../results/statement-result.tsx'

type MergedProps = { id: string; text: string; isOver: boolean }

export function Merged({ id, text, isOver }: MergedProps) {
  const t = useMessages()
  const { rows, first, total, error, retry, more } = usePages(listSqlFleetRows, {
    params: { id },
    query: { limit: 200 },
  })
  const practice = t('sql.fleet.practice')
  const statement = useMemo(
    (): StatementReport => ({
      from: 0,
      to: 0,
      command: 'SELECT',
      columns: [{ name: practice, type: 'text', masked: null }, ...(first?.columns ?? [])],
      rows: (rows ?? []).map((row) => [row.practice, ...row.values]),
      rowCount: total ?? 0,
      effects: {},
      changes: [],
      moreChanges: 0,
      plan: null,
      buffers: { hit: 0, read: 0 },
      took: 0,
    }),
    [practice, first, rows, total],
  )
  if (error) return <ErrorState error={error} onRetry={retry} />
  if (!first || first.columns.length === 0)
    return (
      <p className="text-13 text-ink-muted">{t(isOver ? 'sql.fleet.no-rows.over' : 'sql.fleet.no-rows')}</p>
    )
  return (
    <>
      <StatementResult statement={statement} text={text} />
      <LoadMore more={more} shown={statement.rows.length} />
    </>
  )
}
