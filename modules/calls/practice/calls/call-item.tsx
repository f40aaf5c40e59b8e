import {
  CalendarPlus,
  CalendarX2,
  Check,
  Ellipsis,
  FolderOpen,
  ListTodo,
  Pencil,
  Phone,
  RotateCcw,
} from 'lucide-react'
import type { Call } from '#contract/calls'
import { Badge } from '#platform/ui/badge.tsx'
import { Button, buttonClass } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { ButtonLink, TextLink } from '#platform/ui/link.tsx'
import { Menu, type MenuItem } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useCallActs } from './acts.ts'
import { useCallName } from './use-call-name.ts'

export type CallWishes = {
  onBook: (call: Call) => void
  onTask: (call: Call) => void
  onEdit: (call: Call) => void
}

/** One call: all that was said, and the next step one tap away. */
export function CallItem({ call, ...wishes }: { call: Call } & CallWishes) {
  const t = useMessages()
  const nameOf = useCallName()
  const may = useMay()
  const name = nameOf(call)
  const handled = call.handledAt !== null
  return (
    <article
      aria-label={t('calls.of', { name })}
      className={cx(
        'flex flex-col gap-2 rounded-card border bg-surface p-3 sm:px-4',
        call.urgent && !handled ? 'border-danger' : 'border-line',
      )}
    >
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <h2 className={cx('min-w-0 truncate text-14 font-semibold', handled && 'text-ink-muted')}>
          {call.patient && may('patients.read') ? (
            <TextLink to={`/patients/${call.patient.id}`}>{name}</TextLink>
          ) : (
            name
          )}
        </h2>
        {call.urgent && <Badge tone="danger">{t('calls.urgent')}</Badge>}
        <Badge tone={handled ? 'neutral' : 'info'}>{t(`calls.subject.${call.subject}`)}</Badge>
        {handled && <Badge tone="success">{t('calls.state.handled')}</Badge>}
        <span className="ml-auto text-12 text-ink-muted">
          <DateText value={call.calledAt} show="both" />
        </span>
      </div>
      {call.message && <p className="text-14 whitespace-pre-wrap wrap-anywhere">{call.message}</p>}
      <Facts call={call} />
      <Acts call={call} name={name} {...wishes} />
    </article>
  )
}

function Facts({ call }: { call: Call }) {
  const t = useMessages()
  const { appointment } = call
  const facts = [
    call.for ? `${t('calls.for')} ${call.for.name}` : t('calls.for.all'),
    call.takenBy && t('calls.taken.by', { name: call.takenBy.name }),
    call.handledBy && t('calls.handled.by', { name: call.handledBy.name }),
  ].filter((fact) => fact !== null)
  return (
    <p className="flex flex-wrap gap-x-2 gap-y-0.5 text-12 text-ink-muted">
      {facts.map((fact, index) => (
        <span key={fact}>{index > 0 ? `· ${fact}` : fact}</span>
      ))}
      {appointment && (
        <span>
          ·{' '}
          <TextLink
            className="inline-flex min-h-6 items-center"
            to={`/agenda?on=${appointment.startsLocal.slice(0, 10)}&appointment=${appointment.id}`}
          >
            {t('calls.booked', { when: whenOf(appointment.startsLocal) })}
          </TextLink>
        </span>
      )}
      {call.openTasks > 0 && (
        <span>
          ·{' '}
          <TextLink to={`/tasks?callId=${call.id}`} className="inline-flex min-h-6 items-center">
            {t('calls.open-tasks', { count: call.openTasks })}
          </TextLink>
        </span>
      )}
    </p>
  )
}

const whenOf = (local: string) =>
  `${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(0, 4)} ${local.slice(11)}`

function Acts({ call, name, onBook, onTask, onEdit }: { call: Call; name: string } & CallWishes) {
  const t = useMessages()
  const may = useMay()
  const { handle, reopen, busy } = useCallActs()
  const handled = call.handledAt !== null
  const mayBook = may('agenda.manage') && may('patients.read') && !call.appointment
  const { patient } = call
  // Who cancels has an appointment: that is what is looked for first, and another is booked after.
  const cancels = call.subject === 'cancellation' && patient !== null && may('patients.read')
  const items: MenuItem[] = [
    ...(mayBook && cancels
      ? [{ label: t('calls.book'), icon: CalendarPlus, onSelect: () => onBook(call) }]
      : []),
    ...(may('tasks.manage')
      ? [{ label: t('calls.task'), icon: ListTodo, onSelect: () => onTask(call) }]
      : []),
    ...(may('calls.manage') ? [{ label: t('calls.edit'), icon: Pencil, onSelect: () => onEdit(call) }] : []),
    ...(patient && may('patients.read')
      ? [{ label: t('calls.open-patient'), icon: FolderOpen, to: `/patients/${patient.id}` }]
      : []),
    ...(handled && may('calls.manage')
      ? [{ label: t('calls.reopen'), icon: RotateCcw, onSelect: () => reopen(call) }]
      : []),
  ]
  return (
    <div className="flex flex-wrap items-center gap-2">
      {!handled && may('calls.manage') && (
        <Button
          icon={Check}
          disabled={busy}
          aria-label={t('calls.handle.of', { name })}
          onClick={() => handle(call)}
        >
          {t('calls.handle')}
        </Button>
      )}
      {call.phone && (
        <a
          href={`tel:${call.phoneDialled}`}
          aria-label={t('calls.call-back.of', { name, phone: call.phone })}
          className={buttonClass({})}
        >
          <Phone aria-hidden size={16} className="-ml-0.5 shrink-0" />
          <span className="tabular-nums">{call.phone}</span>
        </a>
      )}
      {cancels && !handled && (
        <ButtonLink to={`/patients/${patient.id}`} icon={CalendarX2}>
          {t('calls.appointments')}
        </ButtonLink>
      )}
      {mayBook && !cancels && (
        <Button icon={CalendarPlus} aria-label={t('calls.book.of', { name })} onClick={() => onBook(call)}>
          {t('calls.book')}
        </Button>
      )}
      {items.length > 0 && (
        <Menu
          align="end"
          items={items}
          trigger={<IconButton icon={Ellipsis} label={t('ui.table.row-actions', { name })} />}
        />
      )}
    </div>
  )
}
