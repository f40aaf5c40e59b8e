/**
 * A migration of all tenants, wave by wave. Who is done stands in its rows, and what a row does not know yet stands in
 * the database itself: whoever goes on after a process that died asks each of the others in one round trip.
 */
import type pg from 'pg'
import { waves } from '#contract/tenancy'
import type { CentralDb } from '#platform/server/db.ts'
import type { Logger } from '#platform/server/log.ts'
import { tell } from '#platform/server/news.ts'
import type { Vault } from '#platform/server/vault.ts'
import { loginSecretPlace } from './catalogue.ts'
import { allClusterRows } from './cluster-queries.ts'
import type { Clusters, Provisioner } from './clusters.ts'
import {
  beginMigration,
  endMigration,
  failuresIn,
  newestMigration,
  planSteps,
  stopMigrationRow,
  takeUpSkipped,
  tenantsOfSteps,
  waitingSteps,
  type StepOutcome,
} from './fleet-queries.ts'
import { holding } from './holding.ts'
import { lookingAhead } from './looking-ahead.ts'
import { migrateTenant, type Patience } from './migrating.ts'
import { fleetNews, openBook } from './outcome-book.ts'
import type { Templates } from './template.ts'
import type { Schema } from './versions.ts'
import { boundsFor, eachWithin } from './waves.ts'
import { ClusterUnreachable } from './works.ts'

export type MigratingFleet = {
  db: CentralDb
  /** Opens what the logins' passwords are derived from. */
  vault: Pick<Vault, 'open'>
  /** For the lock of a run. */
  pool: pg.Pool
  log: Pick<Logger, 'warn'>
  schema: Schema
  clusters: Pick<Clusters, 'provisioner'>
  templates: Pick<Templates, 'ensure'>
  patience?: Patience
}

const lastWave = waves.length - 1

export type FleetRunner = ReturnType<typeof fleetRunner>

