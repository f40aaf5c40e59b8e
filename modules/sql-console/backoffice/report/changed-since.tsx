/** What a way back leaves alone: which rows somebody changed since, in which columns, and no value that is masked. */
import type { Report } from '#contract/sql-console'
import { Card } from '#platform/ui/card.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { sinceRow } from './changed-rows.ts'
import { OneTable } from './changes.tsx'

export function ChangedSince({ since }: { since: NonNullable<Report['since']> }) {
  const t = useMessages()
  const formats = useFormats()
  const { rows, more, others } = since
  return (
    <Card title={t('sql.since')} flush>
      {[...Map.groupBy(rows, ({ table }) => table)].map(([table, changes]) => (
        <OneTable key={table} table={{ table, rows: changes.map(sinceRow) }} />
      ))}
      {more > 0 && (
        <p className="border-t border-line px-4 py-2 text-13 text-ink-muted">
          {t('sql.since.more', { count: more, shown: formats.integer(more) })}
        </p>
      )}
      {others.map(({ table, rows: count }) => (
        <p key={table} className="border-t border-line px-4 py-2 text-13">
          {t('sql.since.others', { count, shown: formats.integer(count), table })}
        </p>
      ))}
    </Card>
  )
}
