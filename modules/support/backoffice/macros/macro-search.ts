import { listMacros } from '#contract/support'
import { call } from '#platform/ui/call.ts'
import type { FoundRecord } from '#platform/ui/manifest.ts'
import { macrosTo } from './addresses.ts'
import { firstWords } from './macro-line.tsx'

/** Macros as one types in the palette. */
export async function searchMacros(q: string, signal: AbortSignal): Promise<FoundRecord[]> {
  const { rows } = await call(listMacros, { query: { q: q.slice(0, 100) } }, signal)
  return rows
    .slice(0, 5)
    .map((macro) => ({ id: macro.id, title: macro.title, detail: firstWords(macro), to: macrosTo(macro.id) }))
}
