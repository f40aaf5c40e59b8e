import { listPrivacyRequests } from '#contract/privacy'
import { call } from '#platform/ui/call.ts'
import type { FoundRecord } from '#platform/ui/manifest.ts'
import { requestTo } from './addresses.ts'

/** The best matches for the palette. */
export async function searchRequests(text: string, signal: AbortSignal): Promise<FoundRecord[]> {
  const { rows } = await call(listPrivacyRequests, { query: { q: text, limit: 5 } }, signal)
  return rows.map(({ id, number, person }) => ({
    id,
    title: person.name,
    detail: [`n°\u00A0${number}`, person.email].filter(Boolean).join(' · '),
    to: requestTo(id),
  }))
}
