/** What is promised to customers, and when support works: dated versions, never changed in place. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { territories } from '#platform/contract/french-holidays.ts'
import { Id, Instant, line } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Calendar } from './calendar.ts'
import { Escalations } from './escalations.ts'
import { Person, priorities, TargetName } from './ticket.ts'

const Minutes = z
  .int()
  .min(1)
  .max(60 * 24 * 60)
  .nullable()

/** Minutes of working time; null: nothing is promised. */
export const Allowances = z.object({ firstResponse: Minutes, nextResponse: Minutes, resolution: Minutes })
export type Allowances = z.infer<typeof Allowances>

export const SlaCalendar = z.object({
  id: Id,
  name: z.string(),
  versionId: Id,
  inForceFrom: Instant,
  calendar: Calendar,
  territory: z.enum(territories),
  /** Later ones that wait, and former ones, the latest first. */
  versions: z.array(z.object({ id: Id, inForceFrom: Instant, by: z.string().nullable() })),
})
export type SlaCalendar = z.infer<typeof SlaCalendar>

export const SlaPolicy = z.object({
  id: Id,
  name: z.string(),
  versionId: Id,
  inForceFrom: Instant,
  active: z.boolean(),
  position: z.int(),
  calendar: Person,
  plans: z.array(z.string()),
  tags: z.array(z.string()),
  allowances: z.record(z.enum(priorities), Allowances),
  warnAtPercent: z.int().min(1).max(100),
  /** What happens by itself then. */
  escalations: Escalations,
  /** Open tickets that stand under it now. */
  tickets: z.int(),
  versions: z.array(z.object({ id: Id, inForceFrom: Instant, by: z.string().nullable() })),
})
export type SlaPolicy = z.infer<typeof SlaPolicy>

export const SupportTeam = z.object({
  id: Id,
  name: z.string(),
  /** Told what the assignee was told first. */
  lead: Person.nullable(),
  members: z.array(Person),
  archived: z.boolean(),
})
export type SupportTeam = z.infer<typeof SupportTeam>

/** A line of why a promise is due when it is. */
export const LedgerLine = z.object({
  kind: z.enum(['worked', 'closed', 'holiday', 'closure', 'paused', 'clock_changed']),
  from: Instant,
  until: Instant,
  /** Of working time that counted; that a pause held back; that the clock was moved by. */
  seconds: z.int(),
  /** The holiday's or the closure's name, or why the clock stood still. */
  why: z.string(),
  by: z.string(),
})
export type LedgerLine = z.infer<typeof LedgerLine>

/** Another version begins at that very instant, or later: history is not rewritten. */
export const versionTooEarly = refusal('sla_version_too_early', 422)
/** It has begun: tickets were judged by it. */
export const versionBegun = refusal('sla_version_begun')
/** A policy counts by this calendar, which would have no version left. */
export const calendarNeeded = refusal('sla_calendar_needed')

const staff = { realm: 'staff', may: 'sla.manage', stepUp: false } as const
const one = z.object({ id: Id })
const touches = ['sla', 'tickets'] as const

export const getPromises = endpoint({
  method: 'GET',
  realm: 'staff',
  may: 'tickets.read',
  path: '/support/promises',
  summary: 'The calendars and policies in force, with their versions, and the teams',
  output: z.object({
    calendars: z.array(SlaCalendar),
    policies: z.array(SlaPolicy),
    /** What a policy can be kept for. */
    plans: z.array(z.string()),
    teams: z.array(SupportTeam),
  }),
  refreshedBy: ['sla'],
})

/** From `inForceFrom` on; now unless told. A new one where there is no id yet. */
export const saveSlaCalendar = endpoint({
  ...staff,
  method: 'POST',
  path: '/support/calendars',
  records: 'sla_calendar.saved',
  about: 'sla_calendar',
  summary: 'A new version of a calendar, or a new calendar; open tickets are worked out anew',
  input: {
    body: z.object({
      id: Id.nullable().default(null),
      name: line(80).min(1),
      territory: z.enum(territories),
      calendar: Calendar,
      inForceFrom: Instant.nullable().default(null),
    }),
  },
  output: SlaCalendar,
  status: 201,
  refusals: [versionTooEarly],
  touches,
})

