import type { SqlRequest } from '#contract/sql-console'
import type { Column } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { type Formats, MISSING } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { verdictInWords } from '../report/verdict-words.ts'
import { EnvironmentBadge, RequestBadge, TargetName } from '../sql-words.tsx'

export function requestColumns(t: Translate, formats: Formats): Column<SqlRequest>[] {
  return [
    {
      id: 'reason',
      header: t('sql.reason'),
      width: 280,
      grow: true,
      cell: ({ reason, run, undoes }) => (
        <span className="block min-w-0 leading-tight">
          <span className="block truncate font-medium">
            {undoes ? t('sql.request.undo.of', { reason }) : reason}
          </span>
          {run.text === '' ? (
            <span className="block text-12 text-ink-muted italic">{t('sql.text.gone')}</span>
          ) : (
            <code className="block truncate font-mono text-12 text-ink-muted">{run.text}</code>
          )}
        </span>
      ),
    },
    {
      id: 'state',
      header: t('sql.request.state'),
      width: 140,
      card: 'aside',
      cell: ({ state }) => <RequestBadge state={state} />,
    },
    {
      id: 'target',
      header: t('sql.target'),
      width: 200,
      importance: 2,
      cell: ({ run }) => (
        <span className="inline-flex max-w-full min-w-0 flex-wrap items-center gap-x-2 leading-tight">
          <TargetName target={run.target} />
          <EnvironmentBadge environment={run.target.environment} />
        </span>
      ),
    },
    {
      id: 'effects',
      header: t('sql.effects'),
      width: 240,
      importance: 3,
      cell: ({ run, state }) => {
        // What it would have done is nothing that was done.
        if (state === 'failed') return <span className="text-ink-muted">{t('sql.effects.not-kept')}</span>
        const told = verdictInWords(run.effects, t, formats) || MISSING
        return (
          <span className="line-clamp-2 leading-tight whitespace-normal" title={told}>
            {told}
          </span>
        )
      },
    },
    {
      id: 'by',
      header: t('sql.request.by'),
      width: 150,
      importance: 2,
      cell: ({ by }) => by.name,
    },
    {
      id: 'askedAt',
      header: t('sql.request.asked'),
      width: 230,
      importance: 4,
      cell: ({ askedAt }) => <DateText value={askedAt} show="both" />,
    },
  ]
}
