/** What one ran oneself: found again by where, how and how it ended, and opened once more in the editor. */
import { TerminalSquare } from 'lucide-react'
import { useMemo } from 'react'
import { listSqlRuns, Mode, reportsKeptDays, RunStatus, textsKeptDays } from '#contract/sql-console'
import { DataTable } from '#platform/ui/data-table.tsx'
import { usePages } from '#platform/ui/data.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { consoleTo, historyTo } from '../addresses.ts'
import { NoneLeft, OneOf } from '../list-filters.tsx'
import { runColumns } from './run-columns.tsx'
import { TargetFilter } from './target-filter.tsx'

const Address = listSqlRuns.input.query.pick({ target: true, mode: true, status: true })

export function RunHistory() {
  const t = useMessages()
  const formats = useFormats()
  const [filters, change] = useUrlState(Address)
  const { mode, status, target } = filters
  const list = usePages(listSqlRuns, { query: filters })
  const columns = useMemo(() => runColumns(t, formats), [t, formats])
  const { total } = list
  const [first] = list.rows ?? []
  return (
    <>
      <PageHeader
        title={t('sql.history')}
        count={
          <output>
            {total !== undefined &&
              t(list.totalIsExact ? 'sql.history.count' : 'sql.history.count.more', {
                count: total,
                shown: formats.integer(total),
              })}
          </output>
        }
        secondary={
          <ButtonLink to={consoleTo()} icon={TerminalSquare}>
            {t('sql.title')}
          </ButtonLink>
        }
      />
      <p className="mb-3 text-12 text-ink-muted">
        {t('sql.history.kept', { reports: reportsKeptDays, texts: textsKeptDays })}
      </p>
      <DataTable
        id="sql-history"
        label={t('sql.history')}
        columns={columns}
        rows={list.rows}
        rowId={({ id }) => id}
        rowLabel={({ text }) => text}
        rowTo={({ id }) => consoleTo({ run: id })}
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        toolbar={
          <>
            <TargetFilter value={target} shown={first?.target} onChange={(one) => change({ target: one })} />
            <OneOf
              label={t('sql.mode')}
              values={Mode.options}
              inWords={(one) => t(`sql.mode.${one}`)}
              value={mode}
              onChange={(one) => change({ mode: one })}
            />
            <OneOf
              label={t('sql.status')}
              values={RunStatus.options}
              inWords={(one) => t(`sql.status.${one}`)}
              value={status}
              onChange={(one) => change({ status: one })}
            />
          </>
        }
        empty={<Empty isFiltered={Boolean(mode ?? status ?? target)} />}
      />
    </>
  )
}

function Empty({ isFiltered }: { isFiltered: boolean }) {
  const t = useMessages()
  return isFiltered ? (
    <NoneLeft title={t('sql.history.empty.filtered')} to={historyTo()} />
  ) : (
    <EmptyState
      icon={TerminalSquare}
      title={t('sql.history.empty')}
      action={<ButtonLink to={consoleTo()}>{t('sql.history.empty.go')}</ButtonLink>}
    >
      <p>{t('sql.history.empty.help')}</p>
    </EmptyState>
  )
}