export function fleetRunner(on: MigratingFleet) {
  const { db, log, schema } = on
  const leaving = new AbortController()
  const running = new Set<Promise<unknown>>()

  /** Does the migration or goes on with it; back at once when another process is at it, or when it is over. */
  function run(id: string): Promise<void> {
    return alone(id, async (signal) => {
      const migration = await beginMigration(db, id)
      if (!migration) return
      // Of a release that is no more: its tenants are migrated with ours, when that is asked for.
      if (migration.toVersion !== schema.current) return stop(id, 'other_release')
      await refreshTemplates()
      // Who was opened before the template was new.
      await planSteps(db, id)
      for (let wave = 0; wave <= lastWave; wave++) {
        await workOff(id, wave, signal)
        if (signal.aborted) return
        if ((await failuresIn(db, id, wave)) > migration.failuresAllowed) return stop(id, 'too_many_failures')
      }
      await endMigration(db, id)
      await tell(db, fleetNews)
    })
  }

  /** Each minute: what nobody is at, and those who moved or were made while the others were migrated. */
  async function goOn(): Promise<void> {
    const latest = await newestMigration(db)
    // What somebody stopped, or too many failures, is begun anew by hand.
    if (!latest || latest.state === 'stopped') return
    if (latest.state !== 'done') return run(latest.id)
    if (latest.toVersion !== schema.current) return
    await alone(latest.id, async (signal) => {
      await takeUpSkipped(db, latest.id)
      await planSteps(db, latest.id, schema.current)
      for (let wave = 0; wave <= lastWave; wave++) await workOff(latest.id, wave, signal)
    })
  }

  async function alone(id: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (leaving.signal.aborted) return
    const doing = holding(on.pool, `fleet migration ${id}`, leaving.signal, work)
    running.add(doing)
    await doing.finally(() => running.delete(doing))
  }

  async function workOff(id: string, wave: number, signal: AbortSignal): Promise<void> {
    const steps = await waitingSteps(db, id, wave)
    const bounds = boundsFor(new Set(steps.map(({ clusterId }) => clusterId)).size)
    const book = openBook(db, id)
    const trip: Trip = {
      signal,
      tenantNow: lookingAhead(
        steps.map(({ tenantId }) => tenantId),
        (ids) => tenantsOfSteps(db, id, ids),
      ),
      provisioners: new Map(),
      down: new Map(),
      isOver: false,
    }
    try {
      await eachWithin(steps, bounds, async ({ tenantId }) => {
        const outcome = await migrateOne(trip, tenantId)
        if (outcome) book.note(outcome)
      })
    } finally {
      await book.close()
    }
  }

  /** @returns nothing where it was not begun: somebody stopped it all, or this process leaves */
  async function migrateOne(trip: Trip, tenantId: string): Promise<StepOutcome | undefined> {
    if (trip.isOver || trip.signal.aborted) return undefined
    const tenant = await trip.tenantNow(tenantId)
    trip.isOver ||= tenant?.migrationState === 'stopped'
    if (!tenant || trip.isOver) return undefined
    const { databaseName, loginRole, loginSecretSealed } = tenant
    const nothing = { tenantId, databaseName, version: null, fromVersion: null, attempts: 0, error: null }
    if (tenant.state !== 'active' && tenant.state !== 'suspended') return { ...nothing, state: 'skipped' }
    const trouble = trip.down.get(tenant.clusterId)
    if (trouble !== undefined) return { ...nothing, state: 'failed', error: trouble }
    let attempts = 1
    const again = (error: unknown, attempt: number) => {
      attempts = attempt
      on.patience?.again?.(error, attempt)
    }
    try {
      const provisioner = await provisionerOf(trip, tenant.clusterId)
      if (!loginSecretSealed) throw new Error('a tenant without its secret')
      const loginSecret = on.vault.open(loginSecretSealed, loginSecretPlace(tenantId))
      const { from } = await migrateTenant(
        (work) => provisioner.asItsOwner({ databaseName, loginRole, loginSecret }, work),
        { tenantId, databaseName },
        schema,
        { ...on.patience, again },
      )
      return { ...nothing, state: 'done', version: schema.current, fromVersion: from, attempts }
    } catch (error) {
      log.warn({ err: error, tenant: tenantId, attempts }, 'a tenant could not be migrated')
      const isDown = error instanceof ClusterUnreachable
      const said = messageOf(error)
      const sentence = isDown ? `The cluster ${tenant.clusterName} does not answer: ${said}` : said
      // Nobody else there waits for it to answer.
      if (isDown) trip.down.set(tenant.clusterId, sentence)
      return { ...nothing, state: 'failed', attempts, error: sentence }
    }
  }

  function provisionerOf({ provisioners }: Trip, clusterId: string): Promise<Provisioner> {
    const known = provisioners.get(clusterId) ?? on.clusters.provisioner(clusterId)
    provisioners.set(clusterId, known)
    return known
  }

  /** A cluster that does not answer keeps its old template: its tenants fail for themselves, with the reason. */
  async function refreshTemplates(): Promise<void> {
    for (const { id, name } of await allClusterRows(db))
      await on.clusters
        .provisioner(id)
        .then((provisioner) => on.templates.ensure(provisioner))
        .catch((error: unknown) => log.warn({ err: error, cluster: name }, 'no new template could be made'))
  }

  async function stop(id: string, because: string): Promise<void> {
    await stopMigrationRow(db, id, because)
    await tell(db, fleetNews)
  }

  return {
    run,
    goOn,
    /** Begins no further tenant and waits for those under way; another process goes on. */
    async close() {
      leaving.abort()
      await Promise.allSettled(running)
    },
  }
}

/** One wave, as this process works it off. */
type Trip = {
  signal: AbortSignal
  tenantNow(id: string): Promise<Awaited<ReturnType<typeof tenantsOfSteps>>[number] | undefined>
  provisioners: Map<string, Promise<Provisioner>>
  /** Clusters that did not answer, and how. */
  down: Map<string, string>
  isOver: boolean
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
