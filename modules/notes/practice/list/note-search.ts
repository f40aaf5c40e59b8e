import { listNotes } from '#contract/notes'
import { call } from '#platform/ui/call.ts'
import { formatsIn } from '#platform/ui/formats.ts'
import type { FoundRecord } from '#platform/ui/manifest.ts'
import { preferences } from '#platform/ui/preferences.ts'
import { noteTo } from '../addresses.ts'

/** For the palette: found by their titles, and told from one another by patient and day. */
export async function searchNotes(text: string, signal: AbortSignal): Promise<FoundRecord[]> {
  const { rows } = await call(listNotes, { query: { q: text, limit: 6 } }, signal)
  const formats = formatsIn(preferences().language)
  return rows.map(({ id, title, patient, heldOn }) => ({
    id,
    title,
    detail: [patient?.name, formats.day(heldOn)].filter(Boolean).join(' · '),
    to: noteTo(id),
  }))
}
