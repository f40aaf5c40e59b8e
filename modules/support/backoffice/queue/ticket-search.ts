import { listTickets } from '#contract/support'
import { call } from '#platform/ui/call.ts'
import type { FoundRecord } from '#platform/ui/manifest.ts'
import { ticketTo } from '../addresses.ts'
import { ticketName } from '../ticket-words.tsx'

/** The latest matches for the palette, those that are resolved or put off too: by words, name, or number (`#33`). */
export async function searchTickets(text: string, signal: AbortSignal): Promise<FoundRecord[]> {
  const query = { q: text, queue: 'all', snoozed: 'yes', sort: '-last', limit: 6 } as const
  const { rows } = await call(listTickets, { query }, signal)
  return rows.map((ticket) => ({
    id: ticket.id,
    title: ticketName(ticket),
    detail: [...new Set([ticket.requester, ticket.client?.name].filter(Boolean))].join(' · '),
    to: ticketTo(ticket.id),
  }))
}
