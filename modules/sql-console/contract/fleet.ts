/** One text over many practices: read or simulated on each, what they gave side by side, and who does otherwise than the others. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, line } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { FleetExecution, FleetExecutionState, PracticeExecution } from './fleet-execution.ts'
import { Effects, Problem, Report } from './report.ts'
import { longestText, onlyReading } from './runs.ts'
import { ColumnClass } from './targets.ts'

/** One of this person is under way through practices already; `details.id` says which. */
export const fleetOneAtATime = refusal('sql_fleet_one_at_a_time')
/** An id names one of them. */
export const fleetKnown = refusal('sql_fleet_known')
/** No practice that is searched for, or chosen, is there. */
export const fleetEmpty = refusal('sql_fleet_empty')
/** Its text is not run at all; `details.problems` are each at its place. */
export const fleetTextRefused = refusal('sql_fleet_text_refused')
/** Schemas of all practices are changed by a release, in its own waves. */
export const fleetNoSchema = refusal('sql_fleet_no_schema')
/** It is over. */
export const fleetOver = refusal('sql_fleet_over')

export const FleetState = z.enum(['waiting', 'running', 'cancelled', 'done'])
export type FleetState = z.infer<typeof FleetState>

/**
 * How it went in one practice. `failed`: the statement did. The others were not reached: its database does not answer; it moves;
 * it waits for a migration; it goes or is gone; somebody cancelled.
 */
export const PracticeOutcome = z.enum([
  'waiting',
  'done',
  'failed',
  'unreachable',
  'moving',
  'outdated',
  'gone',
  'cancelled',
])
export type PracticeOutcome = z.infer<typeof PracticeOutcome>

/** What one practice does otherwise than most; `name` is that of a column or of a table. */
export const Difference = z.object({
  about: z.enum(['outcome', 'code', 'constraint', 'column', 'schema_version', 'table']),
  name: z.string(),
  /** As most have it; null where most have none. */
  usual: z.string().nullable(),
  here: z.string().nullable(),
})
export type Difference = z.infer<typeof Difference>

export const FleetPractice = z.object({
  tenantId: Id,
  name: z.string(),
  outcome: PracticeOutcome,
  /** Its members are kept out of it; it is looked at all the same. */
  suspended: z.boolean(),
  rowCount: z.int().nullable(),
  effects: Effects,
  code: z.string().nullable(),
  took: z.number().nullable(),
  differs: z.array(Difference),
  execution: PracticeExecution.nullable(),
})
export type FleetPractice = z.infer<typeof FleetPractice>

const figures = z.object({
  waiting: z.int(),
  done: z.int(),
  failed: z.int(),
  /** All that were not reached, whatever the reason. */
  notReached: z.int(),
  cancelled: z.int(),
})

export const SqlFleetLine = z.object({
  id: Id,
  mode: z.enum(['read', 'simulate']),
  state: FleetState,
  by: z.object({ id: Id, name: z.string() }),
  /** The beginning of it. */
  text: z.string(),
  ticket: z.string(),
  askedAt: Instant,
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  total: z.int(),
  figures,
  execution: FleetExecutionState.nullable(),
})
export type SqlFleetLine = z.infer<typeof SqlFleetLine>

export const SqlFleet = SqlFleetLine.extend({
  parameters: z.array(z.string().nullable()),
  /** In the order they were sent in. */
  practices: z.array(FleetPractice),
  diverging: z.int(),
  /** Of all practices together. */
  effects: Effects,
  rowCount: z.int(),
  executing: FleetExecution.nullable(),
})
export type SqlFleet = z.infer<typeof SqlFleet>

/** All practices, those whose name or database is like what is searched for, or those picked. */
const practices = z.object({
  search: line(100).default(''),
  ids: z.array(Id).min(1).max(5_000).optional(),
})

/** `id` is chosen by who asks. */
const body = z.object({
  id: Id,
  practices,
  text: z.string().min(1).max(longestText),
  parameters: z.array(z.string().max(100_000).nullable()).max(100).default([]),
  ticket: line(60).default(''),
})
const staff = { realm: 'staff', about: 'sql_fleet', touches: ['sql'] } as const
const one = z.object({ id: Id })
const refusals = [fleetOneAtATime, fleetKnown, fleetEmpty, fleetTextRefused] as const

export const readSqlFleet = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/fleets/reads',
  may: 'sql.read',
  records: 'sql_fleet.read_out',
  stepUp: false,
  status: 202,
  summary: 'Sends statements that only read through many practices; what they give is masked',
  input: { body },
  output: SqlFleetLine,
  refusals: [...refusals, onlyReading],
})

export const simulateSqlFleet = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/fleets/simulations',
  may: 'sql.simulate',
  records: 'sql_fleet.simulated',
  stepUp: false,
  status: 202,
  summary: 'Simulates statements in many practices, each in a transaction that is always rolled back',
  input: { body },
  output: SqlFleetLine,
  refusals: [...refusals, fleetNoSchema],
})

export const cancelSqlFleet = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/fleets/:id/cancellation',
  may: 'sql.read',
  records: 'sql_fleet.cancelled',
  stepUp: false,
  summary: 'Ends one’s own at once: what runs is cut, and no further practice is begun',
  input: { params: one },
  output: z.undefined(),
  status: 204,
  refusals: [fleetOver],
})

/** One's own, and for whoever approves those that somebody asks to execute. */
export const listSqlFleets = endpoint({
  realm: 'staff',
  method: 'GET',
  path: '/sql/fleets',
  may: 'sql.read',
  summary: 'What went through many practices, the latest first',
  input: { query: z.object({ ...pageQuery, execution: FleetExecutionState.optional() }) },
  output: pageOf(SqlFleetLine),
  refreshedBy: ['sql'],
})

export const getSqlFleet = endpoint({
  realm: 'staff',
  method: 'GET',
  path: '/sql/fleets/:id',
  may: 'sql.read',
  summary: 'One of them: how it went in each practice, and which of them do otherwise',
  input: { params: one },
  output: SqlFleet,
  refreshedBy: ['sql'],
})

/** What the last statement that gives rows gave in all practices, in their order. A column that one has not is null in its rows. */
export const listSqlFleetRows = endpoint({
  realm: 'staff',
  method: 'GET',
  path: '/sql/fleets/:id/rows',
  may: 'sql.read',
  summary: 'Rows of all practices together, each with whose it is',
  input: {
    params: one,
    query: z.object(pageQuery),
  },
  /** In all, those that were kept. */
  output: pageOf(
    z.object({ tenantId: Id, practice: z.string(), values: z.array(z.string().nullable()) }),
  ).extend({
    columns: z.array(z.object({ name: z.string(), type: z.string(), masked: ColumnClass.nullable() })),
  }),
  refreshedBy: ['sql'],
})

export const getSqlFleetPractice = endpoint({
  realm: 'staff',
  method: 'GET',
  path: '/sql/fleets/:id/practices/:tenantId',
  may: 'sql.read',
  summary: 'What it gave and did in one practice',
  input: { params: z.object({ id: Id, tenantId: Id }) },
  output: FleetPractice.extend({ problems: z.array(Problem), report: Report.nullable() }),
  refreshedBy: ['sql'],
})
