import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, text } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { one, reads, Tenant, tenantBusy, tenantStateWrong } from './tenant.ts'

export const backupGone = refusal('tenant_backup_gone', 410)
export const clusterUnfit = refusal('cluster_unfit', 422)
export const nameMismatch = refusal('tenant_name_mismatch', 422)
export const exportJobKind = 'tenant-export'

const why = text(500).trim().min(1, { error: 'reason_missing' })
const changes = { realm: 'staff', about: 'tenant', output: Tenant, touches: ['tenants'] } as const

export const suspendTenant = endpoint({
  ...changes,
  method: 'POST',
  path: '/tenants/:id/suspension',
  may: 'tenants.suspend',
  records: 'tenant.suspended',
  stepUp: true,
  summary: 'Nobody of the practice comes in any more; nothing is lost',
  input: { ...one, body: z.object({ reason: why }) },
  refusals: [tenantStateWrong, tenantBusy],
})

export const resumeTenant = endpoint({
  ...changes,
  method: 'DELETE',
  path: '/tenants/:id/suspension',
  may: 'tenants.suspend',
  records: 'tenant.resumed',
  stepUp: false,
  summary: 'Lets the practice in again',
  input: one,
  refusals: [tenantStateWrong],
})

export const chooseCanary = endpoint({
  ...changes,
  method: 'PUT',
  path: '/tenants/:id/canary',
  may: 'tenants.operate',
  records: 'tenant.canary_chosen',
  stepUp: false,
  summary: 'Whether migrations are tried on it first',
  input: { ...one, body: z.object({ canary: z.boolean() }) },
  refusals: [tenantStateWrong],
})

export const exportTenant = endpoint({
  method: 'POST',
  path: '/tenants/:id/exports',
  realm: 'staff',
  about: 'tenant',
  may: 'tenants.export',
  records: 'tenant.exported',
  stepUp: true,
  summary: 'Everything the practice holds, as JSON, CSV and files in a zip: a job',
  input: { ...one, body: z.object({ reason: why }) },
  output: z.object({ jobId: Id }),
  status: 202,
  refusals: [tenantStateWrong],
})

export const backUpTenant = endpoint({
  ...changes,
  method: 'POST',
  path: '/tenants/:id/backups',
  may: 'tenants.operate',
  records: 'tenant.backup_asked',
  stepUp: false,
  status: 202,
  summary: 'Makes an archive of the tenant, sealed under its own key',
  input: one,
  refusals: [tenantStateWrong, tenantBusy],
})

export const restoreTenant = endpoint({
  ...changes,
  method: 'POST',
  path: '/tenants/:id/restores',
  may: 'tenants.operate',
  records: 'tenant.restore_asked',
  stepUp: true,
  status: 202,
  summary: 'Restores a backup into a database beside the living one, which is not touched',
  input: { ...one, body: z.object({ backupId: Id, reason: why }) },
  refusals: [tenantStateWrong, tenantBusy, backupGone],
})

const database = z.string().regex(/^t_[0-9a-f]{16}$/)

const beside = { params: z.object({ id: Id, databaseName: database }) }

/** Every table of either, by name; null: it has no such table. Counted when asked, not each time the practice writes. */
export const compareSpare = endpoint({
  method: 'GET',
  realm: 'staff',
  may: 'tenants.read',
  path: '/tenants/:id/spares/:databaseName/comparison',
  summary: 'Counts the rows of the living database and of the one beside it, table by table',
  input: beside,
  output: z.object({
    comparedAt: Instant,
    tables: z.array(z.object({ table: z.string(), living: z.int().nullable(), spare: z.int().nullable() })),
  }),
})

export const switchTenant = endpoint({
  ...changes,
  method: 'POST',
  path: '/tenants/:id/switches',
  may: 'tenants.operate',
  records: 'tenant.switch_asked',
  stepUp: true,
  status: 202,
  summary:
    'Puts a database beside the living one in its place; the one it replaces is kept beside for a week',
  input: { ...one, body: z.object({ databaseName: database, reason: why }) },
  refusals: [tenantStateWrong, tenantBusy],
})

export const dropSpare = endpoint({
  ...changes,
  method: 'DELETE',
  path: '/tenants/:id/spares/:databaseName',
  may: 'tenants.operate',
  records: 'tenant.spare_dropped',
  stepUp: true,
  summary: 'Drops a database beside the living one',
  input: beside,
  refusals: [tenantBusy],
})

export const moveTenant = endpoint({
  ...changes,
  method: 'POST',
  path: '/tenants/:id/moves',
  may: 'tenants.operate',
  records: 'tenant.move_asked',
  stepUp: true,
  status: 202,
  summary: 'Moves the tenant to another cluster; it can be read, not written, while its rows are copied',
  input: { ...one, body: z.object({ clusterId: Id }) },
  refusals: [tenantStateWrong, tenantBusy, clusterUnfit],
})

export const purgeTenant = endpoint({
  ...changes,
  method: 'POST',
  path: '/tenants/:id/purge',
  may: 'tenants.purge',
  records: 'tenant.purge_asked',
  stepUp: true,
  status: 202,
  summary:
    'Drops the databases, files and backups of the tenant and destroys its key: nothing brings it back',
  input: {
    ...one,
    body: z.object({ /** Typed by hand: the tenant’s name. */ name: z.string().max(300), reason: why }),
  },
  refusals: [tenantStateWrong, tenantBusy, nameMismatch],
})

export const readPurgeCertificate = endpoint({
  ...reads,
  method: 'GET',
  path: '/tenants/:id/certificate',
  summary: 'What was purged and when, as it was digested into the audit log',
  input: one,
  output: { stream: ['application/json'] },
})
