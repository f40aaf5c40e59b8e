import type { SqlQueryLine } from '#contract/sql-console'
import type { Column } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import type { Translate } from '#platform/ui/messages.tsx'
import { QueryBadge, QueryTargetName, reachInWords } from './query-words.tsx'

/** @param me whose own are said to be so */
export function queryColumns(t: Translate, me: string): Column<SqlQueryLine>[] {
  return [
    {
      id: 'name',
      header: t('sql.saved.name'),
      width: 280,
      grow: true,
      cell: ({ name, description }) => (
        <span className="block min-w-0 leading-tight">
          <span className="block truncate font-medium">{name}</span>
          <span className="block truncate text-12 text-ink-muted">{description}</span>
        </span>
      ),
    },
    {
      id: 'state',
      header: t('sql.saved.does'),
      width: 130,
      card: 'aside',
      cell: ({ state }) => <QueryBadge state={state} />,
    },
    {
      id: 'target',
      header: t('sql.saved.target'),
      width: 190,
      importance: 3,
      cell: ({ target }) => <QueryTargetName target={target} />,
    },
    {
      id: 'reach',
      header: t('sql.saved.who'),
      width: 200,
      importance: 2,
      cell: (row) => <span className="block truncate">{reachInWords(row, me, t)}</span>,
    },
    {
      id: 'updated',
      header: t('sql.saved.changed'),
      width: 250,
      importance: 2,
      cell: ({ updatedAt, updatedBy }) => (
        <span className="block min-w-0 leading-tight">
          <DateText value={updatedAt} show="both" />
          <span className="block truncate text-12 text-ink-muted">{updatedBy.name}</span>
        </span>
      ),
    },
  ]
}
