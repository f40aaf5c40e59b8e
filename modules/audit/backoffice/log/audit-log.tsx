/** Who did what, newest first: where an auditor begins the day. */
import { useMemo, useRef } from 'react'
import { countAuditEntries, listAuditEntries } from '#contract/audit'
import { problemsByField } from '#platform/ui/api-error.ts'
import { useEndpoint, usePages } from '#platform/ui/data.ts'
import { DataTable } from '#platform/ui/data-table.tsx'
import { useNarrow } from '#platform/ui/media.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { logTo } from '../addresses.ts'
import { EntrySheet } from '../entry/entry-sheet.tsx'
import { LogTabs } from '../log-tabs.tsx'
import { actorInWords, deedInWords } from '../words.ts'
import { columnsFor } from './columns.tsx'
import { EmptyLog } from './empty-log.tsx'
import { ExportMenu } from './export-menu.tsx'
import { FollowButton } from './follow-button.tsx'
import { useFollowing } from './following.ts'
import { useKnownNames } from './known-names.ts'
import { useLogState } from './log-state.ts'
import { SavedSearches } from './saved-searches.tsx'
import { Toolbar } from './toolbar.tsx'
import { WaitingPill } from './waiting-pill.tsx'
import { wrongIn } from './wrong-filters.ts'

export function AuditLog() {
  const t = useMessages()
  const formats = useFormats()
  const narrow = useNarrow()
  const frame = useRef<HTMLDivElement>(null)
  const { filters, entry, change, close, isFiltered } = useLogState()
  const judged = wrongIn(filters, t)
  const enabled = Object.keys(judged).length === 0
  const list = usePages(listAuditEntries, { query: filters }, { still: true, enabled })
  // What only the server can judge is told in the same way.
  const wrong = enabled ? problemsByField(list.error) : judged
  const isWrong = Object.keys(wrong).length > 0
  const { data: count } = useEndpoint(
    countAuditEntries,
    { query: filters },
    { keepPrevious: true, enabled: !isWrong },
  )
  const following = useFollowing(filters, isWrong ? { ...list, first: undefined } : list, frame)
  const nameOf = useKnownNames(following.rows, filters, list.first?.names)
  const columns = useMemo(() => columnsFor(t, formats), [t, formats])
  // Where counting would mean reading much of the log, it says what is in sight.
  const counted = count?.total ?? (count && list.rows?.length)
  const total = counted === undefined ? undefined : counted + following.grown
  const isExact = count?.totalIsExact !== false || (count.total === null && !list.more.has)
  return (
    <>
      <PageHeader
        title={t('audit.title')}
        count={
          <output>
            {!isWrong &&
              total !== undefined &&
              t(isExact ? 'audit.count' : 'audit.count.more', {
                count: total,
                shown: formats.integer(total),
                filtered: isFiltered ? 'yes' : 'no',
              })}
          </output>
        }
        secondary={
          <>
            <FollowButton on={following.on} possible={following.possible} onToggle={following.toggle} />
            {/* Where there is little room they stand among the filters. */}
            {!narrow && <SavedSearches filters={filters} />}
            <ExportMenu filters={filters} count={total} />
          </>
        }
      >
        <p className="text-13 text-ink-muted max-sm:hidden">{t('audit.intro')}</p>
        <LogTabs />
      </PageHeader>
      <WaitingPill count={following.waiting} onShow={following.showWaiting} />
      {/* Only hears the pointer leave: what waited may then come. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div ref={frame} onPointerLeave={following.leave}>
        <DataTable
          id="audit"
          label={t('audit.title')}
          columns={columns}
          rows={isWrong ? [] : following.rows}
          rowId={({ id }) => id}
          rowLabel={(row) => `${actorInWords(row.actor, t)} ${deedInWords(row, t)}`}
          rowTo={({ id }) => logTo({ ...filters, entry: id })}
          isFresh={({ id }) => following.fresh.has(id)}
          isCurrent={({ id }) => id === entry}
          stale={list.stale}
          error={isWrong ? undefined : list.error}
          retry={list.retry}
          more={list.more}
          toolbar={<Toolbar filters={filters} change={change} nameOf={nameOf} />}
          empty={<EmptyLog filters={filters} wrong={wrong} change={change} />}
        />
      </div>
      <EntrySheet
        id={entry}
        rows={following.rows}
        toOf={(id) => logTo({ ...filters, entry: id })}
        onClose={close}
      />
    </>
  )
}
