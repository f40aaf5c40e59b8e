import type { Queue, TicketRow } from '#contract/support'
import { cx } from '#platform/ui/cx.ts'
import type { Column } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { DueText } from '../due.tsx'
import { PriorityMark, StatusBadge, TagChips } from '../ticket-words.tsx'

/** In the trash nothing is due any more: who threw it away, and until when it can be restored, stand in its place. */
export function columnsFor(t: Translate, queue: Queue): Column<TicketRow>[] {
  const missing = <span className="text-ink-muted">{MISSING}</span>
  return [
    {
      id: 'subject',
      header: t('support.column.subject'),
      width: 300,
      grow: true,
      cell: (ticket) => <SubjectCell ticket={ticket} t={t} />,
    },
    {
      id: 'status',
      header: t('support.column.status'),
      width: 170,
      card: 'aside',
      cell: ({ status, waiting, snoozedUntil }) => (
        <StatusBadge stacked status={status} waiting={waiting} snoozedUntil={snoozedUntil} />
      ),
    },
    ...(queue === 'trash' ? trashColumns(t) : [dueColumn(t)]),
    {
      id: 'priority',
      header: t('support.column.priority'),
      width: 104,
      sortable: true,
      cell: ({ priority }) => <PriorityMark priority={priority} />,
    },
    {
      id: 'assignee',
      header: t('support.column.assignee'),
      width: 150,
      importance: 2,
      cell: ({ assignee }) =>
        assignee ? (
          <span className="block truncate">{assignee.name}</span>
        ) : (
          <span className="text-ink-muted">{t('support.nobody')}</span>
        ),
    },
    {
      id: 'tags',
      header: t('support.column.tags'),
      width: 150,
      importance: 4,
      // On a telephone a card says what decides who goes first.
      card: 'none',
      cell: ({ tags }) => (tags.length > 0 ? <TagChips tags={tags} /> : missing),
      blank: ({ tags }) => tags.length === 0,
    },
    {
      id: 'last',
      header: t('support.column.last'),
      width: 140,
      importance: 3,
      sortable: true,
      cell: ({ lastMessageAt }) => <DateText value={lastMessageAt} show="relative" />,
    },
    {
      id: 'team',
      header: t('support.column.team'),
      width: 130,
      importance: 5,
      optional: true,
      card: 'none',
      cell: ({ team }) => (
        <span className="block truncate">{team ? <span lang="fr">{team.name}</span> : missing}</span>
      ),
    },
    {
      id: 'topic',
      header: t('support.column.topic'),
      width: 130,
      importance: 5,
      optional: true,
      card: 'none',
      cell: ({ topic }) => t(`support.topic.${topic}`),
    },
    {
      id: 'progress',
      header: t('support.column.progress'),
      width: 104,
      align: 'end',
      importance: 5,
      optional: true,
      card: 'none',
      cell: ({ progress }) => t('support.progress.shown', { progress }),
    },
    {
      id: 'opened',
      header: t('support.column.opened'),
      width: 140,
      importance: 5,
      optional: true,
      sortable: true,
      card: 'none',
      cell: ({ openedAt }) => <DateText value={openedAt} show="dayTime" />,
    },
  ]
}

const dueColumn = (t: Translate): Column<TicketRow> => ({
  id: 'due',
  header: t('support.column.due'),
  width: 150,
  sortable: true,
  cell: (ticket) => <DueText ticket={ticket} />,
  blank: ({ status }) => status === 'resolved',
})

const trashColumns = (t: Translate): Column<TicketRow>[] => [
  {
    id: 'trashed',
    header: t('support.column.trashed'),
    width: 160,
    cell: ({ trashed }) =>
      trashed && (
        <span className="flex min-w-0 flex-col leading-tight">
          <DateText value={trashed.at} show="dayTime" />
          {trashed.by !== null && (
            <span className="truncate text-12 text-ink-muted">
              {t('support.trashed-by', { name: trashed.by })}
            </span>
          )}
        </span>
      ),
  },
  {
    id: 'until',
    header: t('support.column.until'),
    width: 140,
    cell: ({ trashed }) => trashed && <DateText value={trashed.until} show="day" />,
  },
]

/** In bold and with a dot while something in it was not looked at yet. */
function SubjectCell({ ticket, t }: { ticket: TicketRow; t: Translate }) {
  const { number, subject, unread, requester, client, snoozedUntil } = ticket
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span aria-hidden className={cx('size-2 shrink-0 rounded-full', unread && 'bg-accent')} />
      <span className="min-w-0 leading-tight">
        <span className={cx('block truncate', unread ? 'font-semibold' : 'font-regular')}>
          <span className="text-ink-muted tabular-nums">#{number}</span> <span lang="fr">{subject}</span>
          {unread && <span className="sr-only"> {t('support.unread')}</span>}
        </span>
        <span className="block truncate text-12 text-ink-muted">
          {client && client.name !== requester ? `${requester} · ${client.name}` : requester}
          {snoozedUntil && (
            <>
              {' · '}
              {t.rich('support.snoozed-until', {
                at: <DateText key="at" value={snoozedUntil} show="dayTime" />,
              })}
            </>
          )}
        </span>
      </span>
    </span>
  )
}
