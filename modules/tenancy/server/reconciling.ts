/** What is only half there: tenants nobody finished, and on the clusters what the catalogue does not know. */
import type pg from 'pg'
import type { Audit } from '#server/audit'
import type { Clock } from '#platform/server/clock.ts'
import { pgCode, type CentralDb } from '#platform/server/db.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import type { Logger } from '#platform/server/log.ts'
import { tell } from '#platform/server/news.ts'
import type { Vault } from '#platform/server/vault.ts'
import { loginSecretPlace } from './catalogue.ts'
import { allClusterRows } from './cluster-queries.ts'
import type { Clusters, Provisioner } from './clusters.ts'
import { holding } from './holding.ts'
import { dropDatabase, dropLogins, isOpen } from './making-databases.ts'
import { giveUp, halfMade, namesKnown, placeById } from './place-queries.ts'
import { sweepTemplates, type Templates } from './template.ts'
import { beginWork, ClusterUnreachable } from './works.ts'

export type Reconciling = {
  db: CentralDb
  /** Opens what the logins' passwords are derived from. */
  vault: Pick<Vault, 'open'>
  pool: pg.Pool
  clock: Clock
  log: Logger
  audit: Pick<Audit, 'writeDownAs'>
  clusters: Clusters
  templates: Templates
  /** Begins what was waiting for it. */
  goOn(): Promise<void>
}

/** Between two tries of what failed three times: whatever was in its way may be gone. */
const restMs = 10 * 60_000

/**
 * Each minute. A tenant that nobody finishes is tried again for a day. Then it is taken back, and the client can have
 * another: nobody was ever told of it, and nobody could connect.
 */
export const finishing = (on: Reconciling): Schedule => ({
  name: 'tenants-half-made',
  cron: '* * * * *',
  run: (db) => finishHalfMade({ ...on, db }),
})

export async function finishHalfMade(on: Reconciling): Promise<void> {
  const { db, clock, log } = on
  const now = clock.now()
  const found = await halfMade(db, { triedBefore: new Date(now.getTime() - restMs), now })
  for (const { id, isOld, createdBy } of found) {
    if (!isOld) await beginWork(db, { tenantId: id, kind: 'provision', askedBy: createdBy }, undefined)
    else
      await takeBack(on, id).catch((error: unknown) => {
        const isDown = error instanceof ClusterUnreachable
        log.warn(
          { err: error, tenant: id },
          isDown ? 'a half-made tenant waits for its cluster' : 'a half-made tenant could not be taken back',
        )
      })
  }
  if (found.some(({ isOld }) => !isOld)) await on.goOn()
}

async function takeBack({ db, vault, pool, clock, audit, clusters }: Reconciling, id: string): Promise<void> {
  await holding(pool, `tenant taken back ${id}`, new AbortController().signal, async () => {
    const place = await placeById(db, id)
    if (place?.state !== 'provisioning') return
    const provisioner = await clusters.provisioner(place.clusterId)
    const whose = await ownerOf(provisioner, id, place, vault)
    if (whose === 'nobody' || whose === id) {
      await dropDatabase(provisioner, place.databaseName)
      await dropLogins(provisioner, place.loginRole)
    }
    await db.transaction().execute(async (transaction: CentralDb) => {
      if (!(await giveUp(transaction, id, clock.now()))) return
      await audit.writeDownAs(transaction, {
        verb: 'tenant.given_up',
        label: 'provisioning',
        object: 'tenant',
        id,
      })
      await tell(transaction, { topic: 'tenants', id, needs: 'tenants.read' })
    })
  })
}

/** It may not come in, has another password, or is not there. */
const strangers = ['42501', '28P01', '42704']

/** @returns the tenant a database says it is of; `nobody` while none could come in */
async function ownerOf(
  on: Provisioner,
  id: string,
  { databaseName, loginRole, loginSecretSealed }: NonNullable<Awaited<ReturnType<typeof placeById>>>,
  vault: Pick<Vault, 'open'>,
): Promise<string> {
  // Not there, not opened yet, or dropped halfway. Its logins are there before it is opened to them.
  if (!loginSecretSealed || !(await on.run((client) => isOpen(client, databaseName)))) return 'nobody'
  const loginSecret = vault.open(loginSecretSealed, loginSecretPlace(id))
  const whose = on.asItsOwner({ databaseName, loginRole, loginSecret }, async (client) => {
    const { rows } = await client.query<{ tenant: string }>('SELECT tenant_id AS tenant FROM public.practice')
    return rows[0]?.tenant ?? 'nobody'
  })
  return whose.catch((error: unknown) => {
    // Opened, and not to this one's login.
    if (strangers.includes(pgCode(error) ?? '')) return 'somebody else'
    throw error
  })
}

/**
 * Each night: what the catalogue does not know is told and left alone, however empty it looks. It knows a tenant before
 * anything of it is made, so what it does not know was made by another installation, or by this one before its central
 * database was put back to a former day: then these are practices somebody works in. Drafts and former templates go.
 */
export const lookingRound = (on: Reconciling): Schedule => ({
  name: 'tenants-unknown',
  cron: '23 4 * * *',
  async run(db) {
    for (const { id, name } of await allClusterRows(db)) {
      try {
        const provisioner = await on.clusters.provisioner(id)
        await sweepTemplates(provisioner, on.templates.name)
        const unknown = await unknownOn(db, provisioner)
        if (unknown.length > 0)
          on.log.warn(
            { cluster: name, count: unknown.length, names: unknown.slice(0, 20) },
            'databases or logins that the catalogue does not know',
          )
      } catch (error) {
        on.log.warn({ err: error, cluster: name }, 'a cluster could not be looked round')
      }
    }
  },
})

/** @returns names of databases, and what unknown logins begin with */
export async function unknownOn(db: CentralDb, on: Provisioner): Promise<string[]> {
  const names = await on.run(async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT datname AS name FROM pg_database WHERE datname ~ '^t_[0-9a-f]{16}$'
       UNION SELECT left(rolname, 18) FROM pg_roles WHERE rolname ~ '^t_[0-9a-f]{16}_[a-z]+$'`,
    )
    return rows.map(({ name }) => name)
  })
  const known = await namesKnown(db, names)
  return names.filter((name) => !known.has(name)).sort()
}
