/** The way into a database beside the living one: tenants were in it, and none of its logins may come in. */
import type pg from 'pg'
import type { Vault } from '#platform/server/vault.ts'
import type { Lived, Provisioner } from '../clusters.ts'
import { loginOf } from '../logins.ts'
import { shut } from './closing.ts'
import { spareSecretPlace } from './spare-secrets.ts'

/**
 * Its owner login, as which alone we go into what tenants were in, is let in for as long as it takes. One visitor at a
 * time, since whoever leaves shuts it behind them; who died in it left it open to that login until the next one leaves.
 */
export async function visiting<R>(
  on: Provisioner,
  database: Lived,
  work: (client: pg.Client) => Promise<R>,
): Promise<R> {
  const { databaseName, loginRole } = database
  const ended = await on.inside(new URL(on.url).pathname.slice(1), async (client) => {
    // Goes with the connection.
    await client.query('select pg_advisory_lock(hashtext($1))', [`visiting ${databaseName}`])
    await client.query(`grant connect on database ${databaseName} to ${loginOf(loginRole, 'owner')}`)
    // What fails in there says nothing of the cluster.
    const [visit] = await Promise.allSettled([on.asItsOwner(database, work)])
    await shut(client, database)
    return visit
  })
  if (ended.status === 'rejected') throw ended.reason
  return ended.value
}

export function livedOf(
  vault: Pick<Vault, 'open'>,
  spare: { databaseName: string; loginRole: string; loginSecretSealed: Buffer | null },
): Lived {
  const { databaseName, loginRole, loginSecretSealed } = spare
  if (!loginSecretSealed) throw new Error('a spare without its secret')
  const loginSecret = vault.open(loginSecretSealed, spareSecretPlace(databaseName))
  return { databaseName, loginRole, loginSecret }
}
