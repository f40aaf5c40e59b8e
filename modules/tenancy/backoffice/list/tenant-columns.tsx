import type { TenantRow } from '#contract/tenancy'
import { Avatar } from '#platform/ui/avatar.tsx'
import type { Column } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { type Formats, MISSING } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { sizeInWords } from '../size.ts'
import { personOf } from '../spoken-name.ts'
import { AlertBadges, StateBadge } from '../tenant-words.tsx'
import { VersionMark } from '../version-mark.tsx'
import { WorkProgress } from '../work-progress.tsx'

/** @param current what this release brings databases to, once it is known */
export function columnsFor(t: Translate, formats: Formats, current: number | undefined): Column<TenantRow>[] {
  return [
    {
      id: 'name',
      header: t('tenancy.practice'),
      width: 260,
      grow: true,
      cell: ({ name, kind }) => (
        <span className="flex min-w-0 items-center gap-2.5">
          <Avatar name={personOf(name)} />
          <span className="min-w-0 leading-tight">
            <span className="block truncate font-medium">{name}</span>
            <span className="block truncate text-12 text-ink-muted">{t(`tenancy.kind.${kind}`)}</span>
          </span>
        </span>
      ),
    },
    {
      id: 'state',
      header: t('tenancy.state'),
      width: 132,
      card: 'aside',
      cell: ({ state }) => <StateBadge state={state} />,
    },
    {
      id: 'watch',
      header: t('tenancy.watch'),
      width: 216,
      cell: ({ alerts, work }) =>
        work ? (
          <span className="block w-48 max-w-full text-left">
            <WorkProgress work={work} />
          </span>
        ) : alerts.length === 0 ? (
          <Missing />
        ) : (
          <AlertBadges alerts={alerts} most={2} />
        ),
    },
    {
      id: 'cluster',
      header: t('tenancy.cluster'),
      width: 100,
      importance: 4,
      card: 'none',
      cell: ({ cluster }) => <span className="block truncate">{cluster}</span>,
    },
    {
      id: 'version',
      header: t('tenancy.version'),
      width: 100,
      importance: 3,
      card: 'none',
      cell: ({ schemaVersion }) => <VersionMark version={schemaVersion} current={current} />,
    },
    {
      id: 'size',
      header: t('tenancy.size'),
      width: 90,
      align: 'end',
      importance: 3,
      cell: ({ sizeBytes }) =>
        sizeBytes === null ? (
          <Missing />
        ) : (
          <span className="tabular-nums">{sizeInWords(sizeBytes, formats)}</span>
        ),
    },
    {
      id: 'lastBackup',
      header: t('tenancy.last-backup'),
      width: 256,
      importance: 2,
      cell: ({ lastBackupAt, state }) =>
        lastBackupAt ? (
          <DateText value={lastBackupAt} show="both" />
        ) : state === 'purged' ? (
          <Missing />
        ) : (
          <span className="text-ink-muted">{t('tenancy.never-backed-up')}</span>
        ),
    },
    {
      id: 'created',
      header: t('tenancy.opened-on'),
      width: 112,
      importance: 5,
      optional: true,
      card: 'none',
      cell: ({ createdAt }) => <DateText value={createdAt} />,
    },
    {
      id: 'database',
      header: t('tenancy.database'),
      width: 172,
      importance: 5,
      optional: true,
      card: 'none',
      cell: ({ databaseName }) => <code className="font-mono text-12">{databaseName}</code>,
    },
  ]
}

function Missing() {
  return <span className="text-ink-muted">{MISSING}</span>
}
