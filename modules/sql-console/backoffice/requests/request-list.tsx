/** What was asked to be executed: one's own, and for whoever approves all of it. */
import { ShieldCheck, TerminalSquare } from 'lucide-react'
import { useMemo } from 'react'
import { listSqlRequests, RequestState } from '#contract/sql-console'
import { DataTable } from '#platform/ui/data-table.tsx'
import { usePages } from '#platform/ui/data.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { consoleTo, requestsTo, requestTo } from '../addresses.ts'
import { FleetsWaiting } from '../executing/fleets-waiting.tsx'
import { NoneLeft, OneOf } from '../list-filters.tsx'
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
          <OneOf
            label={t('sql.request.state')}
            values={RequestState.options}
            inWords={(one) => t(`sql.request.state.${one}`)}
            value={state}
            onChange={(one) => change({ state: one })}
          />
        }
        empty={<Empty isFiltered={state !== undefined} />}
      />
    </>
  )
}

function Empty({ isFiltered }: { isFiltered: boolean }) {
  const t = useMessages()
  return isFiltered ? (
    <NoneLeft title={t('sql.requests.empty.filtered')} to={requestsTo()} />
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
