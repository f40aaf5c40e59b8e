/** Seeing identities or financial data of one database, for some minutes and a reason. Clinical and secret never. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, line } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { SqlTarget, TargetId, targetNotReady } from './targets.ts'

/** One has one open already, perhaps on another machine; `details.id` says which. */
export const unmaskingOpen = refusal('sql_unmasking_open')
/** It has ended, by itself or by somebody. */
export const unmaskingOver = refusal('sql_unmasking_over')

export const Unmasked = z.enum(['identity', 'financial'])
export type Unmasked = z.infer<typeof Unmasked>

export const longestUnmasking = 60
export const usualUnmasking = 15

/** By its owner, by somebody else, by the clock, with the session it was opened in, or with the right to it. */
export const UnmaskingEnd = z.enum(['owner', 'other', 'time', 'session', 'right'])
export type UnmaskingEnd = z.infer<typeof UnmaskingEnd>

const person = z.object({ id: Id, name: z.string() })

export const SqlUnmasking = z.object({
  id: Id,
  by: person,
  target: SqlTarget.pick({ id: true, name: true, environment: true, kind: true }),
  classes: z.array(Unmasked),
  reason: z.string(),
  ticket: z.object({ id: Id, number: z.int() }),
  minutes: z.int(),
  openedAt: Instant,
  endsAt: Instant,
  endedAt: Instant.nullable(),
  endedBy: UnmaskingEnd.nullable(),
  /** Where a person ended it. */
  ender: person.nullable(),
  /** Answers that went out unmasked. */
  runs: z.int(),
  isOpen: z.boolean(),
})
export type SqlUnmasking = z.infer<typeof SqlUnmasking>

const staff = { realm: 'staff', about: 'sql_unmasking' } as const

export const openSqlUnmasking = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/unmaskings',
  may: 'sql.unmask',
  records: 'sql_unmasking.opened',
  stepUp: true,
  summary: 'Shows what is masked in one’s own results on one database, for some minutes, in this session',
  input: {
    body: z.object({
      target: TargetId,
      classes: z.array(Unmasked).min(1).max(2),
      reason: line(500).min(10),
      /** As people call it: 33. It has to exist. */
      ticket: z.int().min(1).max(2_147_483_647),
      minutes: z.int().min(1).max(longestUnmasking).default(usualUnmasking),
    }),
  },
  output: SqlUnmasking,
  status: 201,
  refusals: [unmaskingOpen, targetNotReady],
  touches: ['sql'],
})

export const endSqlUnmasking = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/unmaskings/:id/ending',
  may: 'sql.read',
  records: 'sql_unmasking.ended',
  stepUp: false,
  summary: 'Masks again at once; one’s own, and for whoever approves anybody’s',
  input: { params: z.object({ id: Id }) },
  output: SqlUnmasking,
  refusals: [unmaskingOver],
  touches: ['sql'],
})

/** What holds in this session now. */
export const getSqlUnmasking = endpoint({
  ...staff,
  method: 'GET',
  path: '/sql/unmasking',
  may: 'sql.read',
  summary: 'What one sees unmasked in this session, and until when',
  output: z.object({ open: SqlUnmasking.nullable() }),
  refreshedBy: ['sql'],
})

export const listSqlUnmaskings = endpoint({
  ...staff,
  method: 'GET',
  path: '/sql/unmaskings',
  may: 'sql.read',
  summary:
    'Who saw what unmasked, and why, the latest first; one’s own, and for whoever approves everybody’s',
  input: { query: z.object({ ...pageQuery, state: z.enum(['open', 'ended']).optional() }) },
  output: pageOf(SqlUnmasking),
  refreshedBy: ['sql'],
})
