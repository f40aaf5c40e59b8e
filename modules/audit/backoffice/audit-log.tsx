/** Who did what, newest first: where an auditor begins the day. */
import { ScrollText } from 'lucide-react'
import { type AuditEntry, listAuditEntries } from '#contract/audit'
import { Id } from '#platform/contract/ids.ts'
import { Chip, FilterMenu } from '#platform/ui/chip.tsx'
import { CopyId } from '#platform/ui/copy-id.tsx'
import { usePages } from '#platform/ui/data.ts'
import { type Column, DataTable } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import { type Translate, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { stringifySearch, useUrlState } from '#platform/ui/url-state.ts'
import { AuditObject } from './audit-object.tsx'
import { EntrySheet } from './entry-sheet.tsx'
import { actorInWords, knownObjects, knownVerbs, objectInWords, verbInWords } from './words.ts'

/** The filters, and the entry that is open beside the log. */
const Address = listAuditEntries.input.query.pick({ verb: true, objectType: true, person: true }).extend({
  entry: Id.optional(),
})

export function AuditLog() {
  const t = useMessages()
  const [{ entry: open, ...filters }, setFilters] = useUrlState(Address)
  const log = usePages(listAuditEntries, { query: filters })
  const filtered = Boolean(filters.verb ?? filters.objectType ?? filters.person)
  // Who it is stands in the entries about them.
  const person = log.rows?.find(
    ({ objectType, objectId }) => objectType === 'staff_member' && objectId === filters.person,
  )
  return (
    <>
      <PageHeader title={t('audit.title')}>
        <p className="text-13 text-ink-muted">{t('audit.intro')}</p>
      </PageHeader>
      <DataTable
        id="audit"
        label={t('audit.title')}
        columns={columnsFor(t)}
        rows={log.rows}
        rowId={(entry) => entry.id}
        rowLabel={(entry) => `${actorInWords(entry.actor, t)} ${verbInWords(entry.verb, t)}`}
        rowTo={(entry) => `/audit${stringifySearch({ ...filters, entry: entry.id })}`}
        stale={log.stale}
        error={log.error}
        retry={log.retry}
        more={log.more}
        toolbar={
          <>
            <FilterMenu
              single
              label={t('audit.verb')}
              options={knownVerbs.map((verb) => ({ value: verb, label: verbInWords(verb, t) }))}
              value={knownVerbs.filter((verb) => verb === filters.verb)}
              onChange={([verb]) => setFilters({ verb })}
            />
            <FilterMenu
              single
              label={t('audit.object')}
              options={knownObjects.map((object) => ({ value: object, label: objectInWords(object, t) }))}
              value={knownObjects.filter((object) => object === filters.objectType)}
              onChange={([objectType]) => setFilters({ objectType })}
            />
            {filters.person && (
              <Chip
                label={t('audit.person')}
                value={person?.objectName ?? MISSING}
                onRemove={() => setFilters({ person: undefined })}
              />
            )}
            {filters.verb && (
              <Chip
                label={t('audit.verb')}
                value={verbInWords(filters.verb, t)}
                onRemove={() => setFilters({ verb: undefined })}
              />
            )}
            {filters.objectType && (
              <Chip
                label={t('audit.object')}
                value={objectInWords(filters.objectType, t)}
                onRemove={() => setFilters({ objectType: undefined })}
              />
            )}
          </>
        }
        empty={
          <EmptyState icon={ScrollText} title={t(filtered ? 'audit.empty.filtered' : 'audit.empty')}>
            <p>{t(filtered ? 'audit.empty.filtered.help' : 'audit.empty.help')}</p>
          </EmptyState>
        }
      />
      <EntrySheet id={open} onClose={() => setFilters({ entry: undefined }, { replace: true })} />
    </>
  )
}

function columnsFor(t: Translate): Column<AuditEntry>[] {
  return [
    {
      id: 'what',
      header: t('audit.what'),
      width: 300,
      grow: true,
      cell: (entry) => (
        <span className="whitespace-normal sm:whitespace-nowrap">
          <span className="font-medium">{actorInWords(entry.actor, t)}</span> {verbInWords(entry.verb, t)}
        </span>
      ),
    },
    {
      id: 'object',
      header: t('audit.object'),
      width: 240,
      importance: 2,
      cell: (entry) => <AuditObject entry={entry} />,
    },
    {
      id: 'at',
      header: t('audit.at'),
      width: 180,
      cell: (entry) => <DateText value={entry.at} show="instant" />,
    },
    {
      id: 'ip',
      header: t('audit.ip'),
      width: 140,
      importance: 3,
      cell: (entry) => <span className="tabular-nums">{entry.ip ?? MISSING}</span>,
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
