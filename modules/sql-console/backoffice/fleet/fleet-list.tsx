/** What went through many practices: one's own, and for whoever approves those that somebody asks to execute. */
import { Building2, Send } from 'lucide-react'
import { useMemo } from 'react'
import { FleetExecutionState, listSqlFleets, type SqlFleetLine } from '#contract/sql-console'
import { type Column, DataTable } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { usePages } from '#platform/ui/data.ts'
import type { Formats } from '#platform/ui/formats.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { fleetsTo, fleetTo, sendTo } from './addresses.ts'
import { ExecutionBadge } from '../executing/execution-words.tsx'
import { NoneLeft, OneOf } from '../list-filters.tsx'
import { FleetBadge } from './fleet-words.tsx'

const Address = listSqlFleets.input.query.pick({ execution: true })

export function FleetList() {
  const t = useMessages()
  const formats = useFormats()
  const [{ execution }, change] = useUrlState(Address)
  const list = usePages(listSqlFleets, { query: { execution } })
  const columns = useMemo(() => columnsOf(t, formats), [t, formats])
  const { total } = list
  return (
    <>
      <PageHeader
        title={t('sql.fleets')}
        count={
          <output>
            {total !== undefined && t('sql.fleets.count', { count: total, shown: formats.integer(total) })}
          </output>
        }
        primary={
          <ButtonLink to={sendTo()} icon={Send} variant="primary">
            {t('sql.fleet.send')}
          </ButtonLink>
        }
      />
      <DataTable
        id="sql-fleets"
        label={t('sql.fleets')}
        columns={columns}
        lines={2}
        rows={list.rows}
        rowId={({ id }) => id}
        rowLabel={({ text }) => text}
        rowTo={({ id }) => fleetTo(id)}
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        toolbar={
          <OneOf
            label={t('sql.fleet.execution')}
            values={FleetExecutionState.options}
            inWords={(one) => t(`sql.fleet.execution.${one}`)}
            value={execution}
            onChange={(one) => change({ execution: one })}
          />
        }
        empty={<Empty isFiltered={execution !== undefined} />}
      />
    </>
  )
}

function Empty({ isFiltered }: { isFiltered: boolean }) {
  const t = useMessages()
  return isFiltered ? (
    <NoneLeft title={t('sql.fleets.empty.filtered')} to={fleetsTo()} />
  ) : (
    <EmptyState
      icon={Building2}
      title={t('sql.fleets.empty')}
      action={<ButtonLink to={sendTo()}>{t('sql.fleet.send')}</ButtonLink>}
    >
      <p>{t('sql.fleets.empty.help')}</p>
    </EmptyState>
  )
}

const columnsOf = (t: Translate, formats: Formats): Column<SqlFleetLine>[] => [
  {
    id: 'text',
    header: t('sql.text'),
    width: 320,
    grow: true,
    cell: ({ text }) => <code className="block truncate font-mono text-12">{text}</code>,
  },
  {
    id: 'state',
    header: t('sql.fleet.state'),
    width: 140,
    card: 'aside',
    // Once it is to be executed, that it was simulated to the end goes without saying.
    cell: ({ state, execution }) =>
      execution ? <ExecutionBadge state={execution} /> : <FleetBadge state={state} />,
  },
  {
    id: 'mode',
    header: t('sql.mode'),
    width: 100,
    importance: 3,
    cell: ({ mode }) => t(`sql.mode.${mode}`),
  },
  {
    id: 'practices',
    header: t('sql.fleet.practices'),
    width: 220,
    importance: 2,
    cell: ({ total, figures }) =>
      t('sql.fleet.figures', {
        done: formats.integer(figures.done),
        total: formats.integer(total),
        rest: formats.integer(figures.failed + figures.notReached),
      }),
  },
  {
    id: 'by',
    header: t('sql.fleet.by'),
    width: 150,
    importance: 3,
    cell: ({ by }) => by.name,
  },
  {
    id: 'asked',
    header: t('sql.fleet.asked-at'),
    width: 150,
    importance: 3,
    cell: ({ askedAt }) => <DateText value={askedAt} show="dayTime" />,
  },
]