export const saveSlaPolicy = endpoint({
  ...staff,
  method: 'POST',
  path: '/support/policies',
  records: 'sla_policy.saved',
  about: 'sla_policy',
  summary: 'A new version of a policy, or a new policy; open tickets are worked out anew',
  input: {
    body: z.object({
      id: Id.nullable().default(null),
      name: line(80).min(1),
      active: z.boolean().default(true),
      position: z.int().min(0).max(1_000).default(0),
      calendarId: Id,
      plans: z.array(line(80)).max(50).default([]),
      tags: z.array(line(40)).max(50).default([]),
      allowances: z.record(z.enum(priorities), Allowances),
      warnAtPercent: z.int().min(1).max(100).default(80),
      escalations: Escalations.default([]),
      inForceFrom: Instant.nullable().default(null),
    }),
  },
  output: SlaPolicy,
  status: 201,
  refusals: [versionTooEarly],
  touches,
})

export const withdrawSlaVersion = endpoint({
  ...staff,
  method: 'PUT',
  path: '/support/versions/:id/withdrawal',
  records: 'sla_version.cancelled',
  about: 'sla_version',
  summary: 'Withdraws a version of a calendar or a policy that has not begun: it never holds',
  input: { params: one },
  output: z.undefined(),
  status: 204,
  refusals: [versionBegun, calendarNeeded],
  touches: ['sla'],
})

export const restoreSlaVersion = endpoint({
  ...staff,
  method: 'DELETE',
  path: '/support/versions/:id/withdrawal',
  records: 'sla_version.restored',
  about: 'sla_version',
  summary: 'Takes the withdrawal of a version back, while its time has not come',
  input: { params: one },
  output: z.undefined(),
  status: 204,
  refusals: [versionTooEarly],
  touches: ['sla'],
})

/** Public holidays of some years, to look over before a calendar takes them. */
export const getHolidays = endpoint({
  method: 'GET',
  realm: 'staff',
  may: 'tickets.read',
  path: '/support/holidays',
  summary: 'The public holidays of a part of France in some years',
  input: {
    query: z.object({
      territory: z.enum(territories).default('national'),
      from: z.coerce.number().int().min(2000).max(2100),
      years: z.coerce.number().int().min(1).max(10).default(2),
    }),
  },
  output: z.object({ rows: z.array(z.object({ on: z.string(), name: z.string() })) }),
})

export const explainTicketTarget = endpoint({
  method: 'GET',
  realm: 'staff',
  may: 'tickets.read',
  path: '/tickets/:id/targets/:target',
  summary: 'Why a promise is due when it is: every window, holiday, closure and pause that counted',
  input: { params: one.extend({ target: TargetName }) },
  output: z.object({
    from: Instant,
    due: Instant.nullable(),
    allowanceSeconds: z.int(),
    policy: z.string(),
    calendar: z.string(),
    timeZone: z.string(),
    lines: z.array(LedgerLine),
  }),
  refreshedBy: ['tickets', 'sla'],
})

export const saveSupportTeam = endpoint({
  ...staff,
  method: 'POST',
  path: '/support/teams',
  records: 'support_team.saved',
  about: 'support_team',
  summary: 'A team, who is in it, and who leads it',
  input: {
    body: z.object({
      id: Id.nullable().default(null),
      name: line(60).min(1),
      leadId: Id.nullable(),
      memberIds: z.array(Id).max(200),
      archived: z.boolean().default(false),
    }),
  },
  output: z.object({ id: Id }),
  status: 201,
  touches: ['sla', 'tickets'],
})
