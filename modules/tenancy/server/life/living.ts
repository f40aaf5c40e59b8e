/** One tenant as the catalogue has it, for who works on its databases: secrets opened, where they are, and the way in. */
import type pg from 'pg'
import { tell } from '#platform/server/news.ts'
import { vaultOf, type Vault } from '#platform/server/vault.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { keyPlace, loginSecretPlace } from '../catalogue.ts'
import type { Provisioner } from '../clusters.ts'
import { WorkTrouble } from '../works.ts'
import type { LifeParts } from './parts.ts'
import { tenantRow, type TenantRecord } from './queries.ts'

export type Living = TenantRecord & {
  /** 32 bytes: what its archives are sealed with a key of. */
  key: Buffer
  /** What its files are sealed with. */
  vault: Vault
  loginSecret: Buffer
}

/** @throws WorkTrouble where it is gone */
export async function livingTenant(on: Pick<LifeParts, 'db' | 'vault'>, tenantId: string): Promise<Living> {
  const row = await tenantRow(on.db, tenantId)
  if (!row?.keySealed || !row.loginSecretSealed)
    throw new WorkTrouble('tenant_gone', `tenant ${tenantId} was purged`, { isFinal: true })
  const key = on.vault.open(row.keySealed, keyPlace(tenantId))
  const loginSecret = on.vault.open(row.loginSecretSealed, loginSecretPlace(tenantId))
  return { ...row, key, vault: vaultOf(key), loginSecret }
}

/**
 * On a connection of its own to one that was made just now and let none of a tenant's logins in: as the owner of what is
 * in it, by the provisioner.
 */
export function asMaker<R>(
  on: Provisioner,
  databaseName: string,
  work: (client: pg.Client) => Promise<R>,
): Promise<R> {
  return on.inside(databaseName, async (client) => {
    await client.query('set default_transaction_read_only = off; set role mgp_tenant_owner')
    return work(client)
  })
}

/** What was changed in the catalogue counts from now on, here at once and elsewhere when the news arrives. */
export async function tellOf(
  { db, catalogue }: { db: CentralDb; catalogue: Pick<LifeParts['catalogue'], 'forget'> },
  tenantId: string,
): Promise<void> {
  catalogue.forget(tenantId)
  await tell(db, { topic: 'tenants', id: tenantId, needs: 'tenants.read' })
}
