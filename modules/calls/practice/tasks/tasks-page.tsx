import { ListTodo, Plus } from 'lucide-react'
import { useState } from 'react'
import { listTasks, type Task, type TaskFilter, taskTimes } from '#contract/calls'
import { addressState, anId, oneOf, wordsUpTo } from '#platform/ui/address-state.ts'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { Chip, FilterMenu } from '#platform/ui/chip.tsx'
import { usePages } from '#platform/ui/data.ts'
import { MISSING } from '#platform/ui/formats.ts'
import { SearchInput } from '#platform/ui/input.tsx'
import { LoadMore } from '#platform/ui/load-more.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import { useShortcuts } from '#platform/ui/shortcuts.ts'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { usePeople } from '../people.ts'
import { QuickAdd } from './quick-add.tsx'
import { TaskDialog } from './task-dialog.tsx'
import { TaskItem } from './task-item.tsx'

const TasksState = addressState({
  q: wordsUpTo(100),
  time: oneOf(taskTimes),
  due: oneOf(['yes']),
  assigneeId: anId,
  patientId: anId,
  callId: anId,
  new: oneOf(['1']),
} satisfies Record<keyof TaskFilter | 'new', unknown>)

/** What is to be done: late, today, later; and what was done. */
export function TasksPage() {
  const t = useMessages()
  const may = useMay()
  const [state, setState] = useUrlState(TasksState)
  const { new: isNew, ...filter } = state
  const list = usePages(listTasks, { query: { ...filter, limit: 200 } })
  const [open, setOpen] = useState<Task | 'new' | null>(null)
  const mayChange = may('tasks.manage')
  useShortcuts(mayChange ? [{ keys: 'n', run: () => setOpen('new') }] : [])
  const { late = 0, today = 0, later = 0, undated = 0 } = list.first?.counts ?? {}
  return (
    <>
      <PageHeader
        title={t('calls.tasks.title')}
        count={list.first && t('calls.tasks.count', { count: late + today + later + undated, late })}
        primary={
          mayChange && (
            <Button variant="primary" icon={Plus} onClick={() => setOpen('new')}>
              {t('calls.tasks.new')}
            </Button>
          )
        }
      />
      {mayChange && <QuickAdd wanted={isNew !== undefined} />}
      <Filters state={filter} onChange={setState} />
      {list.error && !list.rows ? (
        <ErrorState error={list.error} onRetry={list.retry} />
      ) : !list.rows ? (
        <Skeleton width="100%" height={160} />
      ) : list.rows.length === 0 ? (
        <NoTasks filter={filter} />
      ) : (
        <Groups rows={list.rows} onEdit={setOpen} />
      )}
      {list.rows && <LoadMore more={list.more} shown={list.rows.length} />}
      {open === 'new' && <TaskDialog onClose={() => setOpen(null)} />}
      {open && open !== 'new' && <TaskDialog task={open} onClose={() => setOpen(null)} />}
    </>
  )
}

/** By time, in the order they come in. */
function Groups({ rows, onEdit }: { rows: readonly Task[]; onEdit: (task: Task) => void }) {
  const t = useMessages()
  const groups = Map.groupBy(rows, ({ time }) => time)
  return (
    <div className="flex flex-col gap-4">
      {taskTimes.map((time) => {
        const group = groups.get(time)
        return (
          group && (
            <Card key={time} title={t(`calls.tasks.time.${time}`)} flush>
              <ul className="mt-1 flex flex-col">
                {group.map((task) => (
                  <TaskItem key={task.id} task={task} onEdit={onEdit} />
                ))}
              </ul>
            </Card>
          )
        )
      })}
    </div>
  )
}

type FiltersProps = {
  state: TaskFilter
  onChange: (change: Partial<TaskFilter>, options?: { replace?: boolean }) => void
}

function Filters({ state, onChange }: FiltersProps) {
  const t = useMessages()
  const { people } = usePeople()
  const [text, setText] = useSettledText(state.q ?? '', (q) =>
    onChange({ q: q || undefined }, { replace: true }),
  )
  const nameOf = (id: string) => people.find(({ memberId }) => memberId === id)?.name ?? MISSING
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <SearchInput label={t('calls.tasks.search')} value={text} onChange={setText} />
      <FilterMenu
        single
        label={t('calls.tasks.view')}
        options={taskTimes.map((value) => ({ value, label: t(`calls.tasks.time.${value}`) }))}
        value={state.time ? [state.time] : []}
        onChange={([time]) => onChange({ time })}
      />
      {people.length > 1 && (
        <FilterMenu
          single
          label={t('calls.tasks.assignee')}
          options={people.map(({ memberId, name }) => ({ value: memberId, label: name }))}
          value={state.assigneeId ? [state.assigneeId] : []}
          onChange={([assigneeId]) => onChange({ assigneeId })}
        />
      )}
      {state.time && (
        <Chip
          label={t('calls.tasks.view')}
          value={t(`calls.tasks.time.${state.time}`)}
          onRemove={() => onChange({ time: undefined })}
        />
      )}
      {state.due && (
        <Chip
          label={t('calls.tasks.due')}
          value={t('calls.tasks.due.now')}
          onRemove={() => onChange({ due: undefined })}
        />
      )}
      {state.assigneeId && (
        <Chip
          label={t('calls.tasks.assignee')}
          value={nameOf(state.assigneeId)}
          onRemove={() => onChange({ assigneeId: undefined })}
        />
      )}
      {state.patientId && (
        <Chip
          label={t('calls.tasks.patient')}
          value={t('calls.tasks.patient.only')}
          onRemove={() => onChange({ patientId: undefined })}
        />
      )}
      {state.callId && (
        <Chip
          label={t('calls.tasks.call')}
          value={t('calls.tasks.call.only')}
          onRemove={() => onChange({ callId: undefined })}
        />
      )}
    </div>
  )
}

function NoTasks({ filter }: { filter: TaskFilter }) {
  const t = useMessages()
  const filtered = Object.values(filter).some(Boolean)
  return (
    <EmptyState
      icon={ListTodo}
      title={t(filter.time === 'done' ? 'calls.tasks.none.done' : 'calls.tasks.none')}
    >
      <p>{t(filtered ? 'calls.tasks.none.filtered' : 'calls.tasks.none.help')}</p>
    </EmptyState>
  )
}
