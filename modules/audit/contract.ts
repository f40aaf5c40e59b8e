import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, line } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'

export const permissions = ['audit.read'] as const
export const topics = { audit: 'audit.read' } as const

/** One line of the log: who did what to which object. What stood before and after is kept, and shown by its own screen. */
export const AuditEntry = z.object({
  id: Id,
  at: Instant,
  actor: z.string(),
  verb: z.string(),
  objectType: z.string(),
  objectId: z.string().nullable(),
  ip: z.string().nullable(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

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
    }),
  },
  output: pageOf(AuditEntry).omit({ total: true, totalIsExact: true }),
  refreshedBy: ['clients'],
})
