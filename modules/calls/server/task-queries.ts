import type { RawBuilder } from 'kysely'
import { z } from 'zod'
import type { TaskFilter, TaskTime } from '#contract/calls'
import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'
import { anywhere, whoSql } from './people-queries.ts'

type Db = TenantTables<'tasks' | 'patients' | 'profiles'>
type Who = { id: string; name: string } | null

export type TaskRow = {
  id: string
  title: string
  details: string
  dueOn: string | null
  time: TaskTime
  assignee: Who
  patientId: string | null
  patientName: string | null
  callId: string | null
  createdBy: Who
  createdAt: Date
  doneAt: Date | null
  doneBy: Who
  revision: number
}

export type Asking = { today: string; patients: boolean }

/** Where a page ended. */
export const TaskPlace = z.strictObject({ key: z.string().max(100) })

const timeIn = (today: string) => sql<TaskTime>`case when t.done_at is not null then 'done'
  when t.due_on is null then 'undated' when t.due_on < ${today}::date then 'late'
  when t.due_on = ${today}::date then 'today' else 'later' end`

/** Ids grow with time: what was added first stands first among those of one day. */
const byDay = sql`coalesce(t.due_on::text, '9999-12-31') || ' ' || t.id`
const byEnd = sql`to_char(t.done_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || ' ' || t.id`

const shown = (
  today: string,
) => sql`t.id, t.title, t.details, t.due_on::text as due_on, ${timeIn(today)} as time,
  ${whoSql('t.assignee_id')} as assignee, t.patient_id, p.first_name || ' ' || p.last_name as patient_name, t.call_id,
  ${whoSql('t.created_by')} as created_by, t.created_at, t.done_at, ${whoSql('t.done_by')} as done_by, t.revision`

const joined = sql`tasks t left join patients p on p.id = t.patient_id`

function matching(filter: TaskFilter, { today, patients }: Asking): RawBuilder<boolean> {
  const { q, time, due, assigneeId, patientId, callId } = filter
  const conditions: RawBuilder<boolean>[] = [time ? sql`${timeIn(today)} = ${time}` : sql`t.done_at is null`]
  if (due) conditions.push(sql`t.due_on <= ${today}::date`)
  if (assigneeId) conditions.push(sql`t.assignee_id = ${assigneeId}::uuid`)
  if (patientId) conditions.push(sql`t.patient_id = ${patientId}::uuid`)
  if (callId) conditions.push(sql`t.call_id = ${callId}::uuid`)
  const name = patients ? sql`coalesce(p.first_name || ' ' || p.last_name, '')` : sql`''`
  if (q) conditions.push(sql`searchable(t.title || ' ' || t.details || ' ' || ${name}) like ${anywhere(q)}`)
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

export async function pageOfTasks(
  db: Db,
  filter: TaskFilter,
  asking: Asking,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<(TaskRow & { key: string })[]> {
  const done = filter.time === 'done'
  const key = done ? byEnd : byDay
  const beyond = after === undefined ? sql`` : sql`and ${key} ${done ? sql`<` : sql`>`} ${after}::text`
  const { rows } = await sql<TaskRow & { key: string }>`
    select ${shown(asking.today)}, ${key} as key from ${joined} where ${matching(filter, asking)} ${beyond}
    order by key ${done ? sql`desc` : sql`asc`} limit ${limit}`.execute(db)
  return rows
}

export async function countOfTasks(db: Db, filter: TaskFilter, asking: Asking): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from ${joined} where ${matching(filter, asking)}`.execute(db)
  return rows[0]?.count ?? 0
}

export type TaskCounts = { late: number; today: number; later: number; undated: number }

/** What is to be done: all of it, or what one person is to do. */
export async function tasksToDo(
  db: TenantTables<'tasks'>,
  today: string,
  assigneeId?: string,
): Promise<TaskCounts> {
  const whose = assigneeId === undefined ? sql`true` : sql`assignee_id = ${assigneeId}::uuid`
  const { rows } = await sql<TaskCounts>`
    select count(*) filter (where due_on < ${today}::date)::integer as late,
      count(*) filter (where due_on = ${today}::date)::integer as today,
      count(*) filter (where due_on > ${today}::date)::integer as later,
      count(*) filter (where due_on is null)::integer as undated
    from tasks where done_at is null and ${whose}`.execute(db)
  return rows[0] ?? { late: 0, today: 0, later: 0, undated: 0 }
}

export async function taskRow(db: Db, today: string, id: string): Promise<TaskRow | undefined> {
  const { rows } = await sql<TaskRow>`
    select ${shown(today)} from ${joined} where t.id = ${id}::uuid`.execute(db)
  return rows[0]
}

/** Held until the transaction ends. */
export async function heldTask(db: TenantTables<'tasks'>, id: string) {
  return db
    .selectFrom('tasks')
    .where('id', '=', id)
    .select(['revision', 'doneAt'])
    .forUpdate()
    .executeTakeFirst()
}

export async function callExists(db: TenantTables<'calls'>, id: string): Promise<boolean> {
  return (await db.selectFrom('calls').where('id', '=', id).select('id').executeTakeFirst()) !== undefined
}

type Fields = {
  title: string
  details: string
  dueOn: string | null
  assigneeId: string | null
  patientId: string | null
}

export async function insertTask(
  db: TenantTables<'tasks'>,
  row: Fields & { id: string; callId: string | null; createdBy: string; createdAt: Date },
): Promise<void> {
  await db.insertInto('tasks').values(row).execute()
}

type Change = Partial<Fields> & { doneAt?: Date | null; doneBy?: string | null }

export async function changeTask(
  db: TenantTables<'tasks'>,
  id: string,
  change: { [Name in keyof Change]: Change[Name] | undefined },
): Promise<void> {
  await db
    .updateTable('tasks')
    .set({ ...change, revision: sql<number>`revision + 1` })
    .where('id', '=', id)
    .execute()
}

export async function deleteTask(db: TenantTables<'tasks'>, id: string): Promise<void> {
  await db.deleteFrom('tasks').where('id', '=', id).execute()
}
