/** The conversation of a ticket as a document, to be kept or handed on. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id } from '#platform/contract/ids.ts'

const document = {
  method: 'GET',
  realm: 'staff',
  may: 'tickets.read',
  about: 'ticket',
  input: { params: z.object({ id: Id }) },
  output: { stream: ['text/markdown'] },
} as const

/** What has left, and what was written to us. */
export const exportTicket = endpoint({
  ...document,
  path: '/tickets/:id/export',
  records: 'ticket.exported',
  summary: 'All that was said in a ticket as a Markdown file, word for word',
})

/** The team’s own notes too, each of which says that it is one: another line in the log. */
export const exportTicketWithNotes = endpoint({
  ...document,
  path: '/tickets/:id/export-with-notes',
  records: 'ticket.notes_exported',
  summary: 'The same with the notes, which stay within the team',
})
