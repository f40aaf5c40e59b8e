/**
 * What new tenants' databases are cloned from: one database a cluster and schema, with everything in it and every right.
 * It is built under a name of its own and renamed when it is whole, so that whoever finds the name finds it whole.
 */
import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { pgCode, type CentralDb } from '#platform/server/db.ts'
import type { Logger } from '#platform/server/log.ts'
import { placeOf } from '#platform/server/migrate.ts'
import { PostgresError } from '#platform/server/postgres-error.ts'
import { keepTemplate } from './cluster-queries.ts'
import type { Provisioner } from './clusters.ts'
import { describeCatalogue } from './describing.ts'
import { withRow } from './migrating.ts'
import type { Schema } from './versions.ts'

export type Templates = {
  /** What it is called in this release. */
  name: string
  /** Sees to it that the cluster has it. */
  ensure(on: Provisioner): Promise<void>
}

const prefix = 'mgp_template_'
const draftPrefix = `${prefix}draft_`

/** Trusted ones, which the owner of a database may add without being anybody. */
const extensions = ['pg_trgm', 'unaccent', 'fuzzystrmatch', 'btree_gist']

const duplicateDatabase = '42P04'
const undefinedDatabase = '3D000'
const uniqueViolation = '23505'

/** Whether a database could not be made since there is one of that name, or somebody is just making one. */
export const isTaken = (error: unknown) => [duplicateDatabase, uniqueViolation].includes(pgCode(error) ?? '')

/** Whether what was to be cloned is not there. */
export const isMissing = (error: unknown) => pgCode(error) === undefinedDatabase

export function openTemplates({
  db,
  schema,
  log,
}: {
  db: CentralDb
  schema: Schema
  log: Logger
}): Templates {
  const name = `${prefix}${schema.digest}`
  return {
    name,
    async ensure(on) {
      if (await exists(on, name)) {
        if (on.cluster.templateName !== name) await keepDescription(db, on, name, schema)
        return
      }
      log.info({ cluster: on.cluster.name, template: name }, 'building what new practices are cloned from')
      const catalogue = await build(on, name, schema)
      await keepTemplate(db, on.cluster.id, { name, version: schema.current, catalogue })
    },
  }
}

/** Another process built it, or another central database works on the same cluster: what it holds is read anew. */
async function keepDescription(db: CentralDb, on: Provisioner, name: string, schema: Schema): Promise<void> {
  // Nobody may connect to a template, since whoever does keeps it from being cloned: a clone is looked at.
  const look = draftName()
  await on.run(async (client) => {
    await client.query(`CREATE DATABASE ${look} TEMPLATE ${name} ALLOW_CONNECTIONS false`)
    await client.query(closed(look))
  })
  try {
    const catalogue = await on.inside(look, describeCatalogue)
    await keepTemplate(db, on.cluster.id, { name, version: schema.current, catalogue })
  } finally {
    await drop(on, look)
  }
}

/** @returns what it holds, line by line */
async function build(on: Provisioner, name: string, schema: Schema): Promise<string[]> {
  const draft = draftName()
  await on.run(async (client) => {
    await client.query(`CREATE DATABASE ${draft} TEMPLATE template0 ENCODING 'UTF8' ALLOW_CONNECTIONS false`)
    await client.query(closed(draft))
  })
  try {
    const catalogue = await on.inside(draft, async (client) => {
      await makeSchema(client, schema)
      return describeCatalogue(client)
    })
    await on.run(async (client) => {
      await client.query(`ALTER DATABASE ${draft} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`)
      try {
        await client.query(`ALTER DATABASE ${draft} RENAME TO ${name}`)
      } catch (error) {
        // Somebody was faster, with the same files.
        if (!isTaken(error)) throw error
        await dropWith(client, draft)
      }
    })
    return catalogue
  } catch (error) {
    await drop(on, draft).catch(() => {})
    throw error
  }
}

const draftName = () => `${draftPrefix}${randomBytes(6).toString('hex')}`

