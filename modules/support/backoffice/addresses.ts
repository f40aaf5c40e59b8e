/** Where queues and tickets are found, written once. */
import type { Queue, TicketFilter, TicketSort } from '#contract/support'
import { stringifySearch } from '#platform/ui/url-state.ts'

/** What stands in a queue's address; what is left out is what one sees unless told. */
export type QueueAddress = { [Name in keyof TicketFilter]?: TicketFilter[Name] | undefined } & {
  sort?: TicketSort | undefined
  /** What one came to write: of a ticket's address alone. */
  write?: 'reply' | 'note' | undefined
}

export const queueTo = (address: QueueAddress = {}) => `/tickets${stringifySearch(address)}`
export const mineTo = queueTo({ queue: 'mine' satisfies Queue })
/** Where an agent's day begins: with what is theirs, else with what is open. */
export const dayTo = `${mineTo}&landed=yes`
export const soonTo = queueTo({ queue: 'soon' satisfies Queue })
export const newTo = '/tickets/new'

/** The queue one comes from goes along, for "previous" and "next". */
export const ticketTo = (id: string, from: QueueAddress = {}) => `/tickets/${id}${stringifySearch(from)}`
/** All that the audit log says of a ticket. */
export const logTo = (ticket: string) => `/audit${stringifySearch({ objectType: 'ticket', object: ticket })}`
export const clientTo = (id: string) => `/clients/${id}`
