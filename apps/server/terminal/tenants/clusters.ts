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

export const usage = `mgp tenants clusters [add NAME URL | open NAME | close NAME] [--capacity NUMBER]

Lists the clusters that hold tenants' databases, or changes one.

  add NAME URL        URL is the address of an administrator on a PostgreSQL 18, which is used once and not kept: roles are
                      made, a login that makes databases, and what new tenants are cloned from. Or the one of
                      mgp_provisioner, where an administrator ran db/tenant/cluster.sql and gave it a password.
                      May be run again
  close NAME          it takes no new tenants; those it has go on working
  open NAME           it takes new tenants again
  --capacity NUMBER   how many tenants it takes (500)`

export async function run(args: string[], fleet: OwnFleet): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { capacity: { type: 'string' } },
  })
  const [verb = 'list', name = '', url = '', ...more] = positionals
  const capacity = values.capacity === undefined ? undefined : Number(values.capacity)
  if (capacity !== undefined && !(Number.isInteger(capacity) && capacity >= 1 && capacity <= 5_000))
    throw new WrongUsage(`--capacity is "${values.capacity}": must be a number from 1 to 5000.`)
  if (more.length > 0) throw new WrongUsage(`One word too many: ${more.join(' ')}`)
  if (verb === 'add') await add(fleet, { name, url, capacity })
  else if (verb === 'open' || verb === 'close')
    await change(fleet, name, { state: verb === 'open' ? 'open' : 'closed', capacity })
  else if (verb !== 'list') throw new WrongUsage(`Unknown: tenants clusters ${verb}`)
  for (const cluster of await listedClusters(fleet.db)) {
    const { address, state, tenants, trouble } = cluster
    const said = trouble === null ? '' : `: ${trouble}`
    console.log(`${cluster.name}  ${address}  ${state}, ${tenants} of ${cluster.capacity} tenants${said}`)
  }
}

type New = { name: string; url: string; capacity: number | undefined }

async function add(fleet: OwnFleet, { name, url, capacity }: New): Promise<void> {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(name))
    throw new WrongUsage(`"${name}" is no name: small letters, digits and hyphens.`)
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol))
    throw new WrongUsage('URL: postgres://role:password@host:port/postgres is expected.')
  const known = await listedClusters(fleet.db)
  const same = known.find((cluster) => cluster.name !== name && cluster.address === new URL(url).host)
  if (same) throw new PostgresError(`That PostgreSQL is the cluster ${same.name} already.`)
  const isProvisioner = decodeURIComponent(new URL(url).username) === provisionerLogin.role
  const isKnown = known.some((cluster) => cluster.name === name)
  const provisionerUrl = isProvisioner ? url : await prepared(url, isKnown)
  await requireProvisioner(provisionerUrl, 'URL')
  const { clusters, templates } = fleet.tenants
  const id = await clusters.ensure(name, provisionerUrl, capacity)
  await writtenDown(fleet, { verb: 'cluster.added', label: 'mgp tenants clusters' }, async () => ({
    object: 'cluster',
    id,
    after: { name, address: new URL(provisionerUrl).host },
  }))
  await templates.ensure(await clusters.provisioner(id))
}

/** @returns the address of a login that makes databases there, with a password nobody has seen */
async function prepared(adminUrl: string, isKnown: boolean): Promise<string> {
  // A new password would lock out whoever has that login now.
  if (!isKnown && (await hasProvisioner(adminUrl)))
    throw new PostgresError(
      'That PostgreSQL has a login that makes databases already: it holds the central database, is known under another ' +
        'name, or is another installation’s. If it is none of these: ALTER ROLE mgp_provisioner NOLOGIN there, and again.',
    )
  await prepareCluster(adminUrl)
  const login = new URL(withLogin(adminUrl, provisionerLogin.role, randomBytes(24).toString('base64url')))
  login.pathname = '/postgres'
  await letIn(adminUrl, login.href, provisionerLogin)
  return login.href
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
    throw sayUnreachable('URL', adminUrl, error)
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
