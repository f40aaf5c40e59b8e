import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, line } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { refusal } from '#platform/contract/refusal.ts'

export const tenantStates = ['provisioning', 'active', 'suspended', 'moving', 'purging', 'purged'] as const
export const TenantState = z.enum(tenantStates)
export type TenantState = z.infer<typeof TenantState>

export const TenantKind = z.enum(['practitioner', 'secretary'])
export type TenantKind = z.infer<typeof TenantKind>

export const workKinds = ['provision', 'move', 'backup', 'restore', 'switch', 'purge'] as const
/** Long work on one tenant: one at a time, gone on with by another process when the one that did it dies. */
export const TenantWork = z.object({
  id: Id,
  kind: z.enum(workKinds),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  /** The step it is at: the key of its words, `tenancy.step.<kind>.<step>`. */
  step: z.string().nullable(),
  done: z.int(),
  total: z.int().nullable(),
  /** Key of a sentence, `tenancy.trouble.<code>`. */
  errorCode: z.string().nullable(),
  /** What PostgreSQL said, for technicians. */
  errorDetail: z.string().nullable(),
  askedBy: z.string().nullable(),
  askedAt: Instant,
  endedAt: Instant.nullable(),
})
export type TenantWork = z.infer<typeof TenantWork>

/** What is wrong with a tenant, the worst first: the key of its words, `tenancy.alert.<code>`. */
export const alerts = [
  'cluster_unreachable',
  'work_failed',
  'version_refused',
  'behind',
  'drifts',
  'backup_missing',
  'slow_queries',
] as const
export const TenantAlert = z.enum(alerts)
export type TenantAlert = z.infer<typeof TenantAlert>

/** Those somebody has to see to. Who is behind works as ever: after each release with a migration that is everybody. */
export const pressingAlerts = alerts.filter((alert) => alert !== 'behind')

export const TenantRow = z.object({
  id: Id,
  name: z.string(),
  kind: TenantKind,
  state: TenantState,
  clientId: Id.nullable(),
  cluster: z.string(),
  databaseName: z.string(),
  schemaVersion: z.int().nullable(),
  canary: z.boolean(),
  createdAt: Instant,
  sizeBytes: z.int().nullable(),
  lastBackupAt: Instant.nullable(),
  measuredAt: Instant.nullable(),
  alerts: z.array(TenantAlert),
  /** What is under way. */
  work: TenantWork.nullable(),
})
export type TenantRow = z.infer<typeof TenantRow>

export const Backup = z.object({
  id: Id,
  madeAt: Instant,
  madeBy: z.string().nullable(),
  occasion: z.enum(['asked', 'nightly', 'before_restore', 'before_purge']),
  schemaVersion: z.int(),
  bytes: z.int(),
  rows: z.int(),
})
export type Backup = z.infer<typeof Backup>

/** A database beside the living one. */
export const Spare = z.object({
  databaseName: z.string(),
  origin: z.enum(['restored', 'replaced', 'moved']),
  cluster: z.string(),
  madeAt: Instant,
  dropAfter: Instant,
  /** When the backup it was restored from was made. */
  backupAt: Instant.nullable(),
  rowsByTable: z.record(z.string(), z.int()),
})
export type Spare = z.infer<typeof Spare>

export const Tenant = TenantRow.extend({
  stateSince: Instant,
  stateReason: z.string().nullable(),
  clusterId: Id,
  /** What newly opened tenants have. */
  currentVersion: z.int(),
  connections: z.int().nullable(),
  /** Statements that had run, or transactions that had stood idle, for more than five seconds. Null: PostgreSQL did not say. */
  slowQueries: z.int().nullable(),
  rowsEstimated: z.int().nullable(),
  backups: z.array(Backup),
  spares: z.array(Spare),
  /** Null: not looked at yet. */
  drift: z
    .object({
      checkedAt: Instant,
      differences: z.array(z.object({ kind: z.enum(['missing', 'unexpected']), line: z.string() })),
      trouble: z.string().nullable(),
    })
    .nullable(),
  /** What was done to it of late, the newest first. */
  works: z.array(TenantWork),
  /** Of a purged tenant. */
  certificate: z.object({ purgedAt: Instant, sha256: z.string() }).nullable(),
})
export type Tenant = z.infer<typeof Tenant>

export const clientHasTenant = refusal('client_has_tenant')
export const clientUnfit = refusal('client_unfit_for_tenant', 422)
export const noRoomForTenant = refusal('no_room_for_tenant', 422)
/** This installation was given no way to make databases. */
export const provisioningUnavailable = refusal('provisioning_unavailable', 422)
/** Something is being done to it already. */
export const tenantBusy = refusal('tenant_busy')
/** Not what one can do to a tenant in this state. */
export const tenantStateWrong = refusal('tenant_state_wrong')

export const one = { params: z.object({ id: Id }) }
export const reads = { realm: 'staff', may: 'tenants.read', refreshedBy: ['tenants'] } as const

export const listTenants = endpoint({
  ...reads,
  method: 'GET',
  path: '/tenants',
  summary: 'The tenants by name; by an alert only those that need somebody',
  input: {
    query: z.object({
      ...pageQuery,
      /** Words of the name, or the beginning of the database’s name. */
      q: line(200).optional(),
      /** Without one all but the purged. */
      state: TenantState.optional(),
      kind: TenantKind.optional(),
      cluster: Id.optional(),
      /** Only those of which this is to be said; `any`: those that need somebody, whatever for (`pressingAlerts`). */
      alert: z.enum(['any', ...alerts]).optional(),
    }),
  },
  output: pageOf(TenantRow),
})

export const countTenants = endpoint({
  ...reads,
  method: 'GET',
  path: '/tenants/figures',
  summary: 'How many tenants there are in each state, and how many need somebody',
  output: z.object({
    states: z.object({
      provisioning: z.int(),
      active: z.int(),
      suspended: z.int(),
      moving: z.int(),
      purging: z.int(),
      purged: z.int(),
    }),
    alerts: z.record(TenantAlert, z.int()),
    /** Of which anything at all is to be said. */
    needSomebody: z.int(),
    sizeBytes: z.int(),
    currentVersion: z.int(),
  }),
})

export const getTenant = endpoint({
  ...reads,
  method: 'GET',
  path: '/tenants/:id',
  summary: 'One tenant: where it is, how it fares, what was done to it',
  input: one,
  output: Tenant,
})

export const getTenantOfClient = endpoint({
  ...reads,
  method: 'GET',
  path: '/tenants/of-client/:id',
  summary: 'The tenant of a client, if there is one',
  input: one,
  output: z.object({
    tenant: TenantRow.nullable(),
    /** What stands in the way of opening one: a key of a sentence, `tenancy.obstacle.<code>`. */
    obstacle: z.enum(['trashed', 'excluded', 'email_missing', 'unavailable']).nullable(),
  }),
})

export const openTenant = endpoint({
  method: 'POST',
  path: '/tenants',
  realm: 'staff',
  may: 'tenants.open',
  records: 'tenant.opened',
  stepUp: false,
  summary: 'Opens the practice of a client: a database of its own, and an invitation to its holder',
  input: { body: z.object({ clientId: Id, cluster: Id.optional() }) },
  output: Tenant,
  status: 202,
  refusals: [clientHasTenant, clientUnfit, noRoomForTenant, provisioningUnavailable],
  touches: ['tenants'],
})
