import { listSqlQueries } from '#contract/sql-console'
import { call } from '#platform/ui/call.ts'
import type { FoundRecord } from '#platform/ui/manifest.ts'
import { queryTo } from './addresses.ts'

/** Kept queries as one types in the palette: chosen, one opens in the editor. */
export async function searchQueries(text: string, signal: AbortSignal): Promise<FoundRecord[]> {
  const { rows } = await call(listSqlQueries, { query: { q: text.slice(0, 100), limit: 6 } }, signal)
  return rows.map(({ id, name, description }) => ({ id, title: name, detail: description, to: queryTo(id) }))
}
