import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { one, provisioningUnavailable, reads } from './tenant.ts'

/** Canaries, one in a hundred, one in ten, the rest. */
export const waves = ['canary', 'first', 'second', 'rest'] as const

export const FleetMigration = z.object({
  id: Id,
  toVersion: z.int(),
  state: z.enum(['waiting', 'running', 'stopped', 'done']),
  failuresAllowed: z.int(),
  askedBy: z.string().nullable(),
  askedAt: Instant,
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  /** Key of a sentence, `tenancy.stopped.<code>`. */
  stoppedBecause: z.string().nullable(),
  waves: z.array(
    z.object({
      wave: z.enum(waves),
      total: z.int(),
      done: z.int(),
      failed: z.int(),
      skipped: z.int(),
    }),
  ),
  /** The first two hundred. */
  failures: z.array(
    z.object({ tenantId: Id, name: z.string(), attempts: z.int(), error: z.string(), at: Instant }),
  ),
})
export type FleetMigration = z.infer<typeof FleetMigration>

export const Fleet = z.object({
  /** What this release brings databases to. */
  currentVersion: z.int(),
  /** Below it a tenant is refused until it is migrated. */
  oldestServed: z.int(),
  /** The newest first. */
  versions: z.array(z.object({ version: z.int(), tenants: z.int() })),
  migrations: z.array(z.object({ version: z.int(), name: z.string() })),
  /** Under way, or the last one. */
  latest: FleetMigration.nullable(),
  drift: z.object({
    checkedAt: Instant.nullable(),
    checked: z.int(),
    drifting: z.int(),
    unreachable: z.int(),
  }),
})
export type Fleet = z.infer<typeof Fleet>

export const nothingToMigrate = refusal('fleet_nothing_to_migrate')
export const migrationUnderWay = refusal('fleet_migration_under_way')
export const migrationOver = refusal('fleet_migration_over')

export const getFleet = endpoint({
  ...reads,
  method: 'GET',
  path: '/fleet',
  summary: 'Which versions the tenants have, how a migration of all of them goes, and what drifted',
  output: Fleet,
})

const operates = { realm: 'staff', may: 'tenants.operate', touches: ['tenants'], output: Fleet } as const

export const startMigration = endpoint({
  ...operates,
  method: 'POST',
  path: '/fleet/migrations',
  records: 'fleet_migration.started',
  stepUp: true,
  status: 202,
  summary: 'Migrates all tenants in waves: canaries, one in a hundred, one in ten, the rest',
  input: { body: z.object({ failuresAllowed: z.int().min(0).max(100).default(0) }) },
  refusals: [nothingToMigrate, migrationUnderWay, provisioningUnavailable],
})

export const stopMigration = endpoint({
  ...operates,
  method: 'DELETE',
  path: '/fleet/migrations/:id',
  records: 'fleet_migration.stopped',
  stepUp: false,
  summary: 'Begins no further tenant; those under way are finished',
  input: one,
  refusals: [migrationOver],
})

export const checkDrift = endpoint({
  ...operates,
  method: 'POST',
  path: '/fleet/drift-checks',
  records: 'fleet.drift_check_asked',
  about: 'fleet',
  stepUp: false,
  status: 202,
  summary: 'Holds every tenant’s schema and rights against those of the template',
  refusals: [provisioningUnavailable],
})
