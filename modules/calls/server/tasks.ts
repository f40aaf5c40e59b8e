import {
  addTask,
  completeTask,
  listTasks,
  removeTask,
  reopenTask,
  taskChanged,
  updateTask,
  type Task,
} from '#contract/calls'
import { isHere } from '#server/patients'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import {
  found,
  handleInTenant,
  refuse,
  WrongField,
  type TenantContext,
  type TenantHandler,
} from '#platform/server/requests.ts'
import { namesOf } from './calls.ts'
import { practiceNow, worksHere } from './people-queries.ts'
import {
  callExists,
  changeTask,
  countOfTasks,
  deleteTask,
  heldTask,
  insertTask,
  pageOfTasks,
  TaskPlace,
  taskRow,
  tasksToDo,
  type TaskRow,
} from './task-queries.ts'

/** The log is told whose task it is and for when; never what it says. */
export const tasks: readonly TenantHandler[] = [
  handleInTenant(listTasks, async (ctx, { query: { after, limit, ...filter } }) => {
    const { today } = await practiceNow(ctx.db, ctx.clock)
    const asking = { today, patients: seesPatients(ctx) }
    const place = readCursor(TaskPlace, after)
    const rows = await pageOfTasks(ctx.db, filter, asking, { after: place?.key, limit: limit + 1 })
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      rows: page.map((row) => shown(row, asking.patients)),
      total: await countOfTasks(ctx.db, filter, asking),
      totalIsExact: true,
      next: rows.length > limit && last ? cursorOf({ key: last.key }) : null,
      today,
      counts: await tasksToDo(ctx.db, today, filter.assigneeId),
    }
  }),

  handleInTenant(
    addTask,
    ({ clock }) => ({ id: uuidv7(clock.now().getTime()) }),
    async (ctx, { body }, { id }) => {
      await checked(ctx, body)
      const { db, clock, member } = ctx
      await insertTask(db, { ...body, id, createdBy: member.memberId, createdAt: clock.now() })
      const { dueOn, assigneeId, patientId, callId } = body
      ctx.record({ after: { dueOn, assigneeId, patientId, callId } })
      return shownTask(ctx, id)
    },
  ),

  handleInTenant(updateTask, async (ctx, { params: { id }, body: { revision, ...change } }) => {
    const before = found(await heldTask(ctx.db, id))
    if (before.revision !== revision)
      throw refuse(taskChanged, { details: { current: await shownTask(ctx, id) } })
    await checked(ctx, change)
    await changeTask(ctx.db, id, change)
    ctx.record({ after: { changed: namesOf(change) } })
    return shownTask(ctx, id)
  }),

  handleInTenant(completeTask, async (ctx, { params: { id } }) => {
    const { doneAt } = found(await heldTask(ctx.db, id))
    if (!doneAt) await changeTask(ctx.db, id, { doneAt: ctx.clock.now(), doneBy: ctx.member.memberId })
    ctx.record({ before: { done: doneAt !== null }, after: { done: true } })
    return shownTask(ctx, id)
  }),

  handleInTenant(reopenTask, async (ctx, { params: { id } }) => {
    const { doneAt } = found(await heldTask(ctx.db, id))
    if (doneAt) await changeTask(ctx.db, id, { doneAt: null, doneBy: null })
    ctx.record({ before: { done: doneAt !== null }, after: { done: false } })
    return shownTask(ctx, id)
  }),

  handleInTenant(removeTask, async (ctx, { params: { id } }) => {
    const { doneAt } = found(await heldTask(ctx.db, id))
    await deleteTask(ctx.db, id)
    ctx.record({ before: { done: doneAt !== null } })
    return undefined
  }),
]

const seesPatients = ({ member }: Pick<TenantContext, 'member'>) => member.permissions.has('patients.read')

type Said = { [Name in 'patientId' | 'assigneeId' | 'callId']?: string | null | undefined }

/** @throws WrongField */
async function checked({ db }: TenantContext, { patientId, assigneeId, callId }: Said): Promise<void> {
  if (patientId && !(await isHere(db, patientId)))
    throw new WrongField('body', 'patientId', 'call_patient_unknown')
  if (assigneeId && !(await worksHere(db, assigneeId)))
    throw new WrongField('body', 'assigneeId', 'member_not_here')
  if (callId && !(await callExists(db, callId))) throw new WrongField('body', 'callId', 'call_unknown')
}

async function shownTask(ctx: TenantContext, id: string): Promise<Task> {
  const { today } = await practiceNow(ctx.db, ctx.clock)
  return shown(found(await taskRow(ctx.db, today, id)), seesPatients(ctx))
}

function shown(row: TaskRow, seesThem: boolean): Task {
  const { patientId, patientName, createdAt, doneAt } = row
  return {
    id: row.id,
    title: row.title,
    details: row.details,
    dueOn: row.dueOn,
    time: row.time,
    assignee: row.assignee,
    patient: patientId ? { id: patientId, name: seesThem ? patientName : null } : null,
    callId: row.callId,
    createdBy: row.createdBy,
    createdAt: createdAt.toISOString(),
    doneAt: doneAt?.toISOString() ?? null,
    doneBy: row.doneBy,
    revision: row.revision,
  }
}
