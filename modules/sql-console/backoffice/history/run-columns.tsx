import type { SqlRunLine } from '#contract/sql-console'
import type { Column } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { type Formats, MISSING } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { verdictInWords } from '../report/verdict-words.ts'
import { RunBadge, TargetName, tookInWords } from '../sql-words.tsx'

/** Only the beginning of a long one is told. */
const isWayBack = (text: string) =>
  text.split('\n').every((line, at) => /^-- (DELETE|UPDATE|INSERT) .+: \d+$/.test(line) || at > 9)

export function runColumns(t: Translate, formats: Formats): Column<SqlRunLine>[] {
  return [
    {
      id: 'text',
      header: t('sql.text'),
      width: 300,
      grow: true,
      cell: ({ mode, text }) =>
        // The script of a way back holds rows; what stands for it says how many of which table.
        mode === 'undo' || isWayBack(text) ? (
          <span className="block truncate">
            {t('sql.history.undo')}{' '}
            <code className="font-mono text-12 text-ink-muted">{text.replaceAll(/^-- /gm, '')}</code>
          </span>
        ) : text === '' ? (
          <span className="text-ink-muted italic">{t('sql.text.gone')}</span>
        ) : (
          <code className="block truncate font-mono text-12">{text}</code>
        ),
    },
    {
      id: 'status',
      header: t('sql.status'),
      width: 120,
      card: 'aside',
      cell: (run) => <RunBadge run={run} />,
    },
    {
      id: 'mode',
      header: t('sql.mode'),
      width: 110,
      importance: 4,
      cell: ({ mode }) => t(`sql.mode.${mode}`),
    },
    {
      id: 'target',
      header: t('sql.target'),
      width: 190,
      importance: 2,
      cell: ({ target }) => <TargetName target={target} />,
    },
    {
      id: 'effects',
      header: t('sql.history.gave'),
      width: 220,
      importance: 3,
      cell: ({ status, effects, rowCount }) => {
        // Of what failed nothing is left, whatever it did before it failed.
        const isDone = status === 'simulated' || status === 'executed'
        const told = isDone ? verdictInWords(effects, t, formats) : ''
        const rows =
          rowCount === null || !isDone
            ? ''
            : t('sql.rows', { count: rowCount, shown: formats.integer(rowCount) })
        return (
          <span className="block truncate" title={told || rows}>
            {told || rows || MISSING}
          </span>
        )
      },
    },
    {
      id: 'took',
      header: t('sql.history.took'),
      width: 90,
      align: 'end',
      importance: 5,
      cell: ({ took }) => tookInWords(took, t, formats),
    },
    {
      id: 'startedAt',
      header: t('sql.history.when'),
      width: 230,
      importance: 2,
      cell: ({ startedAt }) => <DateText value={startedAt} show="both" />,
    },
  ]
}
