/** What is owed to the practice, line by line. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { DueKind, member, Named } from './common.ts'

/**
 * - `owed`     over, or on a fee note, and not all paid: what is to be collected
 * - `planned`  to come, and not all paid: what may be expected
 * - `paid`     all of it
 * - `any`
 */
export const dueStates = ['owed', 'planned', 'paid', 'any'] as const
export const DueState = z.enum(dueStates)
export type DueState = z.infer<typeof DueState>

export const Due = z.object({
  kind: DueKind,
  id: Id,
  patient: Named,
  practitioner: Named,
  /** The day, by the practice's calendar; of an appointment also the time: `2026-11-23T09:00`. */
  on: Day,
  startsLocal: z.string().nullable(),
  /** The act's name, or what the extra fee is for; empty where an appointment is for no act. */
  label: z.string(),
  status: z.enum(['planned', 'kept', 'late_cancelled', 'no_show']),
  dueCents: Cents,
  paidCents: Cents,
  /** What is left to pay; below zero where more was paid than is owed by now. */
  leftCents: Cents,
  /** Days since then; null where it is still to come, or paid. */
  daysLate: z.int().nullable(),
  feeNote: z.object({ id: Id, number: z.string() }).nullable(),
})
export type Due = z.infer<typeof Due>

export const DueFilter = z.object({
  state: DueState.optional(),
  /** Days of the practice on which it came to be owed, both included. */
  from: Day.optional(),
  to: Day.optional(),
  patient: Id.optional(),
  practitioner: Id.optional(),
})
export type DueFilter = z.infer<typeof DueFilter>

export const listDues = endpoint({
  ...member,
  method: 'GET',
  path: '/dues',
  may: 'fees.read',
  summary: 'What is owed, the oldest first; unless told, what is to be collected now',
  input: { query: z.object({ ...DueFilter.shape, ...pageQuery }) },
  output: pageOf(Due).extend({
    /** The practice's day. */
    today: Day,
    /** Of all that match, not of this page. What was paid too much for one line leaves no less to pay of another. */
    sums: z.object({ dueCents: Cents, paidCents: Cents, leftCents: Cents, patients: z.int() }),
  }),
  refreshedBy: ['fees', 'agenda', 'patients'],
})
