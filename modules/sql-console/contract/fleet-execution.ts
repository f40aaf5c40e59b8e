/** Executing in many practices what was simulated in each of them: one first, then waves, and no further than the first that drifts. */
import { z } from 'zod'
import { Id, Instant } from '#platform/contract/ids.ts'

export const FleetExecutionState = z.enum([
  'asked',
  'approved',
  'refused',
  'withdrawn',
  'lapsed',
  'running',
  /** A wave is over, and the next is begun by hand. */
  'paused',
  /** A practice failed or drifted. */
  'stopped',
  'executed',
])
export type FleetExecutionState = z.infer<typeof FleetExecutionState>

/** In one practice. `unknown`: whether it was committed is being found out. */
export const PracticeExecution = z.object({
  state: z.enum(['waiting', 'executed', 'failed', 'drifted', 'unknown', 'undone']),
  wave: z.int(),
  /** Of the execution as any other has one: its way back is taken there. */
  requestId: Id.nullable(),
})
export type PracticeExecution = z.infer<typeof PracticeExecution>

const person = z.object({ id: Id, name: z.string() })

export const FleetExecution = z.object({
  state: FleetExecutionState,
  /** What is approved: of the text and of the effects in every practice. */
  receipt: z.string(),
  reason: z.string(),
  askedAt: Instant,
  lapsesAt: Instant,
  decidedBy: person.nullable(),
  decidedAt: Instant.nullable(),
  remark: z.string(),
  begunAt: Instant.nullable(),
  automatic: z.boolean(),
  /** Which comes next, or is under way. */
  wave: z.int(),
  waves: z.array(z.object({ total: z.int(), executed: z.int(), stopped: z.int() })),
})
export type FleetExecution = z.infer<typeof FleetExecution>
