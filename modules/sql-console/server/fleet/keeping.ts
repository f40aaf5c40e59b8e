/** A text that goes through many practices is nobody's own: it is kept under the vendor's key. */
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Vault } from '#platform/server/vault.ts'
import type { Typed } from '../runs/keeping.ts'

const place = (fleetId: string) => `sql_fleets.text_sealed:${fleetId}`

export const sealText = (vault: Vault, typed: Typed, fleetId: string): Buffer =>
  vault.seal(gzipSync(JSON.stringify(typed), { level: 4 }), place(fleetId))

export const openText = (vault: Vault, sealed: Uint8Array, fleetId: string): Typed =>
  JSON.parse(gunzipSync(vault.open(sealed, place(fleetId))).toString()) as Typed // sealed above, in this shape

export const fleetDigest = (
  vault: Vault,
  { text, parameters }: Typed,
  tenantIds: readonly string[],
): Buffer => vault.mac(Buffer.from(JSON.stringify([text, parameters, tenantIds])), 'sql_fleets.digest')
