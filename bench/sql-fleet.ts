// One SELECT over 500 practices as the console does it (each line written down, masked, sealed, its columns held against the others'),
// against bare connections that ask the same of the same databases: eight at once either way, each connection a fresh one.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { openAudit } from '#server/audit'
import { seedDemonstrationStaff } from '#server/identity'
import { openTenants, readSchema, type Tenants } from '#server/tenancy'
import { openCentralDatabase } from '#platform/server/central-database.ts'
import { systemClock } from '#platform/server/clock.ts'
import { readConfig } from '#platform/server/config.ts'
import { centralDb, openPool, type CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { openLog } from '#platform/server/log.ts'
import { loadMasterKey } from '#platform/server/master-key.ts'
import { openProvisionerLogin } from '#platform/server/provisioner-login.ts'
import { vaultOf, type Vault } from '#platform/server/vault.ts'
import { keyPlace, loginSecretPlace } from '../modules/tenancy/server/catalogue.ts'
import { databaseOn, openClusters, type Provisioner } from '../modules/tenancy/server/clusters.ts'
import { makeLogins, openToLogins } from '../modules/tenancy/server/making-databases.ts'
import { openTemplates } from '../modules/tenancy/server/template.ts'
import { fleetDigest, sealText } from '../modules/sql-console/server/fleet/keeping.ts'
import { fleetById, insertFleet } from '../modules/sql-console/server/fleet/queries.ts'
import { fleetRunner } from '../modules/sql-console/server/fleet/running.ts'
import { keepColumns } from '../modules/sql-console/server/masking/columns.ts'
import { openDoors } from '../modules/sql-console/server/targets/doors.ts'
import type { Result } from './run.ts'

export const about = 'a SELECT over 500 practices against bare connections doing the same, 8 at once'

const limit = 1.5
const atOnce = 8
const rounds = 5
const select = `SELECT status, count(*) AS appointments, min(starts_at) AS first FROM appointments GROUP BY status ORDER BY status`

export async function run(): Promise<Result> {
  // npm run bench -- sql-fleet --count 50
  const { values } = parseArgs({ options: { count: { type: 'string', default: '500' } }, strict: false })
  const count = Number(values.count)
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-bench-sql-fleet-'))
  const config = readConfig({ APP_ENV: 'demonstration', DATA_DIR: dataDir })
  const database = await openCentralDatabase(config)
  const pool = openPool(database.appUrl)
  const db = centralDb(pool)
  const shared = {
    db,
    pool,
    vault: vaultOf(loadMasterKey(config)),
    clock: systemClock,
    log: openLog('error'),
  }
  const tenants = openTenants({ ...shared, cap: 16 })
  try {
    const provisionerUrl = (await openProvisionerLogin(config, database)) ?? ''
    await seedDemonstrationStaff(db, shared.vault)
    const ids = await makePractices(shared, provisionerUrl, count)
    const urls = await addresses(tenants, ids)
    const parts = {
      ...shared,
      audit: openAudit(shared),
      environment: config.appEnv,
      tenants,
      columns: keepColumns(),
      centralDatabase: undefined,
      doorsOf: openDoors({
        ...shared,
        locate: (id) => tenants.catalogue.locate(id),
        newest: tenants.schema.current,
        consoleUrl: undefined,
      }),
    }
    const took = { ours: [] as number[], bare: [] as number[] }
    // The first connection to a database costs more, for whoever has it.
    await eachOf(urls, bareSelect)
    for (let round = 1; round <= rounds; round++) {
      const bare = await timed(() => eachOf(urls, bareSelect))
      // A process that has never seen them: nothing is known from the round before.
      const runner = fleetRunner(parts)
      const ours = await timed(async () => {
        const id = await written(shared, ids)
        await runner.run(id)
        const done = await fleetById(db, id)
        if (done?.state !== 'done' || done.counts.done !== count) throw new Error(JSON.stringify(done))
      })
      await runner.close()
      took.bare.push(bare)
      took.ours.push(ours)
      console.log(
        `round ${round}: ${count} practices ${ours.toFixed(2)} s (${((ours / count) * 1000).toFixed(1)} ms each), ` +
          `bare ${bare.toFixed(2)} s (${((bare / count) * 1000).toFixed(1)} ms each)`,
      )
    }
    // Each round's two stand beside each other in time: what else the machine does is much the same for both.
    const ratio = middle(took.ours.map((own, round) => own / (took.bare[round] ?? own)))
    return {
      bench: 'sql-fleet',
      metrics: [
        { name: 'times_bare', value: Number(ratio.toFixed(2)), target: `<= ${limit}`, meets: ratio <= limit },
      ],
      ours: Number(middle(took.ours).toFixed(2)),
      reference: Number(middle(took.bare).toFixed(2)),
      unit: 's',
      runs: rounds,
    }
  } finally {
    await tenants.close()
    await pool.end()
    await database.stop()
    fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

/** Clones, whose practice they are, and what the catalogue knows of them. */
async function makePractices(
  shared: { db: CentralDb; pool: pg.Pool; vault: Vault; log: ReturnType<typeof openLog> },
  provisionerUrl: string,
  count: number,
): Promise<string[]> {
  const { db, pool, vault, log } = shared
  const clusters = openClusters({ ...shared, clock: systemClock })
  const schema = readSchema()
  try {
    const provisioner = await clusters.provisioner(await clusters.ensure('main', provisionerUrl, count))
    const templates = openTemplates({ db, schema, log })
    await templates.ensure(provisioner)
    const ids = Array.from({ length: count }, () => uuidv7(Date.now()))
    await eachOf(
      ids,
      (id) => makeOne({ pool, vault, provisioner, template: templates.name, current: schema.current }, id),
      2,
    )
    return ids
  } finally {
    await clusters.close()
  }
}

async function makeOne(
  on: { pool: pg.Pool; vault: Vault; provisioner: Provisioner; template: string; current: number },
  id: string,
): Promise<void> {
  const { pool, vault, provisioner } = on
  const name = `t_${randomBytes(8).toString('hex')}`
  await provisioner.run((client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${on.template} ALLOW_CONNECTIONS false`),
  )
  const secret = randomBytes(32)
  await makeLogins(provisioner, name, secret)
  await openToLogins(provisioner, name, name)
  const client = new pg.Client({
    connectionString: databaseOn(provisioner.url, name),
    options: '-c role=mgp_tenant_owner',
  })
  await client.connect()
  await client.query(
    `INSERT INTO practice (tenant_id, name, kind) VALUES ('${id}', 'Cabinet', 'practitioner')`,
  )
  await client.end()
  await pool.query(
    `INSERT INTO tenants (id, name, kind, cluster_id, database_name, login_role, login_secret_sealed, key_sealed, schema_version, state)
     VALUES ($1, 'Cabinet', 'practitioner', $2, $3, $3, $4, $5, $6, 'active')`,
    [
      id,
      provisioner.cluster.id,
      name,
      vault.seal(secret, loginSecretPlace(id)),
      vault.seal(randomBytes(32), keyPlace(id)),
      on.current,
    ],
  )
}

/** As the console's own login, which has the same rights for both. */
async function addresses(tenants: Tenants, ids: readonly string[]): Promise<string[]> {
  const urls: string[] = []
  for (const id of ids) {
    const place = await tenants.catalogue.locate(id)
    if (!place) throw new Error('what was just made is not in the catalogue')
    const url = new URL(place.address)
    url.pathname = `/${place.databaseName}`
    url.username = `${place.loginRole}_console`
    url.password = encodeURIComponent(place.passwordOf('console'))
    urls.push(url.href)
  }
  return urls
}

async function bareSelect(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(select)
  } finally {
    await client.end()
  }
}

async function written(
  { db, vault }: { db: CentralDb; vault: Vault },
  ids: readonly string[],
): Promise<string> {
  const id = uuidv7(Date.now())
  const typed = { text: select, parameters: [] }
  const { id: staffId } = await db.selectFrom('staffMembers').select('id').limit(1).executeTakeFirstOrThrow()
  await insertFleet(
    db,
    {
      id,
      staffId,
      mode: 'read',
      ticket: '',
      digest: fleetDigest(vault, typed, ids),
      textSealed: sealText(vault, typed, id),
      total: ids.length,
      askedAt: new Date(),
    },
    ids,
  )
  return id
}

async function eachOf(
  items: readonly string[],
  work: (item: string) => Promise<void>,
  lanes = atOnce,
): Promise<void> {
  const waiting = items.toReversed()
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await work(item)
    }),
  )
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

const middle = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
