/** A few tenants with databases of their own, made without what opens a practice: for what is done to all of them. */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll } from 'vitest'
import { systemClock } from '#platform/server/clock.ts'
import { centralDb, openPool, type CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { openLog } from '#platform/server/log.ts'
import { vaultOf, type Vault } from '#platform/server/vault.ts'
import { loginSecretPlace } from '../../modules/tenancy/server/catalogue.ts'
import {
  openClusters,
  type Clusters,
  type Lived,
  type Provisioner,
} from '../../modules/tenancy/server/clusters.ts'
import {
  cloneTemplate,
  dropDatabase,
  dropLogins,
  makeLogins,
  openToLogins,
} from '../../modules/tenancy/server/making-databases.ts'
import { openTemplates, type Templates } from '../../modules/tenancy/server/template.ts'
import { readSchema, tenantFolder, type Schema } from '../../modules/tenancy/server/versions.ts'
import { onDatabase } from './another-cluster.ts'
import { testDatabase, type TestDatabase } from './database.ts'

export type FleetTenant = Lived & { tenantId: string }

export type SmallFleet = {
  database: TestDatabase
  db: CentralDb
  pool: pg.Pool
  masterKey: Buffer
  vault: Vault
  clusters: Clusters
  /** Of the cluster they all are on. */
  provisioner: Provisioner
  schema: Schema
  templates: Templates
  tenants: readonly FleetTenant[]
  /** One more. */
  add(over?: { state?: string; canary?: boolean; clusterId?: string }): Promise<FleetTenant>
  /** As the superuser, in a tenant's database. */
  inside(tenant: FleetTenant, statement: string): Promise<Record<string, unknown>[]>
  /** A release that brings these files too: `{ '0003_tasks': 'CREATE TABLE …' }`. */
  release(files: Record<string, string>): { folder: string; schema: Schema; templates: Templates }
}

export const silent = openLog('silent')

export async function smallFleet(count: number): Promise<SmallFleet> {
  const database = await testDatabase()
  const pool = openPool(database.appUrl)
  const db = centralDb(pool)
  const masterKey = randomBytes(32)
  const vault = vaultOf(masterKey)
  const clusters = openClusters({ db, vault, clock: systemClock, log: silent })
  const provisioner = await clusters.provisioner(await clusters.ensure('main', database.provisionerUrl))
  const schema = readSchema()
  const templates = openTemplates({ db, schema, log: silent })
  await templates.ensure(provisioner)
  const made: FleetTenant[] = []
  const releases: { folder: string; templates: Templates }[] = []

  // Before the central database is dropped: afterAll runs in reverse order.
  afterAll(async () => {
    for (const { databaseName, loginRole } of made) {
      await dropDatabase(provisioner, databaseName)
      await dropLogins(provisioner, loginRole)
    }
    for (const { folder, templates: own } of releases) {
      fs.rmSync(folder, { recursive: true })
      await provisioner.run(async (client) => {
        const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [own.name])
        if (rowCount) await client.query(`ALTER DATABASE ${own.name} IS_TEMPLATE false`)
      })
      await dropDatabase(provisioner, own.name)
    }
    await clusters.close()
    await pool.end()
  })

  async function inside({ databaseName }: FleetTenant, statement: string) {
    const client = new pg.Client(onDatabase(database.adminUrl, databaseName))
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(statement)).rows
    } finally {
      await client.end()
    }
  }

  async function add({
    state = 'active',
    canary = false,
    clusterId = provisioner.cluster.id,
  }: { state?: string; canary?: boolean; clusterId?: string } = {}): Promise<FleetTenant> {
    const name = `t_${randomBytes(8).toString('hex')}`
    const secret = randomBytes(32)
    const tenant = { tenantId: uuidv7(Date.now()), databaseName: name, loginRole: name, loginSecret: secret }
    made.push(tenant)
    await makeLogins(provisioner, name, secret)
    await cloneTemplate(provisioner, name, templates)
    await openToLogins(provisioner, name, name)
    await inside(
      tenant,
      `INSERT INTO practice (tenant_id, name, kind) VALUES ('${tenant.tenantId}', 'Cabinet', 'practitioner')`,
    )
    await db
      .insertInto('tenants')
      .values({
        id: tenant.tenantId,
        name: 'Cabinet de Claire Moreau',
        kind: 'practitioner',
        clusterId,
        databaseName: name,
        loginRole: name,
        loginSecretSealed: vault.seal(secret, loginSecretPlace(tenant.tenantId)),
        keySealed: randomBytes(32),
        schemaVersion: schema.current,
        state,
        stateBefore: state === 'moving' ? 'active' : null,
        canary,
      })
      .execute()
    return tenant
  }

  for (let number = 0; number < count; number++) await add()

  return {
    database,
    db,
    pool,
    masterKey,
    vault,
    clusters,
    provisioner,
    schema,
    templates,
    tenants: made,
    add,
    inside,
    release(files) {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-release-'))
      fs.cpSync(tenantFolder, folder, { recursive: true })
      for (const [name, sql] of Object.entries(files)) fs.writeFileSync(path.join(folder, `${name}.sql`), sql)
      const later = readSchema(folder)
      const own = { folder, schema: later, templates: openTemplates({ db, schema: later, log: silent }) }
      releases.push(own)
      return own
    },
  }
}
