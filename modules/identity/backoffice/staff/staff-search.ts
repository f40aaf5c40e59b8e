import { listStaff } from '#contract/identity'
import { call } from '#platform/ui/call.ts'
import type { FoundRecord } from '#platform/ui/manifest.ts'
import { memberTo } from './addresses.ts'
import { spokenName } from './staff-words.tsx'

/** The best matches for the palette. */
export async function searchStaff(text: string, signal: AbortSignal): Promise<FoundRecord[]> {
  const { rows } = await call(listStaff, { query: { q: text, limit: 6 } }, signal)
  return rows.map((member) => ({
    id: member.id,
    title: spokenName(member),
    detail: member.email,
    to: memberTo(member.id),
  }))
}
