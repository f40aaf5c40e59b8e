/** What one ran oneself: found again by where, how and how it ended, and opened once more in the editor. */
import { SearchX, TerminalSquare } from 'lucide-react'
import { useMemo } from 'react'
import { listSqlRuns, Mode, RunStatus } from '#contract/sql-console'
import { Button } from '#platform/ui/button.tsx'
import { Chip, FilterMenu } from '#platform/ui/chip.tsx'
import { DataTable } from '#platform/ui/data-table.tsx'
import { usePages } from '#platform/ui/data.ts'
import { ButtonLink, useGo } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { consoleTo, historyTo } from '../addresses.ts'
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
            <FilterMenu
              single
              label={t('sql.mode')}
              options={Mode.options.map((one) => ({ value: one, label: t(`sql.mode.${one}`) }))}
              value={mode ? [mode] : []}
              onChange={([one]) => change({ mode: one })}
            />
            <FilterMenu
              single
              label={t('sql.status')}
              options={RunStatus.options.map((one) => ({ value: one, label: t(`sql.status.${one}`) }))}
              value={status ? [status] : []}
              onChange={([one]) => change({ status: one })}
            />
            {mode && (
              <Chip
                label={t('sql.mode')}
                value={t(`sql.mode.${mode}`)}
                onRemove={() => change({ mode: undefined })}
              />
            )}
            {status && (
              <Chip
                label={t('sql.status')}
                value={t(`sql.status.${status}`)}
                onRemove={() => change({ status: undefined })}
              />
            )}
          </>
        }
        empty={<Empty isFiltered={Boolean(mode ?? status ?? target)} />}
      />
    </>
  )
}

function Empty({ isFiltered }: { isFiltered: boolean }) {
  const t = useMessages()
  const go = useGo()
  return isFiltered ? (
    <EmptyState
      icon={SearchX}
      title={t('sql.history.empty.filtered')}
      action={<Button onClick={() => go(historyTo())}>{t('sql.show-all')}</Button>}
    />
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
