import type { AuditEntry } from '#contract/audit'
import { CopyId } from '#platform/ui/copy-id.tsx'
import type { Column } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { MISSING, type Formats } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { AuditObject } from '../audit-object.tsx'
import { ResultMark } from '../result-mark.tsx'
import { actorInWords, deedInWords, numberInWords } from '../words.ts'

export function columnsFor(t: Translate, formats: Formats): Column<AuditEntry>[] {
  return [
    {
      id: 'what',
      header: t('audit.what'),
      width: 280,
      grow: true,
      cell: (entry) => (
        <span className="whitespace-normal sm:whitespace-nowrap">
          <span className="font-medium">{actorInWords(entry.actor, t)}</span> {deedInWords(entry, t)}
        </span>
      ),
    },
    {
      id: 'object',
      header: t('audit.object'),
      width: 220,
      importance: 2,
      cell: (entry) => <AuditObject entry={entry} />,
    },
    {
      id: 'result',
      header: t('audit.result'),
      width: 110,
      card: 'aside',
      cell: ({ result }) => <ResultMark result={result} />,
    },
    {
      id: 'at',
      header: t('audit.at'),
      width: 160,
      cell: (entry) => <DateText value={entry.at} show="instant" />,
    },
    {
      id: 'number',
      header: t('audit.number'),
      width: 130,
      align: 'end',
      importance: 3,
      cell: ({ index }) => (
        <span className={index === null ? 'text-ink-faint' : 'text-ink-muted'}>
          {numberInWords(index, t, formats)}
        </span>
      ),
    },
    {
      id: 'reason',
      header: t('audit.reason'),
      width: 200,
      importance: 4,
      optional: true,
      card: 'none',
      cell: ({ reason }) => reason ?? MISSING,
    },
    {
      id: 'verb',
      header: t('audit.code'),
      width: 180,
      importance: 4,
      optional: true,
      card: 'none',
      cell: (entry) => <code className="text-12">{entry.verb}</code>,
    },
    {
      id: 'id',
      header: t('audit.id'),
      width: 120,
      importance: 5,
      optional: true,
      card: 'none',
      cell: (entry) => <CopyId id={entry.id} label={t('audit.id')} />,
    },
  ]
}
