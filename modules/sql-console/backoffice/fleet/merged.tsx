/** Rows of all practices in one table, its first column says whose each is. */
import { useMemo } from 'react'
import { listSqlFleetRows, type SqlFleet, type StatementReport } from '#contract/sql-console'
import { Card } from '#platform/ui/card.tsx'
import { usePages } from '#platform/ui/data.ts'
import { LoadMore } from '#platform/ui/load-more.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { StatementResult } from '../results/statement-result.tsx'

export function Merged({ fleet }: { fleet: SqlFleet }) {
  const t = useMessages()
  const { id, text, mode, endedAt } = fleet
  const took = tookOf(fleet)
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
      took,
    }),
    [practice, first, rows, total, took],
  )
  const gives = first && first.columns.length > 0
  // What only changes something has nothing to lay side by side.
  if (mode === 'simulate' && !error && !gives) return null
  return (
    <Card title={t('sql.fleet.rows')}>
      {error ? (
        <ErrorState error={error} onRetry={retry} />
      ) : gives ? (
        <>
          <StatementResult statement={statement} text={text} />
          <LoadMore more={more} shown={statement.rows.length} />
        </>
      ) : (
        <p className="text-13 text-ink-muted">
          {t(endedAt !== null ? 'sql.fleet.no-rows.over' : 'sql.fleet.no-rows')}
        </p>
      )}
    </Card>
  )
}

/** From the first to the last of them; until then, as long as the longest took. */
function tookOf({ startedAt, askedAt, endedAt, practices }: SqlFleet): number {
  if (endedAt !== null) return Date.parse(endedAt) - Date.parse(startedAt ?? askedAt)
  return Math.max(0, ...practices.map(({ took }) => took ?? 0))
}
