import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant } from '#platform/contract/ids.ts'
import { one, reads } from './tenant.ts'

export const Cluster = z.object({
  id: Id,
  name: z.string(),
  /** Host and port. */
  address: z.string(),
  state: z.enum(['open', 'closed']),
  capacity: z.int(),
  tenants: z.int(),
  sizeBytes: z.int(),
  templateVersion: z.int().nullable(),
  /** Null while it answers. */
  unreachableSince: Instant.nullable(),
  trouble: z.string().nullable(),
})
export type Cluster = z.infer<typeof Cluster>

export const listClusters = endpoint({
  ...reads,
  method: 'GET',
  path: '/clusters',
  summary: 'Where tenants are: each cluster with its room and its state',
  output: z.object({ rows: z.array(Cluster) }),
})

export const updateCluster = endpoint({
  method: 'PATCH',
  path: '/clusters/:id',
  realm: 'staff',
  may: 'tenants.operate',
  records: 'cluster.updated',
  stepUp: true,
  summary: 'How many tenants a cluster takes, and whether it takes new ones',
  input: {
    ...one,
    body: z.object({
      capacity: z.int().min(1).max(5_000).optional(),
      state: z.enum(['open', 'closed']).optional(),
    }),
  },
  output: Cluster,
  touches: ['tenants'],
})
