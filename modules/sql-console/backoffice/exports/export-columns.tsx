import type { SqlExport } from '#contract/sql-console'
import { Badge } from '#platform/ui/badge.tsx'
import type { Column } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { type Formats, MISSING } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { TargetName } from '../sql-words.tsx'
import { DownloadLink } from './export-stands.tsx'
import { contentInWords, exportTones, lacksInWords, whyInWords } from './export-words.ts'

export function exportColumns(t: Translate, formats: Formats): Column<SqlExport>[] {
  const told = (one: SqlExport) =>
    one.state === 'failed' ? [whyInWords(one.code ?? '', t)] : lacksInWords(one, t, formats)
  return [
    {
      id: 'text',
      header: t('sql.text'),
      width: 280,
      grow: true,
      cell: ({ text }) => <code className="block truncate font-mono text-12">{text || MISSING}</code>,
    },
    {
      id: 'state',
      header: t('sql.status'),
      width: 150,
      card: 'aside',
      cell: (one) =>
        one.state === 'made' ? (
          <DownloadLink id={one.id} />
        ) : (
          <Badge tone={exportTones[one.state]}>{t(`sql.export.state.${one.state}`)}</Badge>
        ),
    },
    {
      id: 'content',
      header: t('sql.export.size'),
      width: 240,
      importance: 2,
      cell: (one) => {
        const [lack] = told(one)
        return (
          <span className="block truncate tabular-nums" title={told(one).join(' ')}>
            {lack && one.state === 'failed' ? lack : contentInWords(one, t, formats)}
          </span>
        )
      },
    },
    {
      id: 'format',
      header: t('sql.export.format'),
      width: 90,
      importance: 4,
      cell: ({ format }) => t(`sql.export.format.${format}`),
    },
    {
      id: 'target',
      header: t('sql.target'),
      width: 190,
      importance: 3,
      cell: ({ target }) => <TargetName target={target} />,
    },
    {
      id: 'askedAt',
      header: t('sql.history.when'),
      width: 230,
      importance: 2,
      cell: ({ askedAt }) => <DateText value={askedAt} show="both" />,
    },
  ]
}
