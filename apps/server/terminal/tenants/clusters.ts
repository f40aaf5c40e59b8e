import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { listedClusters, setCluster } from '#server/tenancy'
import { letIn, provisionerLogin, withLogin } from '#platform/server/database-logins.ts'
import { prepareCluster } from '#platform/server/migrate.ts'
import { PostgresError, sayUnreachable } from '#platform/server/postgres-error.ts'
import { requireProvisioner } from '#platform/server/provisioner-login.ts'
import { clusterNamed } from '../cluster-named.ts'
import type { OwnFleet } from '../own-fleet.ts'
import { WrongUsage } from '../wrong-usage.ts'
import { writtenDown } from '../written-down.ts'

export const usage = `mgp tenants clusters [add NAME ADMIN_URL | open NAME | close NAME] [--capacity NUMBER]

Lists the clusters that hold tenants' databases, or changes one.

  add NAME ADMIN_URL  prepares a PostgreSQL 18 with the address of an administrator, which is not kept: roles, a login that
                      makes databases, and what new tenants are cloned from. May be run again
  close NAME          it takes no new tenants; those it has go on working
  open NAME           it takes new tenants again
  --capacity NUMBER   how many tenants it takes (500)`

export async function run(args: string[], fleet: OwnFleet): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { capacity: { type: 'string' } },
  })
  const [verb = 'list', name = '', adminUrl = '', ...more] = positionals
  const capacity = values.capacity === undefined ? undefined : Number(values.capacity)
  if (capacity !== undefined && !(Number.isInteger(capacity) && capacity >= 1 && capacity <= 5_000))
    throw new WrongUsage(`--capacity is "${values.capacity}": must be a number from 1 to 5000.`)
  if (more.length > 0) throw new WrongUsage(`One word too many: ${more.join(' ')}`)
  if (verb === 'add') await add(fleet, { name, adminUrl, capacity })
  else if (verb === 'open' || verb === 'close')
    await change(fleet, name, { state: verb === 'open' ? 'open' : 'closed', capacity })
  else if (verb !== 'list') throw new WrongUsage(`Unknown: tenants clusters ${verb}`)
  for (const cluster of await listedClusters(fleet.db)) {
    const { address, state, tenants, trouble } = cluster
    const said = trouble === null ? '' : `: ${trouble}`
    console.log(`${cluster.name}  ${address}  ${state}, ${tenants} of ${cluster.capacity} tenants${said}`)
  }
}

type New = { name: string; adminUrl: string; capacity: number | undefined }

async function add(fleet: OwnFleet, { name, adminUrl, capacity }: New): Promise<void> {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(name))
    throw new WrongUsage(`"${name}" is no name: small letters, digits and hyphens.`)
  if (!URL.canParse(adminUrl) || !/^postgres(ql)?:$/.test(new URL(adminUrl).protocol))
    throw new WrongUsage('ADMIN_URL: postgres://administrator:password@host:port/postgres is expected.')
  const isKnown = (await listedClusters(fleet.db)).some((cluster) => cluster.name === name)
  if (!isKnown && (await hasProvisioner(adminUrl)))
    throw new PostgresError(
      'That PostgreSQL has a login that makes databases already: it holds the central database, is known under another ' +
        'name, or is another installation’s. If it is none of these: ALTER ROLE mgp_provisioner NOLOGIN there, and again.',
    )
  await prepareCluster(adminUrl)
  const login = new URL(withLogin(adminUrl, provisionerLogin.role, randomBytes(24).toString('base64url')))
  login.pathname = '/postgres'
  await letIn(adminUrl, login.href, provisionerLogin)
  await requireProvisioner(login.href, 'ADMIN_URL')
  const { clusters, templates } = fleet.tenants
  const id = await clusters.ensure(name, login.href, capacity)
  await writtenDown(fleet, { verb: 'cluster.added', label: 'mgp tenants clusters' }, async () => ({
    object: 'cluster',
    id,
    after: { name, address: login.host },
  }))
  await templates.ensure(await clusters.provisioner(id))
}

async function hasProvisioner(adminUrl: string): Promise<boolean> {
  const admin = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 })
  try {
    await admin.connect()
    const { rowCount } = await admin.query('SELECT FROM pg_roles WHERE rolname = $1 AND rolcanlogin', [
      provisionerLogin.role,
    ])
    return rowCount === 1
  } catch (error) {
    throw sayUnreachable('ADMIN_URL', adminUrl, error)
  } finally {
    await admin.end().catch(() => {})
  }
}

async function change(
  fleet: OwnFleet,
  name: string,
  changes: { state: 'open' | 'closed'; capacity: number | undefined },
): Promise<void> {
  const { id } = await clusterNamed(fleet, name)
  await writtenDown(fleet, { verb: 'cluster.updated', label: 'mgp tenants clusters' }, (db) =>
    setCluster(db, id, changes),
  )
}
