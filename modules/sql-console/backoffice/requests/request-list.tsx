/** What was asked to be executed: one's own, and for whoever approves all of it. */
import { SearchX, ShieldCheck, TerminalSquare } from 'lucide-react'
import { useMemo } from 'react'
import { listSqlRequests, RequestState } from '#contract/sql-console'
import { Button } from '#platform/ui/button.tsx'
import { Chip, FilterMenu } from '#platform/ui/chip.tsx'
import { DataTable } from '#platform/ui/data-table.tsx'
import { usePages } from '#platform/ui/data.ts'
import { ButtonLink, useGo } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { consoleTo, requestsTo, requestTo } from '../addresses.ts'
import { FleetsWaiting } from '../executing/fleets-waiting.tsx'
import { requestColumns } from './request-columns.tsx'

const Address = listSqlRequests.input.query.pick({ state: true })

export function RequestList() {
  const t = useMessages()
  const formats = useFormats()
  const [{ state }, change] = useUrlState(Address)
  const list = usePages(listSqlRequests, { query: { state } })
  const columns = useMemo(() => requestColumns(t, formats), [t, formats])
  const { total } = list
  return (
    <>
      <PageHeader
        title={t('sql.requests')}
        count={
          <output>
            {total !== undefined && t('sql.requests.count', { count: total, shown: formats.integer(total) })}
          </output>
        }
        secondary={
          <ButtonLink to={consoleTo()} icon={TerminalSquare}>
            {t('sql.title')}
          </ButtonLink>
        }
      />
      {(state === undefined || state === 'waiting') && <FleetsWaiting />}
      <DataTable
        id="sql-requests"
        label={t('sql.requests')}
        columns={columns}
        lines={2}
        rows={list.rows}
        rowId={({ id }) => id}
        rowLabel={({ reason }) => reason}
        rowTo={({ id }) => requestTo(id)}
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        toolbar={
          <>
            <FilterMenu
              single
              label={t('sql.request.state')}
              options={RequestState.options.map((one) => ({
                value: one,
                label: t(`sql.request.state.${one}`),
              }))}
              value={state ? [state] : []}
              onChange={([one]) => change({ state: one })}
            />
            {state && (
              <Chip
                label={t('sql.request.state')}
                value={t(`sql.request.state.${state}`)}
                onRemove={() => change({ state: undefined })}
              />
            )}
          </>
        }
        empty={<Empty isFiltered={state !== undefined} />}
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
      title={t('sql.requests.empty.filtered')}
      action={<Button onClick={() => go(requestsTo())}>{t('sql.show-all')}</Button>}
    />
  ) : (
    <EmptyState
      icon={ShieldCheck}
      title={t('sql.requests.empty')}
      action={<ButtonLink to={consoleTo()}>{t('sql.requests.empty.go')}</ButtonLink>}
    >
      <p>{t('sql.requests.empty.help')}</p>
    </EmptyState>
  )
}
