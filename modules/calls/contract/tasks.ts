/** What is to be done, by whom and until when. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant, line, text } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { member, one, revision, WhichPatient, Who } from './common.ts'

/** By the day it is due: `later` are all that are due after today, `undated` those that have no day. */
export const taskTimes = ['late', 'today', 'later', 'undated', 'done'] as const
export const TaskTime = z.enum(taskTimes)
export type TaskTime = z.infer<typeof TaskTime>

export const Task = z.object({
  id: Id,
  title: z.string(),
  details: z.string(),
  dueOn: Day.nullable(),
  time: TaskTime,
  /** Null: whoever has time. */
  assignee: Who.nullable(),
  patient: WhichPatient.nullable(),
  /** The call it was made of. */
  callId: Id.nullable(),
  createdBy: Who.nullable(),
  createdAt: Instant,
  doneAt: Instant.nullable(),
  doneBy: Who.nullable(),
  revision: z.int(),
})
export type Task = z.infer<typeof Task>

export const TaskFilter = z.object({
  /** Words of the title, the details or the patient's name. */
  q: line(100).optional(),
  /** Those that are not done, unless told. */
  time: TaskTime.optional(),
  /** `due`: late or due today, which is what a day begins with. */
  due: z.enum(['yes']).optional(),
  assigneeId: Id.optional(),
  patientId: Id.optional(),
  callId: Id.optional(),
})
export type TaskFilter = z.infer<typeof TaskFilter>

export const listTasks = endpoint({
  ...member,
  method: 'GET',
  path: '/tasks',
  may: 'tasks.read',
  summary: 'Tasks by the day they are due, those without one last; the ones that are done, the latest first',
  input: { query: TaskFilter.extend(pageQuery) },
  output: pageOf(Task).extend({
    /** By the practice's calendar. */
    today: Day,
    /** Whatever is filtered, but for whom: how many are to be done at each time. */
    counts: z.object({ late: z.int(), today: z.int(), later: z.int(), undated: z.int() }),
  }),
  refreshedBy: ['tasks', 'patients'],
})

const said = {
  title: line(200).min(1),
  details: text(2_000),
  dueOn: Day.nullable(),
  assigneeId: Id.nullable(),
  patientId: Id.nullable(),
}

/** Somebody else was faster; `details.current` is what stands now. */
export const taskChanged = refusal('task_changed')

export const addTask = endpoint({
  ...member,
  method: 'POST',
  path: '/tasks',
  may: 'tasks.manage',
  records: 'task.added',
  summary: 'Adds a task: a line is enough',
  input: {
    body: z.object({
      title: said.title,
      details: said.details.default(''),
      dueOn: said.dueOn.default(null),
      assigneeId: said.assigneeId.default(null),
      patientId: said.patientId.default(null),
      callId: Id.nullable().default(null),
    }),
  },
  output: Task,
  status: 201,
  touches: ['tasks'],
})

export const updateTask = endpoint({
  ...member,
  method: 'PATCH',
  path: '/tasks/:id',
  may: 'tasks.manage',
  records: 'task.updated',
  summary: 'Changes a task',
  input: { ...one, body: z.object({ revision, ...z.object(said).partial().shape }) },
  output: Task,
  refusals: [taskChanged],
  touches: ['tasks'],
})

export const completeTask = endpoint({
  ...member,
  method: 'POST',
  path: '/tasks/:id/completion',
  may: 'tasks.manage',
  records: 'task.completed',
  summary: 'Says that a task is done; one that was already stays as it was',
  input: one,
  output: Task,
  touches: ['tasks'],
})

export const reopenTask = endpoint({
  ...member,
  method: 'DELETE',
  path: '/tasks/:id/completion',
  may: 'tasks.manage',
  records: 'task.reopened',
  summary: 'Takes back that a task is done',
  input: one,
  output: Task,
  touches: ['tasks'],
})

export const removeTask = endpoint({
  ...member,
  method: 'DELETE',
  path: '/tasks/:id',
  may: 'tasks.manage',
  records: 'task.removed',
  impersonated: 'refused',
  summary: 'Removes a task that was a mistake',
  input: one,
  output: z.undefined(),
  status: 204,
  touches: ['tasks'],
})
