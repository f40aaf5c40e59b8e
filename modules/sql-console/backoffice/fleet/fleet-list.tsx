/** What went through many practices: one's own. */
import { Building2, Send } from 'lucide-react'
import { useMemo } from 'react'
import { listSqlFleets, type SqlFleetLine } from '#contract/sql-console'
import { type Column, DataTable } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { usePages } from '#platform/ui/data.ts'
import type { Formats } from '#platform/ui/formats.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { fleetTo, sendTo } from './addresses.ts'
import { FleetBadge } from './fleet-words.tsx'

export function FleetList() {
  const t = useMessages()
  const formats = useFormats()
  const list = usePages(listSqlFleets)
  const columns = useMemo(() => columnsOf(t, formats), [t, formats])
  return (
    <>
      <PageHeader
        title={t('sql.fleets')}
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
        empty={
          <EmptyState
            icon={Building2}
            title={t('sql.fleets.empty')}
            action={<ButtonLink to={sendTo()}>{t('sql.fleet.send')}</ButtonLink>}
          >
            <p>{t('sql.fleets.empty.help')}</p>
          </EmptyState>
        }
      />
    </>
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
    width: 120,
    card: 'aside',
    cell: ({ state }) => <FleetBadge state={state} />,
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
    id: 'asked',
    header: t('sql.fleet.asked-at'),
    width: 150,
    importance: 3,
    cell: ({ askedAt }) => <DateText value={askedAt} show="dayTime" />,
  },
]
