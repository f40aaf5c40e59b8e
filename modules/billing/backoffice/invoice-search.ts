import { listInvoices } from '#contract/billing'
import { call } from '#platform/ui/call.ts'
import type { FoundRecord } from '#platform/ui/manifest.ts'

/** The best matches for the palette. Invoices are sought by their number; words alone are the clients' own search. */
export async function searchInvoices(text: string, signal: AbortSignal): Promise<FoundRecord[]> {
  if (!/\d/.test(text)) return []
  const { rows } = await call(listInvoices, { query: { q: text, limit: 5 } }, signal)
  return rows.flatMap(({ id, number, client }) =>
    number
      ? [
          {
            id,
            title: number,
            detail: `${client.firstName} ${client.lastName}`.trim(),
            to: `/invoices/${id}`,
          },
        ]
      : [],
  )
}
