/**
 * One tenant's database brought to the newest schema. What it has stands in itself, file by file with checksum; the
 * catalogue's number is a copy. Each file and its row commit together, so whoever dies leaves a whole number of files.
 */
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { isOutage, pgCode } from '#platform/server/db.ts'
import type { Migration } from '#platform/server/migration-files.ts'
import { placeOf } from '#platform/server/migrate.ts'
import { PostgresError } from '#platform/server/postgres-error.ts'
import type { Schema } from './versions.ts'
import { ClusterUnreachable } from './works.ts'

export type Target = { tenantId: string; databaseName: string }

/**
 * On a connection to it: of its own owner login, where tenants' logins may have been (`asItsOwner`). A migration sets off
 * what they planted, which gets out of the role it works in.
 */
export type WayIn = <R>(work: (client: pg.Client) => Promise<R>) => Promise<R>

export type Brought = {
  /** The newest file that had run before. Null: none had. */
  from: number | null
  /** Names of the files that ran, none where nothing was to be done. */
  applied: string[]
  attempts: number
}

export type Patience = {
  /** A change waits no longer for whoever works in a table: everybody who comes after waits behind it. */
  lockTimeoutMs?: number
  attempts?: number
  /** Before the second attempt; each later wait is twice the one before. */
  pauseMs?: number
  /** Before each further attempt, with what ended the last one. */
  again?: (error: unknown, attempt: number) => void
}

/**
 * Several may try at once: one works, the others wait and find nothing to do.
 * @throws ClusterUnreachable
 * @throws {PostgresError} it is another tenant's, newer than this release, or a file that ran there was changed
 */
export async function migrateTenant(
  way: WayIn,
  target: Target,
  schema: Schema,
  how: Patience = {},
): Promise<Brought> {
  const { lockTimeoutMs = 2_000, attempts = 5, pauseMs = 250 } = how
  const sofar: Sofar = { from: undefined, applied: [] }
  for (let attempt = 1; ; attempt++) {
    try {
      await way((client) => bringUp(client, target, schema, sofar, lockTimeoutMs))
      return { from: sofar.from ?? null, applied: sofar.applied, attempts: attempt }
    } catch (error) {
      if (attempt === attempts || !passes(error)) throw error
      how.again?.(error, attempt + 1)
    }
    await pause(pauseMs * 2 ** (attempt - 1))
  }
}

type Sofar = { from: number | null | undefined; applied: string[] }

/** Whether it may go better in a moment: somebody held a lock, two got in each other's way, the line broke. */
function passes(error: unknown): boolean {
  const cause = error instanceof PostgresError ? error.cause : error
  return (
    ['55P03', '40P01', '40001'].includes(pgCode(cause) ?? '') ||
    cause instanceof ClusterUnreachable ||
    isOutage(cause) ||
    (cause instanceof pg.DatabaseError && /concurrently/.test(cause.message))
  )
}

async function bringUp(
  client: pg.Client,
  target: Target,
  schema: Schema,
  sofar: Sofar,
  lockTimeoutMs: number,
): Promise<void> {
  for (;;) {
    const ran = await begin(client, target, lockTimeoutMs)
    if (sofar.from === undefined) sofar.from = ran.at(-1)?.version ?? null
    const [next, ...later] = pendingOf(ran, schema)
    if (!next) return // what was begun ends with the connection
    await apply(client, next)
    sofar.applied.push(next.name)
    if (later.length === 0) return
  }
}

/**
 * Whoever holds the owner's login may have switched triggers off for it, wherever its administrator lets it; where not, it
 * may not be set at all, and is as it should be.
 */
const triggersFire = `SELECT set_config('session_replication_role', 'origin', true)
      WHERE current_setting('session_replication_role') <> 'origin'`

type Ran = Pick<Migration, 'version' | 'name' | 'checksum'>

/**
 * One round trip, and all there is where nothing is to be done. As the owner of what is inside; what takes longer than ten minutes belongs into a job that goes through the rows in small steps.
 */
async function begin(
  client: pg.Client,
  { tenantId, databaseName }: Target,
  lockTimeoutMs: number,
): Promise<Ran[]> {
  // Several statements: pg answers with as many results, which its types do not know.
  const results = (await client.query(`
    BEGIN;
    SET LOCAL ROLE mgp_tenant_owner;
    SET LOCAL search_path = public, pg_temp;
    SET LOCAL lock_timeout = ${lockTimeoutMs};
    SET LOCAL statement_timeout = '10min';
    ${triggersFire};
    SELECT pg_advisory_xact_lock(hashtext('magestionpsy migrations'));
    SELECT tenant_id FROM practice;
    SELECT version, name, checksum FROM schema_migrations ORDER BY version`)) as unknown as pg.QueryResult[]
  const [whose, ran] = results.slice(-2)
  if (whose?.rows[0]?.tenant_id !== tenantId)
    throw new PostgresError(`The database ${databaseName} is not the one of tenant ${tenantId}.`)
  return (ran?.rows ?? []) as Ran[]
}

/** @throws {PostgresError} a file that ran was changed, or is none of this release's */
function pendingOf(ran: Ran[], { migrations }: Schema): Migration[] {
  for (const { version, name, checksum } of ran) {
    const ours = migrations.find((migration) => migration.version === version)
    if (!ours) throw new PostgresError(`It was migrated by a newer release: ${name} is unknown to this one.`)
    if (ours.checksum !== checksum || ours.name !== name)
      throw new PostgresError(
        `Migration ${ours.name} was changed after it ran there: put it back and write a new file instead.`,
      )
  }
  return migrations.filter(({ version }) => !ran.some((row) => row.version === version))
}

/** One round trip: the change, the row that tells of it, and the commit of both. */
async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query(`${withRow(migration)}\nCOMMIT`)
  } catch (error) {
    throw new PostgresError(`Migration ${migration.name} failed: ${placeOf(error, migration.sql)}`, {
      cause: error,
    })
  }
}

/** A migration's statements and the one that tells of it; a transaction holds them together. */
export function withRow({ version, name, checksum, sql }: Migration): string {
  const row = [String(version), name, checksum].map((value) => pg.escapeLiteral(value)).join(', ')
  return `${sql}\n;INSERT INTO schema_migrations (version, name, checksum) VALUES (${row});`
}
