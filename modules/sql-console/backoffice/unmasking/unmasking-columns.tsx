import type { SqlUnmasking } from '#contract/sql-console'
import { Badge } from '#platform/ui/badge.tsx'
import type { Column } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import type { Formats } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { EnvironmentBadge, TargetName } from '../sql-words.tsx'
import { classesInWords, standingInWords } from './unmasking-words.ts'

export function unmaskingColumns(t: Translate, formats: Formats): Column<SqlUnmasking>[] {
  return [
    {
      id: 'by',
      header: t('sql.unmasking.by'),
      width: 260,
      grow: true,
      cell: ({ by, reason, ticket }) => (
        <span className="block min-w-0 leading-tight">
          <span className="block truncate font-medium">{by.name}</span>
          <span className="block truncate text-12 text-ink-muted" title={reason}>
            #{ticket.number} · {reason}
          </span>
        </span>
      ),
    },
    {
      id: 'state',
      header: t('sql.unmasking.state'),
      width: 190,
      card: 'aside',
      cell: (row) => <Badge tone={row.isOpen ? 'warning' : 'neutral'}>{standingInWords(row, t)}</Badge>,
    },
    {
      id: 'classes',
      header: t('sql.unmask.classes'),
      width: 210,
      importance: 2,
      cell: ({ classes }) => classesInWords(classes, t),
    },
    {
      id: 'target',
      header: t('sql.target'),
      width: 210,
      importance: 2,
      cell: ({ target }) => (
        <span className="inline-flex max-w-full min-w-0 flex-wrap items-center gap-x-2 leading-tight">
          <TargetName target={target} />
          <EnvironmentBadge environment={target.environment} />
        </span>
      ),
    },
    {
      id: 'openedAt',
      header: t('sql.unmasking.opened'),
      width: 230,
      importance: 3,
      cell: ({ openedAt }) => <DateText value={openedAt} show="both" />,
    },
    {
      id: 'minutes',
      header: t('sql.unmask.minutes'),
      width: 110,
      importance: 4,
      cell: ({ minutes }) => t('sql.unmask.minutes.n', { count: minutes }),
    },
    {
      id: 'runs',
      header: t('sql.unmasking.runs'),
      width: 130,
      align: 'end',
      importance: 4,
      cell: ({ runs }) => formats.integer(runs),
    },
  ]
}
