/**
 * Whether tenants' databases are what their version says: each is described and held against the template of its cluster,
 * line by line. A column somebody added by hand, a right given too much, an index that is gone shows the next morning.
 */
import type pg from 'pg'
import { checkDrift, provisioningUnavailable } from '#contract/tenancy'
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import type { Errand, Jobs, Schedule } from '#platform/server/jobs.ts'
import type { Logger } from '#platform/server/log.ts'
import { tell } from '#platform/server/news.ts'
import { handle, refuse, type Handler } from '#platform/server/requests.ts'
import type { Vault } from '#platform/server/vault.ts'
import { loginSecretPlace } from './catalogue.ts'
import type { Clusters, Provisioner } from './clusters.ts'
import { describeDatabase, meantOfDatabase } from './describing-database.ts'
import { describeCatalogue } from './describing.ts'
import {
  comparableTenants,
  keepDrift,
  templateOf,
  type Comparable,
  type Difference,
} from './drift-queries.ts'
import { fleetNow } from './fleet.ts'
import { holding } from './holding.ts'
import { fleetNews } from './outcome-book.ts'
import { hasClusters } from './queries.ts'
import type { Templates } from './template.ts'
import type { Schema } from './versions.ts'
import { eachWithin } from './waves.ts'
import { ClusterUnreachable } from './works.ts'

export type Drifting = {
  db: CentralDb
  /** Opens what the logins' passwords are derived from. */
  vault: Pick<Vault, 'open'>
  /** For the lock: one looks at a time. */
  pool: pg.Pool
  clock: Clock
  log: Pick<Logger, 'warn'>
  schema: Schema
  clusters: Pick<Clusters, 'provisioner'>
  templates: Pick<Templates, 'ensure'>
}

/** Nobody waits for it. */
const bounds = { overAll: 4, perCluster: 2 }
const toldEveryMs = 400

export type DriftWatch = ReturnType<typeof driftWatch>

export function driftWatch(on: Drifting) {
  const { db, clock, log } = on
  const leaving = new AbortController()

  /** All of them; back at once where another process is at it. */
  async function check(): Promise<void> {
    await holding(on.pool, 'drift of tenants', leaving.signal, async (signal) => {
      const tenants = await comparableTenants(db)
      const sides = new Map<string, Promise<Side>>()
      let told = performance.now()
      await eachWithin(tenants, bounds, async (tenant) => {
        if (signal.aborted) return
        const { clusterId } = tenant
        const side = sides.get(clusterId) ?? openSide(on, clusterId)
        sides.set(clusterId, side)
        const found = await side
          .then((there) => compare(there, tenant, on))
          .catch((error: unknown) => troubleOf(error, tenant))
        await keepDrift(db, tenant.tenantId, { ...found, now: clock.now() })
        if (performance.now() - told < toldEveryMs) return
        told = performance.now()
        await tell(db, fleetNews)
      })
      await tell(db, fleetNews)
    })
  }

  function troubleOf(error: unknown, { tenantId }: Comparable): Found {
    if (error instanceof ClusterUnreachable) return { trouble: 'unreachable' }
    log.warn({ err: error, tenant: tenantId }, 'a tenant’s schema could not be compared')
    return { trouble: error instanceof Error ? error.message : String(error) }
  }

  return {
    check,
    close: () => leaving.abort(),
  }
}

type Side = { provisioner: Provisioner; lines: readonly string[] }

/** What databases of a cluster are held against. A cluster that does not answer is asked once. */
async function openSide({ db, schema, clusters, templates }: Drifting, clusterId: string): Promise<Side> {
  const provisioner = await clusters.provisioner(clusterId)
  await templates.ensure(provisioner)
  const template = await templateOf(db, clusterId)
  if (template?.templateVersion !== schema.current || !template.templateCatalogue)
    throw new Error('the cluster has no template of this release')
  return {
    provisioner,
    lines: [...template.templateCatalogue, ...meantOfDatabase, ...migrationLines(schema.migrations)],
  }
}

type Found = {
  differences?: Difference[]
  trouble: 'behind' | 'newer' | 'unreachable' | (string & {}) | null
}

/** As its own owner: a function somebody left in the search path is called with no more rights than theirs. */
async function compare(
  { provisioner, lines }: Side,
  { tenantId, databaseName, loginRole, loginSecretSealed }: Comparable,
  { schema, vault }: Drifting,
): Promise<Found> {
  if (!loginSecretSealed) throw new Error('a tenant without its secret')
  const loginSecret = vault.open(loginSecretSealed, loginSecretPlace(tenantId))
  return provisioner.asItsOwner({ databaseName, loginRole, loginSecret }, async (client) => {
    const ran = await ranIn(client)
    const version = ran.at(-1)?.version ?? 0
    // There is no description of what it was at that version; migrated, it is compared.
    if (version !== schema.current)
      return { differences: [], trouble: version < schema.current ? 'behind' : 'newer' }
    const own = [
      ...(await describeCatalogue(client)),
      ...(await describeDatabase(client, loginRole)),
      ...migrationLines(ran),
    ]
    return { differences: differencesOf(lines, own), trouble: null }
  })
}

export function differencesOf(meant: readonly string[], found: readonly string[]): Difference[] {
  const known = new Set(meant)
  const own = new Set(found)
  return [
    ...meant.filter((line) => !own.has(line)).map((line) => ({ kind: 'missing' as const, line })),
    ...found.filter((line) => !known.has(line)).map((line) => ({ kind: 'unexpected' as const, line })),
  ]
}

type Ran = { version: number; name: string; checksum: string }

const migrationLines = (ran: readonly Ran[]) =>
  ran.map(({ name, checksum }) => `migration ${name} ${checksum.slice(0, 16)}`)

async function ranIn(client: pg.Client): Promise<Ran[]> {
  const { rows } = await client.query<Ran>(
    'SELECT version, name, checksum FROM public.schema_migrations ORDER BY version',
  )
  return rows
}

const driftCheck = { name: 'tenant-drift-check' } as const

export const driftErrand = (watch: Pick<DriftWatch, 'check'>): Errand => ({
  ...driftCheck,
  retries: 2,
  retryDelay: 30,
  secondsATry: 3 * 3600,
  run: () => watch.check(),
})

export const driftSchedule = (watch: Pick<DriftWatch, 'check'>): Schedule => ({
  name: 'tenant-drift',
  cron: '40 2 * * *',
  secondsATry: 3 * 3600,
  run: () => watch.check(),
})

export const askingForDrift = (on: { schema: Schema; jobs: () => Pick<Jobs, 'send'> }): Handler =>
  handle(checkDrift, async (ctx) => {
    if (!(await hasClusters(ctx.db))) throw refuse(provisioningUnavailable)
    await on.jobs().send(ctx.db, driftCheck, uuidv7(ctx.clock.now().getTime()))
    ctx.record({ object: 'fleet' })
    return fleetNow(ctx.db, on.schema)
  })
