/** A ticket as the vendor's team sees it. */
import { z } from 'zod'
import { Id, Instant, line } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'

export const ticketStatuses = ['new', 'in_progress', 'resolved'] as const
export const TicketStatus = z.enum(ticketStatuses)
export type TicketStatus = z.infer<typeof TicketStatus>

export const priorities = ['low', 'normal', 'high', 'urgent'] as const
export const Priority = z.enum(priorities)
export type Priority = z.infer<typeof Priority>

export const topicsOfTickets = ['question', 'trouble', 'billing', 'account', 'data', 'idea', 'other'] as const
export const TicketTopic = z.enum(topicsOfTickets)
export type TicketTopic = z.infer<typeof TicketTopic>

export const channels = ['app', 'staff', 'mail'] as const
export const TicketChannel = z.enum(channels)

export const targetNames = ['firstResponse', 'nextResponse', 'resolution'] as const
export const TargetName = z.enum(targetNames)
export type TargetName = z.infer<typeof TargetName>

/** One promise to the customer, as it stands. */
export const TicketTarget = z.object({
  name: TargetName,
  /** `breached`: not kept, or not being kept; `settledAt` tells which. */
  state: z.enum(['running', 'paused', 'met', 'breached']),
  /** Null while a pause keeps it from running out. */
  due: Instant.nullable(),
  warnsAt: Instant.nullable(),
  settledAt: Instant.nullable(),
  /** `resolution`: nobody answered. Null while it is open. */
  settledBy: z.enum(['reply', 'resolution']).nullable(),
  allowanceSeconds: z.int(),
  /** Working seconds; below nothing when more was used up. Frozen in a pause. */
  remainingSeconds: z.int(),
})
export type TicketTarget = z.infer<typeof TicketTarget>

export const Person = z.object({ id: Id, name: z.string() })

export const Subject = line(200).min(1)
export const TagName = line(40).min(1)

/** It was put into another ticket, or thrown away: nothing changes in it. */
export const ticketPutAway = refusal('ticket_put_away')

/** As one calls a ticket. */
export const NamedTicket = z.object({ id: Id, number: z.int(), subject: z.string() })
export type NamedTicket = z.infer<typeof NamedTicket>

/** What a queue shows of a ticket. */
export const TicketRow = z.object({
  id: Id,
  number: z.int(),
  subject: z.string(),
  status: TicketStatus,
  waiting: z.boolean(),
  priority: Priority,
  topic: TicketTopic,
  requester: z.string(),
  client: Person.nullable(),
  assignee: Person.nullable(),
  team: Person.nullable(),
  tags: z.array(z.string()),
  progress: z.int(),
  /** Something came since the asking person last looked. */
  unread: z.boolean(),
  openedAt: Instant,
  lastMessageAt: Instant,
  snoozedUntil: Instant.nullable(),
  /** The earliest promise that is open; null while it waits, is resolved, or nothing is promised. */
  dueAt: Instant.nullable(),
  warnsAt: Instant.nullable(),
  breached: z.boolean(),
  /** In the trash: since when, by whose hand (null: nobody wrote it down), and until when it can be restored. */
  trashed: z.object({ at: Instant, by: z.string().nullable(), until: Instant }).nullable(),
})
export type TicketRow = z.infer<typeof TicketRow>

export const TicketLink = z.object({
  kind: z.enum(['invoice', 'impersonation', 'ticket']),
  id: Id,
  /** What it is called: `FA-2026-000123`, `#12 …`; empty for whoever may not see it. */
  label: z.string(),
})
export type TicketLink = z.infer<typeof TicketLink>

export const Ticket = TicketRow.omit({ requester: true, trashed: true }).extend({
  channel: TicketChannel,
  requester: z.object({ name: z.string(), email: z.string(), memberId: Id.nullable() }),
  tenant: Person.nullable(),
  openedBy: z.string().nullable(),
  resolvedAt: Instant.nullable(),
  trashedAt: Instant.nullable(),
  /** When all its words were forgotten for ever (decision 31): nothing is said in it any more. */
  forgottenAt: Instant.nullable(),
  /** Where it lives since it was put into another. */
  mergedInto: NamedTicket.nullable(),
  /** Those that were put into it. */
  mergedHere: z.array(NamedTicket),
  followers: z.array(Person),
  links: z.array(TicketLink),
  /** Of what is promised; empty where nothing is. */
  targets: z.array(TicketTarget),
  rating: z.object({ score: z.int().min(1).max(5), comment: z.string(), ratedAt: Instant }).nullable(),
  revision: z.int(),
})
export type Ticket = z.infer<typeof Ticket>

export const TicketEvent = z.object({
  id: Id,
  at: Instant,
  /** `opened`, `priority_changed`, `assigned`, `waiting_set`, `resolved`, `reopened` … */
  kind: z.string(),
  actor: z.string(),
  /** What the kind says of itself: `{ "priority": "high" }`, `{ "to": "Karim Benali" }`. */
  data: z.record(z.string(), z.unknown()),
})
export type TicketEvent = z.infer<typeof TicketEvent>