/**
 * A new database is everybody's: it is made without letting anybody in, and is the provisioner's alone when it does. A
 * tenant's login that were in it by then would stay, and plant there what every clone has.
 */
const closed = (database: string) =>
  `REVOKE ALL ON DATABASE ${database} FROM PUBLIC; ${dated(database)}; ALTER DATABASE ${database} ALLOW_CONNECTIONS true`

/** PostgreSQL does not say when a database was made. */
const dated = (database: string) => `COMMENT ON DATABASE ${database} IS '${new Date().toISOString()}'`

/** All that is in a tenant's database before anybody works in it. @param client in an empty one */
export async function makeSchema(client: pg.Client, schema: Schema): Promise<void> {
  await furnish(client)
  await replay(client, schema)
}

async function furnish(client: pg.Client): Promise<void> {
  await client.query(extensions.map((name) => `CREATE EXTENSION ${name} SCHEMA public;`).join('\n'))
  await client.query(`
    ALTER SCHEMA public OWNER TO mgp_tenant_owner;
    SET ROLE mgp_tenant_owner;
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    SET search_path = public, pg_temp;
    CREATE TABLE schema_migrations (
      version integer PRIMARY KEY,
      name text NOT NULL,
      checksum text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now())`)
}

async function replay(client: pg.Client, { migrations }: Schema): Promise<void> {
  for (const migration of migrations) {
    await client.query('BEGIN')
    try {
      await client.query(`${withRow(migration)}\nCOMMIT`)
    } catch (error) {
      throw new PostgresError(`Migration ${migration.name} failed: ${placeOf(error, migration.sql)}`, {
        cause: error,
      })
    }
  }
  await client.query('RESET ROLE')
}

async function exists(on: Provisioner, name: string): Promise<boolean> {
  return on.run(async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name])
    return rowCount === 1
  })
}

async function drop(on: Provisioner, name: string): Promise<void> {
  await on.run((client) => dropWith(client, name))
}

async function dropWith(client: pg.ClientBase, name: string): Promise<void> {
  await client
    .query(`ALTER DATABASE ${name} WITH IS_TEMPLATE false`)
    .catch((error: unknown) => (isMissing(error) ? undefined : Promise.reject(error)))
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
}

const draftMinutes = 60
const formerDays = 30

/**
 * Drops drafts that nobody finished within the hour and templates of former releases, a month old: a process of such a
 * release that still runs would build its own again. One that bears no date was killed before it had one, and gets it now.
 * @returns their names
 */
export async function sweepTemplates(on: Provisioner, current: string): Promise<string[]> {
  return on.run(async (client) => {
    const { rows } = await client.query<{ name: string; isDated: boolean }>(
      `SELECT datname AS name, made IS NOT NULL AS "isDated"
       FROM pg_database, LATERAL (SELECT shobj_description(oid, 'pg_database')) AS comment (made)
       WHERE starts_with(datname, $1) AND datname <> $2 AND pg_get_userbyid(datdba) = current_user
         AND (made IS NULL OR datconnlimit = -2 OR made < to_char(
           (now() - CASE WHEN starts_with(datname, $3) THEN make_interval(mins => $4) ELSE make_interval(days => $5) END)
             AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS'))`,
      [prefix, current, draftPrefix, draftMinutes, formerDays],
    )
    const dropped = []
    for (const { name, isDated } of rows) {
      if (isDated) {
        await dropWith(client, name)
        dropped.push(name)
      } else await client.query(dated(name))
    }
    return dropped
  })
}

/**
 * A database of an older schema than the template's, made anew: what an archive of a former release goes into.
 * @param schema its first migrations
 */
export async function buildAt(on: Provisioner, databaseName: string, schema: Schema): Promise<void> {
  await on.run(async (client) => {
    await dropWith(client, databaseName)
    await client.query(
      `CREATE DATABASE ${databaseName} TEMPLATE template0 ENCODING 'UTF8' ALLOW_CONNECTIONS false`,
    )
    await client.query(closed(databaseName))
  })
  await on.inside(databaseName, (client) => makeSchema(client, schema))
}
