import { findPatients } from '#contract/patients'
import { call } from '#platform/ui/call.ts'
import type { FoundRecord } from '#platform/ui/manifest.ts'
import { patientTo } from './addresses.ts'

/** The best matches for the palette, those of the trash left out. */
export async function searchPatients(text: string, signal: AbortSignal): Promise<FoundRecord[]> {
  const { rows } = await call(findPatients, { query: { q: text.slice(0, 100) } }, signal)
  return rows.slice(0, 6).map(({ id, name, detail }) => ({ id, title: name, detail, to: patientTo(id) }))
}
