/** By mail to the client's own address, whoever asked and wherever they read: said in the ticket, which then waits. */
import { useState } from 'react'
import type { Client } from '#contract/clients'
import { contactFromTicket, listTicketMessages, type Ticket } from '#contract/support'
import { useEndpoint } from '#platform/ui/data.ts'
import { useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { ticketTo } from '../addresses.ts'
import { useFiles } from '../ticket/use-files.ts'
import { useGuard } from '../ticket/use-guard.ts'
import { ticketName } from '../ticket-words.tsx'
import { LetterForm } from './letter-form.tsx'

export function TicketContactForm({ client, ticket }: { client: Client; ticket: Ticket }) {
  const t = useMessages()
  const go = useGo()
  const params = { id: ticket.id }
  const name = `${client.firstName} ${client.lastName}`.trim()
  const said = useEndpoint(listTicketMessages, { params })
  const [body, setBody] = useState('')
  const files = useFiles(ticket.id, [])
  const guard = useGuard(body, true, [name, ticket.requester.name])
  const contact = useEndpoint(contactFromTicket, {
    // It stands in the conversation, where it can be taken back until it leaves.
    onSuccess: () => {
      notify.done({ title: t('support.contact.sent', { name }) })
      go(ticketTo(ticket.id), { replace: true })
    },
    onError: (error) => guard.heard(error),
  })
  const send = (insists: boolean) => {
    if (!said.data || (!insists && !guard.lets())) return
    contact.mutate({
      params,
      body: {
        body,
        seenMessageId: said.data.rows.at(-1)?.id ?? null,
        attachmentIds: files.files.map(({ id }) => id),
        insists,
      },
    })
  }
  return (
    <LetterForm
      to={`${name} <${client.email}>`}
      about={ticketName(ticket)}
      body={body}
      onBody={setBody}
      help={t('support.contact.waits')}
      files={files}
      guard={guard}
      sending={contact.isPending || contact.isSuccess}
      error={contact.error}
      dirty={body.trim() !== ''}
      onSend={send}
      onCancel={() => go(ticketTo(ticket.id))}
    />
  )
}
