import { stringifySearch } from '#platform/ui/url-state.ts'

export const contactPath = '/support/contact'

/** Writing to a client first, or by mail to the client of a ticket that stands. */
export const contactTo = (whom: { clientId: string } | { ticketId: string }) =>
  contactPath + stringifySearch(whom)
