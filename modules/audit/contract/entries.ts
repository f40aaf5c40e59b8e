import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, line } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'

/** What came of it; an intent and its outcome are the two entries of an action in a tenant's database. */
export const results = ['done', 'refused', 'intended', 'failed'] as const
export const actorTypes = ['staff', 'member', 'system', 'anonymous'] as const

/** One line of the log: who did what to which object. */
export const AuditEntry = z.object({
  id: Id,
  at: Instant,
  /** What the actor is called today; what is no person names itself: `system`, `mgp clients import`. */
  actor: z.string(),
  actorType: z.enum(actorTypes),
  actorId: z.string().nullable(),
  verb: z.string(),
  objectType: z.string(),
  objectId: z.string().nullable(),
  /** What the object is called today, or was called in the entry itself; null where neither is known. */
  objectName: z.string().nullable(),
  /** Of an action on many objects: how many. */
  objectCount: z.int().nullable(),
  result: z.enum(results),
  reason: z.string().nullable(),
  /** The place in the tree, from 0; null until the sequencer has numbered it, a second later at most. */
  index: z.int().nullable(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

/** What was written down of the object, field by field; null where nothing was. */
const Written = z.record(z.string(), z.unknown()).nullable()

/** All there is about one entry. */
export const WholeAuditEntry = AuditEntry.extend({
  /** RFC 8693: whom the actor worked for, where it was somebody else. */
  onBehalfOf: z.object({ id: z.string(), type: z.string() }).nullable(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  /** The request that did it, or that began the background work which did it. */
  requestId: z.string().nullable(),
  before: Written,
  after: Written,
  /** Before and after, address and browser were erased: the entry only says that there were some. */
  erased: z.boolean(),
  /** The bytes that stand in the tree, canonical JSON. */
  leaf: z.string(),
})
export type WholeAuditEntry = z.infer<typeof WholeAuditEntry>

export const getAuditEntry = endpoint({
  method: 'GET',
  path: '/audit/entries/:id',
  realm: 'staff',
  may: 'audit.read',
  records: 'audit_entry.read',
  summary: 'One entry of the audit log, with what stood before and after',
  input: { params: z.object({ id: Id }) },
  output: WholeAuditEntry,
})

export const listAuditEntries = endpoint({
  method: 'GET',
  path: '/audit/entries',
  realm: 'staff',
  may: 'audit.read',
  records: 'audit.searched',
  summary: 'The audit log, newest first',
  input: {
    query: z.object({
      ...pageQuery,
      verb: line(80).optional(),
      objectType: line(40).optional(),
      /** A staff member: what they did, and what was done to them. */
      person: Id.optional(),
    }),
  },
  output: pageOf(AuditEntry).omit({ total: true, totalIsExact: true }),
  refreshedBy: ['audit'],
})
