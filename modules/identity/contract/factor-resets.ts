import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, text } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { alreadySuspended, notYourself } from './staff-member.ts'

export const factorResetOpen = refusal('factor_reset_open')
export const factorResetOver = refusal('factor_reset_over')
export const alreadyApproved = refusal('already_approved')

export const FactorReset = z.object({
  id: Id,
  staffId: Id,
  name: z.string(),
  reason: z.string(),
  requestedAt: Instant,
  /** Null: the person. */
  requestedBy: z.string().nullable(),
  approvals: z.array(z.object({ name: z.string(), at: Instant })),
  /** waiting: for approvals; delayed: approved, until `effectiveAt`; done; cancelled. */
  state: z.enum(['waiting', 'delayed', 'done', 'cancelled']),
  effectiveAt: Instant.nullable(),
  /** Whether the person asking could be the next to approve. */
  approvable: z.boolean(),
})
export type FactorReset = z.infer<typeof FactorReset>

const one = { params: z.object({ id: Id }) }
const resets = { realm: 'staff', may: 'staff.reset_factors' } as const

export const listFactorResets = endpoint({
  ...resets,
  method: 'GET',
  path: '/factor-resets',
  summary: 'Lost second factors: what waits first, then the last hundred',
  output: z.object({ rows: z.array(FactorReset) }),
  refreshedBy: ['factor_resets'],
})

/** Counts as the first of the two approvals. */
export const startFactorReset = endpoint({
  ...resets,
  method: 'POST',
  path: '/staff/:id/factor-reset',
  about: 'staff_member',
  records: 'factor_reset.requested',
  stepUp: true,
  summary: "Asks for the reset of somebody's lost second factor",
  input: { ...one, body: z.object({ reason: text(500).trim().min(1) }) },
  output: FactorReset,
  status: 201,
  refusals: [notYourself, alreadySuspended, factorResetOpen],
  touches: ['factor_resets', 'staff'],
})

export const approveFactorReset = endpoint({
  ...resets,
  method: 'POST',
  path: '/factor-resets/:id/approvals',
  records: 'factor_reset.approved',
  stepUp: true,
  summary: 'Approves; with the second approval the delay begins, and the person is told',
  input: one,
  output: FactorReset,
  refusals: [notYourself, alreadyApproved, factorResetOver],
  touches: ['factor_resets', 'staff'],
})

export const cancelFactorReset = endpoint({
  ...resets,
  method: 'DELETE',
  path: '/factor-resets/:id',
  records: 'factor_reset.cancelled',
  stepUp: true,
  summary: 'Calls a reset off before it happened',
  input: one,
  output: FactorReset,
  refusals: [factorResetOver],
  touches: ['factor_resets', 'staff'],
})
