/** Executing in many practices what was simulated in each of them: one first, then waves, and no further than the first that drifts. */
import { z } from 'zod'
import { Id, Instant } from '#platform/contract/ids.ts'
import { Effects } from './report.ts'

const person = z.object({ id: Id, name: z.string() })

export const FleetExecutionState = z.enum([
  'asked',
  'approved',
  'refused',
  'withdrawn',
  'lapsed',
  'running',
  /** A wave is over, and the next is begun by hand. */
  'paused',
  /** A practice failed or drifted, or somebody stopped it: `stop` says which. */
  'stopped',
  'executed',
])
export type FleetExecutionState = z.infer<typeof FleetExecutionState>

const counts = z.object({ inserted: z.int(), updated: z.int(), deleted: z.int() })

/** Where it would not have done what was approved; the same counts on both sides are of other rows. */
export const FleetDrift = z.object({
  /** From 0; null: at the end, or in no statement that was approved. */
  statement: z.int().nullable(),
  table: z.string(),
  approved: counts.nullable(),
  found: counts.nullable(),
})
export type FleetDrift = z.infer<typeof FleetDrift>

/**
 * In one practice. `unknown`: whether it was committed is being found out; `left_out`: by hand, after a stop; whom the asker left out
 * has none at all.
 */
export const PracticeExecution = z.object({
  state: z.enum(['waiting', 'executed', 'failed', 'drifted', 'unknown', 'left_out', 'undone']),
  /** From 0, where one practice is alone. */
  wave: z.int(),
  /** Of the execution as any other has one: its way back is taken there. */
  requestId: Id.nullable(),
  /** SQLSTATE, or why it was not done: as a report's failure and a practice's outcome say it. */
  /** `never_known`: of one that is unknown, and that nobody can be asked about any more. */
  code: z.string().nullable(),
  drift: z.array(FleetDrift),
  endedAt: Instant.nullable(),
})
export type PracticeExecution = z.infer<typeof PracticeExecution>

/**
 * Why it stands still. `drifted`, `failed`, `unknown`: in `tenantId`; `by_hand`: by `by`; `approver_gone`, `author_gone`: they may
 * not any more; `lapsed`: the approval is over; `refused`: this release would not run the text.
 */
export const FleetStop = z.object({
  why: z.enum([
    'drifted',
    'failed',
    'unknown',
    'by_hand',
    'approver_gone',
    'author_gone',
    'lapsed',
    'refused',
  ]),
  at: Instant,
  by: person.nullable(),
  tenantId: Id.nullable(),
  practice: z.string().nullable(),
})
export type FleetStop = z.infer<typeof FleetStop>

export const FleetExecution = z.object({
  state: FleetExecutionState,
  /** What is approved: of the text and of the effects in every practice; until then, or after, by `lapsesAt` it is over. */
  receipt: z.string(),
  reason: z.string(),
  askedAt: Instant,
  lapsesAt: Instant,
  decidedBy: person.nullable(),
  decidedAt: Instant.nullable(),
  remark: z.string(),
  begunAt: Instant.nullable(),
  /** The last wave is over. */
  endedAt: Instant.nullable(),
  /** Goes on to the next wave by itself. */
  automatic: z.boolean(),
  /** Which comes next, or is under way. */
  wave: z.int(),
  waves: z.array(z.object({ total: z.int(), executed: z.int(), stopped: z.int(), leftOut: z.int() })),
  /** Practices in it; the others were left out by who asked. */
  total: z.int(),
  /** What is approved, of all practices in it together. */
  effects: Effects,
  /** Of `stopped`. */
  stop: FleetStop.nullable(),
})
export type FleetExecution = z.infer<typeof FleetExecution>
