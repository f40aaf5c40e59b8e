/** A text that goes through many practices is nobody's own: it is kept under the vendor's key. One that goes to one is that practice's. */
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Vault } from '#platform/server/vault.ts'
import type { Parts } from '../parts.ts'
import type { Typed } from '../runs/keeping.ts'

const place = (fleetId: string) => `sql_fleets.text_sealed:${fleetId}`

/**
 * @param onlyTenantId where it goes to one practice and no other
 * @returns nothing where the practice has no key any more
 */
export async function keyOf(
  { vault, tenants }: Pick<Parts, 'vault' | 'tenants'>,
  onlyTenantId: string | null,
): Promise<Vault | undefined> {
  return onlyTenantId === null ? vault : tenants.catalogue.vaultOf(onlyTenantId)
}

const nothing: Typed = { text: '', parameters: [] }

/** As it was typed; nothing where it went with its practice, or is no longer kept. */
export async function typedIn(
  parts: Pick<Parts, 'vault' | 'tenants'>,
  { id, textSealed, onlyTenantId }: { id: string; textSealed: Uint8Array; onlyTenantId: string | null },
): Promise<Typed> {
  const key = await keyOf(parts, onlyTenantId)
  return key && textSealed.length > 0 ? openText(key, textSealed, id) : nothing
}

export const sealText = (vault: Vault, typed: Typed, fleetId: string): Buffer =>
  vault.seal(gzipSync(JSON.stringify(typed), { level: 4 }), place(fleetId))

const openText = (vault: Vault, sealed: Uint8Array, fleetId: string): Typed =>
  JSON.parse(gunzipSync(vault.open(sealed, place(fleetId))).toString()) as Typed // sealed above, in this shape

export const fleetDigest = (
  vault: Vault,
  { text, parameters }: Typed,
  tenantIds: readonly string[],
): Buffer => vault.mac(Buffer.from(JSON.stringify([text, parameters, tenantIds])), 'sql_fleets.digest')
