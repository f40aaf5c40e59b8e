/** Which databases there are, and what is in one of them as far as its login may read. */
import { getSqlTarget, listSqlTargets, type SqlTarget, type TargetId } from '#contract/sql-console'
import { tenantsNamed, type NamedTenant } from '#server/tenancy'
import { sql } from '#platform/server/db.ts'
import { found, handle, type CentralHandler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { allowedFunctions } from '../statements/functions.ts'
import { tablesOf } from './schema.ts'

const shownAtOnce = 50

export function lookingHandlers(parts: Parts): CentralHandler[] {
  const { environment, tenants } = parts
  const central = async (): Promise<SqlTarget> => ({
    id: 'central',
    name: '',
    kind: 'central',
    environment,
    database: parts.centralDatabase ?? '',
    schemaVersion: await newestMigration(parts.db),
    state: parts.centralDatabase === undefined ? 'not_set_up' : 'ready',
    maySchemaChange: false,
  })
  const ofTenant = ({ id, name, databaseName, schemaVersion, state }: NamedTenant): SqlTarget => ({
    id,
    name,
    kind: 'tenant',
    environment,
    database: databaseName,
    schemaVersion,
    state: schemaVersion !== null && schemaVersion < tenants.schema.current ? 'not_ready' : stateOf[state],
    maySchemaChange: state === 'active' || state === 'suspended',
  })
  async function oneOf(target: TargetId): Promise<SqlTarget> {
    if (target === 'central') return central()
    const [tenant] = await tenantsNamed(parts.db, target)
    return ofTenant(found(tenant))
  }

  return [
    handle(listSqlTargets, async ({ db }, { query: { search } }) => {
      const all = await tenantsNamed(db, search || undefined)
      return { central: await central(), tenants: all.slice(0, shownAtOnce).map(ofTenant), total: all.length }
    }),

    handle(getSqlTarget, async (_ctx, { params: { target } }) => {
      const one = await oneOf(target)
      const ways = await parts.doorsOf(target, 'console')
      const client = await ways.beside()
      try {
        return { ...one, tables: await tablesOf(client, one.kind), functions: [...allowedFunctions] }
      } finally {
        await client.end().catch(() => {})
      }
    }),
  ]
}

async function newestMigration(db: Parts['db']): Promise<number | null> {
  const { rows } = await sql<{ version: number | null }>`
    select max(version) as version from schema_migrations`.execute(db)
  return rows[0]?.version ?? null
}

const stateOf = {
  active: 'ready',
  suspended: 'suspended',
  moving: 'read_only',
  provisioning: 'not_ready',
  purging: 'not_ready',
  purged: 'not_ready',
} as const
