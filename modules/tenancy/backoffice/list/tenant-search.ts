import { listTenants } from '#contract/tenancy'
import { call } from '#platform/ui/call.ts'
import type { FoundRecord } from '#platform/ui/manifest.ts'
import { tenantTo } from '../addresses.ts'

/** The best matches for the palette. */
export async function searchTenants(text: string, signal: AbortSignal): Promise<FoundRecord[]> {
  const { rows } = await call(listTenants, { query: { q: text, limit: 5 } }, signal)
  return rows.map(({ id, name, cluster, databaseName }) => ({
    id,
    title: name,
    detail: `${cluster} · ${databaseName}`,
    to: tenantTo(id),
  }))
}
