/** Reading and simulating. Nothing here changes anything, whatever the text says. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, line } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Effects, Problem, Report } from './report.ts'
import { SqlTarget, TargetId, targetNotReady } from './targets.ts'
import { Unmasked } from './unmasking.ts'

/** One is running for this person already; `details.id` says which. */
export const oneAtATime = refusal('sql_one_at_a_time')
/** It reads no more than it may: what changes something is simulated. Of one text: `details.from` and `details.to` say where it stands. */
export const onlyReading = refusal('sql_only_reading')
/** A change of the schema takes a right of its own. */
export const schemaNotYours = refusal('sql_schema_not_yours', 403)
/** Of the central database it is simulated from the command line alone. */
export const schemaNotHere = refusal('sql_schema_not_here')
/** An id names one run. */
export const runKnown = refusal('sql_run_known')

export const longestText = 1_000_000
/** Of a read: so many rows are shown without being asked for, and so many at most. */
export const rowsShown = 1_000
export const mostRowsShown = 100_000

/** What a run told is kept so long; a run that nobody asked to execute is no longer kept either. */
export const reportsKeptDays = 90
/** Of what was asked to be executed, the text; that it was, by whom, and how many rows changed, stays. Empty once it is gone. */
export const textsKeptDays = 365

export const Mode = z.enum(['read', 'simulate', 'execute', 'undo'])
export type Mode = z.infer<typeof Mode>
/** `lost`: the process that ran it died; of a transaction that cannot be committed nothing remained. */
export const RunStatus = z.enum([
  'running',
  'simulated',
  'refused',
  'failed',
  'cancelled',
  'lost',
  'executed',
])
export type RunStatus = z.infer<typeof RunStatus>

const person = z.object({ id: Id, name: z.string() })

export const SqlRunLine = z.object({
  id: Id,
  mode: Mode,
  target: SqlTarget.pick({ id: true, name: true, environment: true, kind: true }),
  status: RunStatus,
  by: person,
  /** The beginning of it. */
  text: z.string(),
  startedAt: Instant,
  /** Milliseconds. */
  took: z.number().nullable(),
  rowCount: z.int().nullable(),
  /** All statements together; of what failed, what they had come to before it: none of it is or would be. */
  effects: Effects,
  code: z.string().nullable(),
})
export type SqlRunLine = z.infer<typeof SqlRunLine>

export const SqlRun = SqlRunLine.extend({
  parameters: z.array(z.string().nullable()),
  /** Why it was refused, each at its place. */
  problems: z.array(Problem),
  report: Report.nullable(),
  schemaVersion: z.int().nullable(),
  /** Of a simulation that changes something: with it, and with nothing else, it may be executed. */
  receipt: z
    .object({ digest: z.string(), until: Instant, used: z.boolean(), writes: z.boolean() })
    .nullable(),
  /** Of an undo: of which execution. */
  undoes: Id.nullable(),
  /** The answer to whoever ran it went out unmasked under it; what is kept is masked. */
  unmasking: Id.nullable(),
  /** What this very answer shows that is masked otherwise: of a run that is looked at again, nothing. */
  unmasked: z.array(Unmasked),
})
export type SqlRun = z.infer<typeof SqlRun>

/** `id` is chosen by who asks, so that it can be cancelled before it has answered. */
const body = z.object({
  id: Id,
  target: TargetId,
  text: z.string().min(1).max(longestText),
  parameters: z.array(z.string().max(100_000).nullable()).max(100).default([]),
  ticket: line(60).default(''),
})
const staff = { realm: 'staff', about: 'sql_run', touches: ['sql'] } as const
const one = z.object({ id: Id })
const refusals = [targetNotReady, oneAtATime, runKnown] as const

export const readSql = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/reads',
  may: 'sql.read',
  records: 'sql.read_out',
  stepUp: false,
  summary: 'Runs statements that only read; what they give is masked',
  input: { body: body.extend({ most: z.int().min(1).max(mostRowsShown).default(rowsShown) }) },
  output: SqlRun,
  refusals: [...refusals, onlyReading],
})

export const simulateSql = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/simulations',
  may: 'sql.simulate',
  records: 'sql.simulated',
  stepUp: false,
  summary:
    'Runs statements for real in a transaction that is always rolled back, and tells what they would do',
  input: { body },
  output: SqlRun,
  refusals: [...refusals, schemaNotYours],
})

/** As the database's owner, who has no other power; definitions and rows may be mixed in one text. */
export const simulateSqlSchema = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/schema-simulations',
  may: 'sql.ddl',
  records: 'sql_schema.simulated',
  stepUp: false,
  summary: 'Runs statements that change the schema, in a transaction that is always rolled back',
  input: { body },
  output: SqlRun,
  refusals: [...refusals, schemaNotHere],
})

export const cancelSqlRun = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/runs/:id/cancellation',
  may: 'sql.read',
  records: 'sql.cancelled',
  stepUp: false,
  summary: 'Ends one’s own run at once',
  input: { params: one },
  output: z.undefined(),
  status: 204,
})

/** As one types: what the parser says, without a database. */
export const checkSql = endpoint({
  realm: 'staff',
  method: 'GET',
  path: '/sql/check',
  may: 'sql.read',
  summary: 'Where a text is wrong, or would be refused',
  input: { query: z.object({ text: z.string().max(6_000) }) },
  output: z.object({
    statements: z.array(
      z.object({
        from: z.int(),
        to: z.int(),
        command: z.string(),
        does: z.enum(['reads', 'writes', 'changes_schema']),
        parameters: z.int(),
      }),
    ),
    problems: z.array(Problem),
  }),
})

/** One's own; of others whoever approves sees what is asked for. */
export const listSqlRuns = endpoint({
  realm: 'staff',
  method: 'GET',
  path: '/sql/runs',
  may: 'sql.read',
  summary: 'One’s own runs, the latest first',
  input: {
    query: z.object({
      ...pageQuery,
      target: TargetId.optional(),
      mode: Mode.optional(),
      status: RunStatus.optional(),
    }),
  },
  output: pageOf(SqlRunLine),
  refreshedBy: ['sql'],
})

export const getSqlRun = endpoint({
  realm: 'staff',
  method: 'GET',
  path: '/sql/runs/:id',
  may: 'sql.read',
  summary: 'One run with its whole report; one’s own, or one that somebody asks to execute',
  input: { params: one },
  output: SqlRun,
  refreshedBy: ['sql'],
})
