import { listClients } from '#contract/clients'
import { call } from '#platform/ui/call.ts'
import type { FoundRecord } from '#platform/ui/manifest.ts'
import { clientTo } from './addresses.ts'
import { spokenName } from './client-words.tsx'

/** The best matches for the palette, those of the trash left out. */
export async function searchClients(text: string, signal: AbortSignal): Promise<FoundRecord[]> {
  const { rows } = await call(listClients, { query: { q: text, limit: 6 } }, signal)
  return rows.map((client) => ({
    id: client.id,
    title: spokenName(client),
    detail: [client.email, client.city].filter(Boolean).join(' · '),
    to: clientTo(client.id),
  }))
}
