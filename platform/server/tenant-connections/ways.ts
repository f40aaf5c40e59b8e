import type pg from 'pg'
import { types } from '../db.ts'
import { Platform } from '../errors.ts'
import type { Logger } from '../log.ts'
import { NotFound } from '../requests.ts'
import type { ServedVersions, TenantPlace, TenantRole } from '../tenant-db.ts'
import type { Way } from './connecting.ts'

/** `look`: to read, by connections whose every transaction only reads. */
export type Use = 'read' | 'look' | 'write' | 'bare'

/** The house's own roles work on a tenant in any state: they are what leads it from one to the next. */
const isHouse = (role: TenantRole) => role === 'owner' || role === 'keeper'
const isMember = (role: TenantRole) => role === 'practitioner' || role === 'secretary'

/** @throws what stands between a role and the tenant's database in its present state */
export function mayBeUsed({ state }: TenantPlace, role: TenantRole, use: Use): void {
  if (state === 'purged') throw new NotFound()
  if ((state === 'provisioning' || state === 'purging') && !isHouse(role)) throw new NotFound()
  if (state === 'suspended' && isMember(role)) throw new Platform('tenant_suspended')
  // What is written where it moves away from would stay behind.
  if (state === 'moving' && use === 'write' && role !== 'owner') throw new Platform('tenant_read_only')
}

const settings = {
  // Whatever the role's own setting says: no temporary table stands before one of ours of the same name.
  search_path: 'public,pg_temp',
  statement_timeout: '15s',
  idle_in_transaction_session_timeout: '15s',
}
/** The database refuses what writes, and nobody begins a transaction to have it say so. */
const lookingSettings = { ...settings, default_transaction_read_only: 'on' }
/** A copy of a whole database takes as long as it takes. */
const bareSettings = { ...settings, statement_timeout: '0', idle_in_transaction_session_timeout: '0' }
/** Beyond the server's own limit: whoever is silent for so long is gone. */
const silenceMs = 20_000

export function wayTo(
  place: TenantPlace,
  role: TenantRole,
  use: Use,
  on: { served: ServedVersions; log: Logger },
): Way {
  const user = `${place.loginRole}_${role}`
  const isBare = use === 'bare'
  // Never lent to whoever may write, nor the other way round.
  const looking = use === 'look' ? ' looking' : ''
  return {
    tenantId: place.tenantId,
    clusterId: place.clusterId,
    login: `${place.tenantId} ${role}${looking}`,
    to: `${place.address} ${place.databaseName} ${user}${looking}`,
    config: () => {
      const url = new URL(place.address)
      url.pathname = `/${place.databaseName}`
      url.username = user
      url.password = encodeURIComponent(place.passwordOf(role))
      return {
        connectionString: url.href,
        application_name: 'magestionpsy tenant',
        types,
        options: Object.entries(isBare ? bareSettings : looking ? lookingSettings : settings)
          .map(([name, value]) => `-c ${name}=${value}`)
          .join(' '),
        ...(isBare ? {} : { query_timeout: silenceMs }),
      }
    },
    greet: (client) => greet(client, { place, role, user }, on),
  }
}

/**
 * Where one is, as whom, whose it is, and which schema: asked of each new connection before anything else. A row a
 * migration, without aggregate, order or cast: what a backend that knows nothing yet looks up for them takes longer.
 */
const greeting = `select current_database() as database, current_user as login, practice.tenant_id as tenant, version
  from (select) always left join public.schema_migrations on true left join public.practice on true`

async function greet(
  client: pg.Client,
  { place, role, user }: { place: TenantPlace; role: TenantRole; user: string },
  { served, log }: { served: ServedVersions; log: Logger },
): Promise<void> {
  const { rows } = await client.query<{
    database: string
    login: string
    tenant: string | null
    version: number | null
  }>(greeting)
  const { database, login, tenant } = rows[0]! // there is always one
  const version = Math.max(...rows.map((row) => row.version ?? 0))
  // While it is made, nobody has written down yet whose practice it is.
  const isItsOwn = tenant === place.tenantId || (tenant === null && place.state === 'provisioning')
  if (database !== place.databaseName || login !== user || !isItsOwn) {
    log.error(
      { tenant: place.tenantId, role, expected: place.databaseName, found: { database, login, tenant } },
      'a connection led to another database than the catalogue says',
    )
    throw new Error('a connection led to another database than the catalogue says')
  }
  // Those who migrate it and look after it come whatever it is.
  if (isHouse(role)) return
  if (version < served.oldest || version > served.current)
    throw new Platform('tenant_updating', { details: { version, ...served } })
}
