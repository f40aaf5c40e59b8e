import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { AuditFilter, results } from './filter.ts'

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
  /** What is kept of them cannot be opened, or is not what the entry committed to: somebody changed it. */
  damaged: z.boolean(),
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

/** Up to this many matches are counted. */
export const countedUpTo = 10_000

/**
 * Newest first. A page costs about the same however long the log is; how many match is asked apart (`countAuditEntries`).
 *
 * An object's timeline is this list with `object`. A live tail asks with `since`, the `size` of the answer before, and gets
 * only what was numbered from there on: also an entry that was written earlier and committed later. Entries the screen
 * already shows without their number come again, with it.
 */
export const listAuditEntries = endpoint({
  method: 'GET',
  path: '/audit/entries',
  realm: 'staff',
  may: 'audit.read',
  records: 'audit.searched',
  about: 'audit_log',
  summary: 'The audit log, newest first',
  input: {
    query: z.object({ ...AuditFilter.shape, ...pageQuery, since: z.coerce.number().int().min(0).optional() }),
  },
  output: pageOf(AuditEntry)
    .omit({ total: true, totalIsExact: true })
    .extend({
      /** How many entries were numbered when this was read: what to ask for `since`. */
      size: z.int(),
      /** What those are called today that the filter asks for by id, by that id; without those who have no name for the reader. */
      names: z.record(z.string(), z.string()),
      /** From which number on these are; null: this is the list from its top, also because too much came since. */
      since: z.int().nullable(),
    }),
  refreshedBy: ['audit'],
})

/** Beyond `countedUpTo` nobody counts on; null: finding out would take reading much of the log. */
export const countAuditEntries = endpoint({
  method: 'GET',
  path: '/audit/entries/total',
  realm: 'staff',
  may: 'audit.read',
  records: 'audit.searched',
  about: 'audit_log',
  summary: 'How many entries of the audit log match',
  input: { query: AuditFilter },
  output: z.object({ total: z.int().nullable(), totalIsExact: z.boolean() }),
})
