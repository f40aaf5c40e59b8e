/** Who is told that a promise comes near or was not kept: in the app at once, by mail as each of them wants it. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant } from '#platform/contract/ids.ts'
import { TimeZone } from './calendar.ts'
import { EscalationMoment } from './escalations.ts'
import { TargetName } from './ticket.ts'

export const Alert = z.object({
  ticket: z.object({ id: Id, number: z.int(), subject: z.string() }),
  kind: EscalationMoment,
  /** Which promise; null of what was told before that was kept. */
  target: TargetName.nullable(),
  dueAt: Instant,
  toldAt: Instant,
  seenAt: Instant.nullable(),
  /** The promise is still open and still due then: something can be done about it. */
  current: z.boolean(),
})
export type Alert = z.infer<typeof Alert>

/** What else concerns somebody: a note calls them, the client of a ticket of theirs wrote, a colleague gave them one. */
export const Notice = z.object({
  ticket: z.object({ id: Id, number: z.int(), subject: z.string() }),
  kind: z.enum(['mentioned', 'answered', 'assigned']),
  /** Who did it. */
  by: z.string(),
  at: Instant,
  /** They have looked since, at the ticket or at this list. */
  seen: z.boolean(),
})
export type Notice = z.infer<typeof Notice>

const QuietTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'time_wrong' })

export const AlertPreferences = z.object({
  byMail: z.boolean(),
  /** By the wall clock of `timeZone`; the second may be of the next day. Null: no hour is quiet. */
  quiet: z
    .object({ from: QuietTime, until: QuietTime })
    .refine(({ from, until }) => from !== until, { path: ['until'], params: { code: 'window_empty' } })
    .nullable(),
  timeZone: TimeZone,
})
export type AlertPreferences = z.infer<typeof AlertPreferences>

const own = { realm: 'staff', may: 'tickets.read' } as const

export const listAlerts = endpoint({
  ...own,
  method: 'GET',
  path: '/support/alerts',
  summary:
    'What the asking person was told of promises in the last thirty days and what else concerns them, the latest first, and how much is unseen',
  output: z.object({ unseen: z.int(), rows: z.array(Alert), notices: z.array(Notice) }),
  refreshedBy: ['alerts', 'tickets'],
})

export const acknowledgeAlerts = endpoint({
  ...own,
  method: 'PUT',
  path: '/support/alerts/acknowledgement',
  records: 'alert.acknowledged',
  about: 'ticket',
  stepUp: false,
  summary: 'Marks as seen what the asking person was told: of one ticket, or all of it',
  input: { body: z.object({ ticketId: Id.nullable() }) },
  output: z.undefined(),
  status: 204,
})

export const getAlertPreferences = endpoint({
  ...own,
  method: 'GET',
  path: '/support/alert-preferences',
  summary: 'Whether the asking person wants mail about promises, and at which hours none',
  output: AlertPreferences,
})

export const saveAlertPreferences = endpoint({
  ...own,
  method: 'PUT',
  path: '/support/alert-preferences',
  records: 'alert_preferences.saved',
  about: 'staff_member',
  stepUp: false,
  summary: 'Says whether the asking person wants mail about promises, and at which hours none',
  input: { body: AlertPreferences },
  output: AlertPreferences,
})
