/** The queues of the help desk: which ticket is next, and what to do with many at once. */
import { MessageSquarePlus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { listTickets, type TicketRow } from '#contract/support'
import { usePages } from '#platform/ui/data.ts'
import { DataTable } from '#platform/ui/data-table.tsx'
import { ButtonLink, useGo } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useShortcuts } from '#platform/ui/shortcuts.ts'
import { newTo, ticketTo } from '../addresses.ts'
import { ticketCan } from '../ticket-can.ts'
import { ticketName } from '../ticket-words.tsx'
import { useBulkActs } from './bulk-acts.ts'
import { useBulkItems } from './bulk-items.ts'
import { BulkButtons } from './bulk-buttons.tsx'
import { columnsFor } from './queue-columns.tsx'
import { useLanding } from './landing.ts'
import { QueueEmpty } from './queue-empty.tsx'
import { QueueExport } from './queue-export.tsx'
import { useQueueFilters } from './queue-filters.ts'
import { QueueTabs } from './queue-tabs.tsx'
import { QueueToolbar } from './queue-toolbar.tsx'
import { QueueViews } from './queue-views.tsx'

export function QueuePage() {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const { filters, queue, sort, landed, sorted, change, changeSort, isFiltered } = useQueueFilters()
  const from = { ...filters, queue, sort }
  const list = usePages(listTickets, { query: from })
  const goesOn = useLanding(landed, list.total, change)
  // Under other filters a selection would act on tickets one does not see any more.
  const of = JSON.stringify(filters)
  const [kept, setKept] = useState({ of, ids: new Set<string>() as ReadonlySet<string> })
  const ids = kept.of === of ? kept.ids : new Set<string>()
  const acts = useBulkActs()
  const columns = useMemo(() => columnsFor(t, queue), [t, queue])
  const go = useGo()
  const itemsFor = useBulkItems(acts, queue)
  const open = (ticket: TicketRow, write?: 'reply' | 'note') => go(ticketTo(ticket.id, { ...from, write }))
  useShortcuts([
    { keys: 'j', run: () => focusRow(1) },
    { keys: 'k', run: () => focusRow(-1) },
    { keys: 'r', run: () => onRow(list.rows, (ticket) => open(ticket, 'reply')) },
    {
      keys: 'n',
      // Without a row in focus nobody's note is meant.
      run: () => onRow(list.rows, (ticket) => open(ticket, 'note')) || (may('tickets.write') && go(newTo)),
    },
    {
      keys: 'e',
      run: () =>
        onRow(
          list.rows,
          (ticket) => ticketCan.resolve(ticket, may) && queue !== 'trash' && void acts.resolve([ticket]),
        ),
    },
  ])
  return (
    <>
      <PageHeader
        title={t('support.queue.title')}
        count={
          <output>
            {list.total !== undefined &&
              t(list.totalIsExact ? 'support.count' : 'support.count.more', {
                count: list.total,
                shown: formats.integer(list.total),
              })}
          </output>
        }
        secondary={<QueueExport filters={{ ...filters, queue }} />}
        primary={
          may('tickets.write') && (
            <ButtonLink to={newTo} icon={MessageSquarePlus} variant="primary">
              {t('support.queue.new')}
            </ButtonLink>
          )
        }
      >
        <QueueTabs queue={queue} />
      </PageHeader>
      <DataTable
        id={queue === 'trash' ? 'tickets-trash' : 'tickets'}
        label={t(`support.queue.${queue}`)}
        columns={columns}
        lines={2}
        rows={goesOn ? undefined : list.rows}
        rowId={({ id }) => id}
        rowLabel={ticketName}
        rowTo={({ id }) => ticketTo(id, from)}
        rowActions={(row) => {
          const { first, assign, more } = itemsFor([row])
          return [
            ...first.map((item) => ({ ...item, quick: true })),
            ...more.filter(({ group }) => group === undefined || group === t('support.snooze')),
            ...assign,
            ...more.filter(({ group }) => group === ' '),
          ]
        }}
        sort={sorted}
        onSort={changeSort}
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        toolbar={
          <>
            <QueueToolbar filters={filters} change={change} />
            <QueueViews shown={from} />
          </>
        }
        empty={<QueueEmpty queue={queue} q={filters.q} isFiltered={isFiltered} />}
        selected={ids}
        onSelect={(next) => setKept({ of, ids: next })}
        bulk={
          <BulkButtons
            queue={queue}
            acts={acts}
            chosen={list.rows?.filter(({ id }) => ids.has(id)) ?? []}
            onDone={() => setKept({ of, ids: new Set() })}
          />
        }
      />
    </>
  )
}

/** @returns whether a row is in focus, and was acted on */
function onRow(rows: readonly TicketRow[] | undefined, act: (ticket: TicketRow) => unknown): boolean {
  const at = document.activeElement?.closest<HTMLElement>('tr[data-index]')?.dataset['index']
  const ticket = at === undefined ? undefined : rows?.[Number(at)]
  if (ticket) act(ticket)
  return ticket !== undefined
}

/** j and k go through the rows as the arrows do, from anywhere on the page. */
function focusRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('tr[data-index], li a[href^="/tickets/"]')]
  const at = rows.findIndex((row) => row.contains(document.activeElement))
  rows[at === -1 ? 0 : at + step]?.focus()
}
