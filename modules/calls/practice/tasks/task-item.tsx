import { Ellipsis, Pencil, Phone, Trash2 } from 'lucide-react'
import type { Task } from '#contract/calls'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { cx } from '#platform/ui/cx.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useTaskActs } from './acts.ts'

/** One line: ticked when it is done, opened by its title. */
export function TaskItem({ task, onEdit }: { task: Task; onEdit: (task: Task) => void }) {
  const t = useMessages()
  const may = useMay()
  const { complete, reopen, remove, becoming } = useTaskActs()
  const { title, details, patient, assignee, dueOn, doneAt, doneBy, callId, time } = task
  const mayChange = may('tasks.manage')
  const done = doneAt !== null
  return (
    <li className="flex items-start gap-3 border-t border-line px-3 py-2 first:border-t-0 sm:px-4">
      <span className="flex h-6 items-center touch:h-10">
        <Checkbox
          checked={becoming === null ? done : becoming === 'done'}
          disabled={!mayChange}
          label={t(done ? 'calls.tasks.reopen' : 'calls.tasks.complete', { title })}
          onChange={(checked) => (checked ? complete(task) : reopen(task))}
        />
      </span>
      <div className="min-w-0 flex-1">
        <button
          type="button"
          disabled={!mayChange}
          onClick={() => onEdit(task)}
          className={cx(
            'flex min-h-6 items-center text-left text-14 wrap-anywhere touch:min-h-10',
            done ? 'text-ink-muted line-through' : 'text-ink hover:underline',
          )}
        >
          {title}
        </button>
        {details && <p className="text-13 whitespace-pre-wrap text-ink-muted wrap-anywhere">{details}</p>}
        <p className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-12 text-ink-muted">
          {!done && dueOn && (
            <span className={cx(time === 'late' && 'font-medium text-danger-ink')}>
              {t('calls.tasks.due')} <DateText value={dueOn} />
            </span>
          )}
          {doneAt && doneBy && (
            <span>
              {t('calls.tasks.completed.by', { name: doneBy.name })}{' '}
              <DateText value={doneAt} show="dayTime" />
            </span>
          )}
          <span>
            {assignee ? `${t('calls.tasks.assignee')} ${assignee.name}` : t('calls.tasks.assignee.all')}
          </span>
          {patient && may('patients.read') && (
            <TextLink to={`/patients/${patient.id}`} className="inline-flex min-h-6 items-center">
              {patient.name ?? t('calls.patient.hidden')}
            </TextLink>
          )}
          {callId && may('calls.read') && (
            <TextLink to={`/calls?call=${callId}`} className="inline-flex min-h-6 items-center gap-1">
              <Phone aria-hidden size={12} />
              {t('calls.tasks.call')}
            </TextLink>
          )}
        </p>
      </div>
      {mayChange && (
        <Menu
          align="end"
          items={[
            { label: t('calls.tasks.edit'), icon: Pencil, onSelect: () => onEdit(task) },
            { label: t('calls.tasks.remove'), icon: Trash2, onSelect: () => remove(task) },
          ]}
          trigger={<IconButton icon={Ellipsis} label={t('ui.table.row-actions', { name: title })} />}
        />
      )}
    </li>
  )
}
