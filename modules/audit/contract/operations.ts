import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant } from '#platform/contract/ids.ts'

/** Something that was intended in a tenant's database and of which nobody has told yet what came of it (decision 9). */
export const UnsettledOperation = z.object({
  id: Id,
  tenantId: Id,
  intendedAt: Instant,
  /** The entry of the log that tells of the intent. */
  entryId: Id,
  verb: z.string(),
  actor: z.string(),
  objectType: z.string(),
  objectId: z.string().nullable(),
  /** What hindered the last look into the tenant's database; null before the first. */
  trouble: z.string().nullable(),
  triedAt: Instant.nullable(),
})
export type UnsettledOperation = z.infer<typeof UnsettledOperation>

export const listUnsettledOperations = endpoint({
  method: 'GET',
  path: '/audit/operations/unsettled',
  realm: 'staff',
  may: 'audit.read',
  summary: 'Intents without an outcome, oldest first, 200 at most',
  output: z.object({ rows: z.array(UnsettledOperation), total: z.int() }),
  refreshedBy: ['audit'],
})
