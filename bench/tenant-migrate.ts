// A migration of all practices, from the asking to its end, against the bare statements over the same databases: a column,
// an index and a row that tells of it, eight databases at once.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { openCentralDatabase } from '#platform/server/central-database.ts'
import { systemClock } from '#platform/server/clock.ts'
import { readConfig } from '#platform/server/config.ts'
import { centralDb, openPool } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { openLog } from '#platform/server/log.ts'
import { openProvisionerLogin } from '#platform/server/provisioner-login.ts'
import { vaultOf, type Vault } from '#platform/server/vault.ts'
import { loginSecretPlace } from '../modules/tenancy/server/catalogue.ts'
import { databaseOn, openClusters, type Provisioner } from '../modules/tenancy/server/clusters.ts'
import { askForMigration, fleetNow } from '../modules/tenancy/server/fleet.ts'
import { fleetRunner } from '../modules/tenancy/server/migrating-fleet.ts'
import { makeLogins, openToLogins } from '../modules/tenancy/server/making-databases.ts'
import { openTemplates } from '../modules/tenancy/server/template.ts'
import { readSchema, tenantFolder } from '../modules/tenancy/server/versions.ts'
import type { Result } from './run.ts'

export const about = 'migrating 500 practices against bare DDL over the same databases, 8 at once'

const limit = 1.5
const atOnce = 8
const rounds = 3

export async function run(): Promise<Result> {
  // npm run bench -- tenant-migrate --count 50
  const { values } = parseArgs({ options: { count: { type: 'string', default: '500' } }, strict: false })
  const count = Number(values.count)
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-bench-migrate-'))
  const config = readConfig({ DATA_DIR: dataDir })
  const database = await openCentralDatabase(config)
  const pool = openPool(database.appUrl)
  const db = centralDb(pool)
  const log = openLog('error')
  const vault = vaultOf(randomBytes(32))
  const clusters = openClusters({ db, vault, clock: systemClock, log })
  try {
    const provisionerUrl = (await openProvisionerLogin(config, database)) ?? ''
    const provisioner = await clusters.provisioner(await clusters.ensure('main', provisionerUrl, count))
    const templates = openTemplates({ db, schema: readSchema(), log })
    await templates.ensure(provisioner)
    const names = await makePractices(pool, vault, provisioner, templates.name, count)

    const took = { ours: [] as number[], bare: [] as number[] }
    for (let round = 1; round <= rounds; round++) {
      const bare = await timed(() => eachOf(names, (name) => bareChange(provisioner.url, name, round)))
      took.bare.push(bare)

      const schema = readSchema(releaseOf(dataDir, round))
      const ours = await timed(async () => {
        const own = openTemplates({ db, schema, log })
        const runner = fleetRunner({ db, vault, pool, log, schema, clusters, templates: own })
        const asked = { failuresAllowed: 0, askedBy: null }
        await runner.run(
          await db
            .transaction()
            .execute((transaction) => askForMigration(transaction, schema, asked, undefined)),
        )
      })
      took.ours.push(ours)
      requireDone(await fleetNow(db, schema), count)
      console.log(
        `round ${round}: ${count} practices ${ours.toFixed(2)} s (${((ours / count) * 1000).toFixed(1)} ms each), ` +
          `bare ${bare.toFixed(2)} s (${((bare / count) * 1000).toFixed(1)} ms each)`,
      )
    }
    const ours = middle(took.ours)
    const bare = middle(took.bare)
    // Each round's two stand beside each other in time: what else the machine does is much the same for both.
    const ratio = middle(took.ours.map((own, round) => own / (took.bare[round] ?? own)))
    return {
      bench: 'tenant-migrate',
      metrics: [
        { name: 'times_bare', value: Number(ratio.toFixed(2)), target: `<= ${limit}`, meets: ratio <= limit },
      ],
      ours: Number(ours.toFixed(2)),
      reference: Number(bare.toFixed(2)),
      unit: 's',
      runs: rounds,
    }
  } finally {
    await clusters.close()
    await pool.end()
    await database.stop()
    fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

/** Clones, whose practice they are, and what the catalogue knows of them. The first connection to a database costs more. */
async function makePractices(
  pool: pg.Pool,
  vault: Vault,
  provisioner: Provisioner,
  template: string,
  count: number,
): Promise<string[]> {
  const names = Array.from({ length: count }, () => `t_${randomBytes(8).toString('hex')}`)
  const { current } = readSchema()
  const { url, cluster, run: onCluster } = provisioner
  await eachOf(
    names,
    async (name) => {
      await onCluster((client) =>
        client.query(`CREATE DATABASE ${name} TEMPLATE ${template} ALLOW_CONNECTIONS false`),
      )
      const secret = randomBytes(32)
      await makeLogins(provisioner, name, secret)
      await openToLogins(provisioner, name, name)
      const id = uuidv7(Date.now())
      await asOwner(
        url,
        name,
        `INSERT INTO practice (tenant_id, name, kind) VALUES ('${id}', 'Cabinet', 'practitioner');
         CREATE TABLE bare_migrations (LIKE schema_migrations INCLUDING ALL)`,
      )
      await pool.query(
        `INSERT INTO tenants (id, name, kind, cluster_id, database_name, login_role, login_secret_sealed, key_sealed, schema_version, state)
         VALUES ($1, 'Cabinet', 'practitioner', $2, $3, $3, $5, '', $4, 'active')`,
        [id, cluster.id, name, current, vault.seal(secret, loginSecretPlace(id))],
      )
    },
    2,
  )
  return names
}

const change = (column: string) =>
  `ALTER TABLE notes ADD COLUMN ${column} timestamptz; CREATE INDEX ON notes (${column});`

/** What a release of this round brings, beside those of the rounds before. */
function releaseOf(dataDir: string, round: number): string {
  const folder = path.join(dataDir, `release-${round}`)
  fs.cpSync(tenantFolder, folder, { recursive: true })
  for (let each = 1; each <= round; each++)
    fs.writeFileSync(path.join(folder, `900${each}_change.sql`), change(`ours_${each}_at`))
  return folder
}

const bareChange = (url: string, name: string, round: number) =>
  asOwner(
    url,
    name,
    `BEGIN; ${change(`bare_${round}_at`)}
     INSERT INTO bare_migrations (version, name, checksum) VALUES (${round}, 'change', ''); COMMIT`,
  )

async function asOwner(url: string, name: string, statements: string): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseOn(url, name),
    options: '-c role=mgp_tenant_owner',
  })
  await client.connect()
  try {
    await client.query(statements)
  } finally {
    await client.end()
  }
}

async function eachOf(
  names: readonly string[],
  work: (name: string) => Promise<void>,
  lanes = atOnce,
): Promise<void> {
  const waiting = names.toReversed()
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let name = waiting.pop(); name; name = waiting.pop()) await work(name)
    }),
  )
}

function requireDone({ latest, versions }: Awaited<ReturnType<typeof fleetNow>>, count: number): void {
  const done = latest?.waves.reduce((sum, wave) => sum + wave.done, 0)
  if (latest?.state !== 'done' || done !== count || versions.length !== 1)
    throw new Error(`not all were migrated: ${JSON.stringify({ latest, versions })}`)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

const middle = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
