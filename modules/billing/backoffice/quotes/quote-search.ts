import { listQuotes } from '#contract/billing'
import { call } from '#platform/ui/call.ts'
import type { FoundRecord } from '#platform/ui/manifest.ts'
import { quoteTo } from '../addresses.ts'

/** As invoices: sought by their number. */
export async function searchQuotes(text: string, signal: AbortSignal): Promise<FoundRecord[]> {
  if (!/\d/.test(text)) return []
  const { rows } = await call(listQuotes, { query: { q: text, limit: 5 } }, signal)
  return rows.flatMap(({ id, number, client }) =>
    number
      ? [{ id, title: number, detail: `${client.firstName} ${client.lastName}`.trim(), to: quoteTo(id) }]
      : [],
  )
}
