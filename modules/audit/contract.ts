import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, line } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'

export const permissions = ['audit.read'] as const
export const topics = { audit: 'audit.read' } as const

/** One line of the log: who did what to which object. */
export const AuditEntry = z.object({
  id: Id,
  at: Instant,
  actor: z.string(),
  verb: z.string(),
  objectType: z.string(),
  objectId: z.string().nullable(),
  /** What the object is called today, or was called in the entry itself; null where neither is known. */
  objectName: z.string().nullable(),
  /** Of an action on many objects: how many. */
  objectCount: z.int().nullable(),
  ip: z.string().nullable(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

/** What was written down of the object, field by field; null where nothing was. */
const Written = z.record(z.string(), z.unknown()).nullable()

/** All there is about one entry. */
export const WholeAuditEntry = AuditEntry.extend({
  /** RFC 8693: whom the actor worked for, where it was somebody else. */
  onBehalfOf: Id.nullable(),
  userAgent: z.string().nullable(),
  /** The request that did it, or that began the background work which did it. */
  requestId: z.string().nullable(),
  before: Written,
  after: Written,
})
export type WholeAuditEntry = z.infer<typeof WholeAuditEntry>

export const getAuditEntry = endpoint({
  method: 'GET',
  path: '/audit/entries/:id',
  realm: 'staff',
  may: 'audit.read',
  summary: 'One entry of the audit log, with what stood before and after',
  input: { params: z.object({ id: Id }) },
  output: WholeAuditEntry,
})

export const listAuditEntries = endpoint({
  method: 'GET',
  path: '/audit/entries',
  realm: 'staff',
  may: 'audit.read',
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
  refreshedBy: ['clients'],
})
