/** Who may come into a tenant's database, and whether they may write: what holds whatever a process remembers. */
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { tenantRoles } from '#platform/server/tenant-db.ts'
import { loginOf } from '../logins.ts'

export type Which = { databaseName: string; loginRole: string }

/** @returns with nobody able to write in it, and everybody able to read */
export async function freeze(client: pg.ClientBase, which: Which): Promise<void> {
  await client.query(`alter database ${which.databaseName} set default_transaction_read_only = on`)
  await arrivalsOver(client, which.databaseName)
  await endSessions(client, which)
}

/** Sessions begun while it was frozen stay so: they end, and who comes anew may write. */
export async function thaw(client: pg.ClientBase, which: Which): Promise<void> {
  if (!(await isThere(client, which.databaseName))) return
  await client.query(`alter database ${which.databaseName} reset default_transaction_read_only`)
  await arrivalsOver(client, which.databaseName)
  await endSessions(client, which)
}

/** For what stands beside the living one: none of its logins comes in, and it stays as it is. */
export async function shut(client: pg.ClientBase, which: Which): Promise<void> {
  if (!(await isThere(client, which.databaseName))) return
  const logins = await loginsThere(client, which)
  await client.query(`alter database ${which.databaseName} set default_transaction_read_only = on`)
  await client.query(`revoke all on database ${which.databaseName} from ${['public', ...logins].join(', ')}`)
  await arrivalsOver(client, which.databaseName)
  await endSessions(client, which)
}

/** For what takes the living one's place. */
export async function unshut(client: pg.ClientBase, which: Which): Promise<void> {
  const logins = await loginsThere(client, which)
  await client.query(`alter database ${which.databaseName} reset default_transaction_read_only`)
  await client.query(`grant connect on database ${which.databaseName} to ${logins.join(', ')}`)
}

/** Database and logins, with whoever is in it. What is gone already is gone. */
export async function drop(client: pg.ClientBase, which: Which): Promise<void> {
  await shut(client, which)
  await client.query(`drop database if exists ${which.databaseName} with (force)`)
  for (const login of await loginsThere(client, which)) await client.query(`drop role if exists ${login}`)
}

export async function isThere(client: pg.ClientBase, databaseName: string): Promise<boolean> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [databaseName])
  return rowCount === 1
}

/**
 * Whoever was coming in when a setting was changed may not have read it: until their arrival is over they hold a lock on
 * the database's row, which they take before they read settings.
 */
async function arrivalsOver(client: pg.ClientBase, databaseName: string): Promise<void> {
  const question = `
    select pid from pg_locks
    where locktype = 'object' and classid = 'pg_database'::regclass and mode = 'RowExclusiveLock' and pid <> pg_backend_pid()
      and objid = (select oid from pg_database where datname = $1)`
  const arriving = async () =>
    new Set((await client.query<{ pid: number }>(question, [databaseName])).rows.map(({ pid }) => pid))
  let left = await arriving()
  while (left.size > 0) {
    await pause(20)
    left = left.intersection(await arriving())
  }
}

/** Those of the tenant's logins, wherever they come from; the house's own are not among them. */
export async function endSessions(client: pg.ClientBase, which: Which): Promise<void> {
  const logins = await loginsThere(client, which)
  if (logins.length === 0) return
  // Ending a session takes the rights of whose it is, which the provisioner may give itself: for this one transaction.
  await client.query('begin')
  try {
    await client.query(`grant ${logins.join(', ')} to current_user with inherit true, set false`)
    await client.query(
      'select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1 and usename = any($2)',
      [which.databaseName, logins],
    )
  } finally {
    await client.query('rollback')
  }
}

async function loginsThere(client: pg.ClientBase, { loginRole }: Which): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'select rolname as name from pg_roles where rolname = any($1)',
    [tenantRoles.map((role) => loginOf(loginRole, role))],
  )
  return rows.map(({ name }) => name)
}
