import { BellRing, Eye, MessageSquare, RotateCw, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { listMessages, type Message } from '#contract/reminders'
import { Button } from '#platform/ui/button.tsx'
import { usePages } from '#platform/ui/data.ts'
import { type Column, DataTable } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { MISSING } from '#platform/ui/formats.ts'
import { ButtonLink, TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { WriteDialog } from '../writing/write-dialog.tsx'
import { MessageFilters } from './filters.tsx'
import { JournalState } from './journal-state.ts'
import { MessageSheet } from './message-sheet.tsx'
import { useResending } from './resending.ts'
import { StateBadge } from './state-badge.tsx'

/** What left for patients and what did not: failures first, each with its way out. */
export function JournalPage() {
  const t = useMessages()
  const may = useMay()
  const [state, setState] = useUrlState(JournalState)
  const { new: isNew, patient, appointment, write, ...filter } = state
  const list = usePages(listMessages, { query: filter })
  const [open, setOpen] = useState<Message | null>(null)
  const { can, resend } = useResending()
  const columns = useColumns(setOpen)
  const failed = list.first?.failed ?? 0
  const maySend = may('reminders.send') && may('patients.read')
  return (
    <>
      <PageHeader
        title={t('reminders.title')}
        count={list.total === undefined ? undefined : t('reminders.count', { total: list.total, failed })}
        secondary={
          <ButtonLink to="/messages/reminders" icon={BellRing}>
            {t('reminders.settings.short')}
          </ButtonLink>
        }
        primary={
          maySend && (
            <Button variant="primary" icon={MessageSquare} onClick={() => setState({ new: '1' })}>
              {t('reminders.new')}
            </Button>
          )
        }
      >
        {failed > 0 && filter.state !== 'failed' && (
          <p className="flex flex-wrap items-center gap-2 rounded-control bg-danger-soft px-3 py-2 text-13 text-danger-ink">
            <TriangleAlert aria-hidden size={16} className="shrink-0" />
            {t('reminders.failed.title', { count: failed })}
            <TextLink to="/messages?state=failed">{t('reminders.failed.show')}</TextLink>
          </p>
        )}
      </PageHeader>
      <DataTable
        id="messages"
        label={t('reminders.title')}
        lines={2}
        columns={columns}
        rows={list.rows}
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        rowId={({ id }) => id}
        rowLabel={({ patient: who, recipient }) => who?.name ?? recipient ?? t('reminders.patient.hidden')}
        rowActions={(message) => [
          { label: t('reminders.show'), icon: Eye, quick: true, onSelect: () => setOpen(message) },
          ...(can(message)
            ? [
                {
                  label: t('reminders.resend'),
                  icon: RotateCw,
                  quick: true,
                  onSelect: () => resend(message),
                },
              ]
            : []),
        ]}
        toolbar={
          <MessageFilters
            state={filter}
            patientName={list.rows?.[0]?.patient?.name ?? undefined}
            onChange={setState}
          />
        }
        empty={
          <EmptyState icon={MessageSquare} title={t('reminders.none')}>
            <p>
              {t(Object.values(filter).some(Boolean) ? 'reminders.none.filtered' : 'reminders.none.help')}
            </p>
          </EmptyState>
        }
      />
      {open && <MessageSheet message={open} onClose={() => setOpen(null)} />}
      {maySend && (isNew ?? patient) && (
        <WriteDialog
          patientId={patient}
          appointmentId={appointment}
          channel={write ?? 'sms'}
          onClose={() =>
            setState(
              { new: undefined, patient: undefined, appointment: undefined, write: undefined },
              { replace: true },
            )
          }
        />
      )}
    </>
  )
}

function useColumns(onOpen: (message: Message) => void): Column<Message>[] {
  const t = useMessages()
  return [
    {
      id: 'who',
      header: t('reminders.patient'),
      width: 260,
      grow: true,
      cell: (message) => (
        <button
          type="button"
          onClick={() => onOpen(message)}
          className="relative z-1 block w-full min-w-0 rounded-small text-left touch:min-h-10"
        >
          <span className="block truncate font-medium">
            {message.patient?.name ??
              (message.patient ? null : message.recipient) ??
              t('reminders.patient.hidden')}
          </span>
          <span lang="fr" className="block truncate text-12 text-ink-muted">
            {message.subject || message.body || MISSING}
          </span>
        </button>
      ),
    },
    {
      id: 'kind',
      header: t('reminders.kind'),
      width: 150,
      importance: 3,
      cell: ({ kind, channel }) => `${t(`reminders.kind.${kind}`)} · ${t(`reminders.channel.${channel}`)}`,
    },
    {
      id: 'to',
      header: t('reminders.to'),
      width: 170,
      importance: 4,
      cell: ({ recipient }) => <span className="block truncate tabular-nums">{recipient ?? MISSING}</span>,
    },
    {
      id: 'when',
      header: t('reminders.when'),
      width: 140,
      importance: 2,
      cell: ({ writtenAt }) => <DateText value={writtenAt} show="dayTime" />,
    },
    {
      id: 'state',
      header: t('reminders.state'),
      width: 190,
      card: 'aside',
      cell: (message) => <StateBadge message={message} />,
    },
  ]
}
