/** For tests: practices' databases made by hand, each with a login a role, and the catalogue that says where they are. */
import { randomBytes } from 'node:crypto'
import net from 'node:net'
import path from 'node:path'
import pg from 'pg'
import { afterAll, inject, onTestFinished } from 'vitest'
import { testCluster } from '../../../tests/harness/cluster.ts'
import { rootDir } from '../config.ts'
import { uuidv7 } from '../ids.ts'
import { openLog } from '../log.ts'
import { readMigrations } from '../migration-files.ts'
import {
  openTenantDatabases,
  type OpeningTenantDatabases,
  type TenantDatabases,
  type TenantPlace,
} from '../tenant-db.ts'

const password = 'practice'
const roles = ['practitioner', 'secretary', 'keeper'] as const

const sketch = `CREATE TABLE practice (tenant_id uuid, name text, kind text);
  CREATE TABLE schema_migrations (version integer);
  CREATE TABLE notes (id serial PRIMARY KEY, author_id integer);
  GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC;
  GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO PUBLIC`

const asMigrated = () =>
  [
    'CREATE TABLE schema_migrations (version integer)',
    // As a cluster's template has them.
    ...['pg_trgm', 'unaccent', 'fuzzystrmatch', 'btree_gist'].map((name) => `CREATE EXTENSION ${name}`),
    ...readMigrations(path.join(rootDir, 'db/tenant')).map(({ sql }) => sql),
  ].join(';')

/** @param like a sketch of a practice's tables, open to every login, or what the migrations make */
export async function practices(like: 'sketch' | 'migrated' = 'sketch') {
  const { adminUrl } = await testCluster(inject('clusterDir'))
  const address = addressIn(adminUrl)
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  const made: string[] = []
  const newName = () => `t_${randomBytes(8).toString('hex')}`

  const model = newName()
  made.push(model)
  await admin.query(`CREATE DATABASE ${model}`)
  await asking(databaseOf(adminUrl, model), async (client) => {
    await client.query(like === 'sketch' ? sketch : asMigrated())
    await client.query('INSERT INTO schema_migrations VALUES (2)')
  })

  /** The catalogue: what a test changes here is how it is from then on. */
  const catalogue = new Map<string, TenantPlace>()

  /** A practice with its database. */
  async function open(name: string, over: Partial<TenantPlace> = {}): Promise<TenantPlace> {
    const database = newName()
    made.push(database)
    await admin.query(`CREATE DATABASE ${database} TEMPLATE ${model}`)
    for (const role of roles)
      await admin.query(
        `CREATE ROLE ${database}_${role} LOGIN PASSWORD '${password}' IN ROLE mgp_tenant_${role}`,
      )
    const place: TenantPlace = {
      tenantId: uuidv7(),
      name,
      kind: 'practitioner',
      state: 'active',
      schemaVersion: 2,
      clusterId: 'main',
      clusterName: 'main',
      address,
      databaseName: database,
      loginRole: database,
      passwordOf: () => password,
      ...over,
    }
    await asking(databaseOf(adminUrl, database), (client) =>
      client.query('INSERT INTO practice (tenant_id, name, kind) VALUES ($1, $2, $3)', [
        place.tenantId,
        name,
        place.kind,
      ]),
    )
    catalogue.set(place.tenantId, place)
    return place
  }

  afterAll(async () => {
    for (const database of made) {
      await admin.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
      await admin.query(`DROP ROLE IF EXISTS ${roles.map((role) => `${database}_${role}`).join(', ')}`)
    }
    await admin.end()
  })

  return {
    open,
    catalogue,
    /** The tenants' databases as a process reaches them; closed when the test ends. */
    databases(cap: number, over: Partial<OpeningTenantDatabases> = {}): TenantDatabases {
      const databases = openTenantDatabases({
        locate: (tenantId) => Promise.resolve(catalogue.get(tenantId)),
        cap,
        served: { oldest: 2, current: 3 },
        log: openLog('silent'),
        ...over,
      })
      onTestFinished(() => databases.close())
      return databases
    },
    /** The databases PostgreSQL itself sees tenants' connections in. */
    async connectedTo(): Promise<string[]> {
      const { rows } = await admin.query<{ datname: string }>(
        `SELECT datname FROM pg_stat_activity WHERE application_name = 'magestionpsy tenant' AND datname = ANY($1)`,
        [made],
      )
      return rows.map(({ datname }) => datname)
    },
    /** As an administrator, inside a practice's database. */
    inside: (place: TenantPlace, text: string) =>
      asking(databaseOf(adminUrl, place.databaseName), (client) => client.query(text)),
    /** Ends every connection there, as a restart would. */
    cutOff: (place: TenantPlace) =>
      admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
        place.databaseName,
      ]),
    /** A cluster of its own, as far as anybody can tell from outside: it can go down and come back. */
    anotherCluster: () => openPassage(new URL(adminUrl)),
  }
}

export type Passage = { address: string; down(): Promise<void>; up(): Promise<void> }

/** A door before PostgreSQL that can be shut. */
async function openPassage(target: URL): Promise<Passage> {
  const open = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    const inner = net.connect(Number(target.port), target.hostname)
    for (const [one, other] of [
      [socket, inner],
      [inner, socket],
    ] as const) {
      open.add(one)
      one.pipe(other)
      one
        .on('error', () => {})
        .on('close', () => {
          open.delete(one)
          other.destroy()
        })
    }
  })
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  const down = async () => {
    if (!server.listening) return
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of open) socket.destroy()
    await closed
  }
  await listen(0)
  const { port } = server.address() as net.AddressInfo // listening on TCP
  onTestFinished(down)
  return { address: `postgres://127.0.0.1:${port}`, down, up: () => listen(port) }
}

async function asking<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function databaseOf(adminUrl: string, database: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${database}`
  return url.href
}

function addressIn(adminUrl: string): string {
  const { hostname, port } = new URL(adminUrl)
  return `postgres://${hostname}:${port}`
}
