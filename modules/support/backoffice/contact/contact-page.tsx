/** « Contacter »: writing to a client by mail, as a ticket that waits for their answer or from one that stands. */
import { Archive, UserX } from 'lucide-react'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { type Client, getClient } from '#contract/clients'
import { getTicket } from '#contract/support'
import { Card } from '#platform/ui/card.tsx'
import { CardSkeletons } from '#platform/ui/card-skeletons.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { EmptyState, ErrorState } from '#platform/ui/states.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { Field } from '#platform/ui/field.tsx'
import { clientTo, ticketTo } from '../addresses.ts'
import { ClientChoice } from '../client-choice.tsx'
import { ContactForm } from './contact-form.tsx'
import { TicketContactForm } from './ticket-contact-form.tsx'

const Address = z.object({ clientId: z.uuid().optional(), ticketId: z.uuid().optional() })

export function ContactPage() {
  const t = useMessages()
  const [{ clientId, ticketId }, change] = useUrlState(Address)
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t('support.contact.page')} />
      {ticketId ? (
        <FromTicket key={ticketId} ticketId={ticketId} />
      ) : clientId ? (
        <ToClient key={clientId} clientId={clientId}>
          {(client) => <ContactForm client={client} />}
        </ToClient>
      ) : (
        <Card>
          <Field label={t('support.contact.whom')}>
            <ClientChoice value={null} onChange={(client) => client && change({ clientId: client.id })} />
          </Field>
        </Card>
      )}
    </div>
  )
}

function FromTicket({ ticketId }: { ticketId: string }) {
  const t = useMessages()
  const { data: ticket, error, refetch } = useEndpoint(getTicket, { params: { id: ticketId } })
  if (!ticket) return error ? <ErrorState error={error} onRetry={refetch} /> : <CardSkeletons wide={[6]} />
  if (!ticket.client)
    return (
      <EmptyState
        icon={UserX}
        title={t('support.contact.no-client')}
        action={<ButtonLink to={ticketTo(ticket.id)}>{t('support.received.see')}</ButtonLink>}
      >
        <p>{t('support.contact.no-client.help')}</p>
      </EmptyState>
    )
  return (
    <ToClient clientId={ticket.client.id}>
      {(client) => <TicketContactForm client={client} ticket={ticket} />}
    </ToClient>
  )
}

type ToClientProps = { clientId: string; children: (client: Client) => ReactNode }

function ToClient({ clientId, children }: ToClientProps) {
  const t = useMessages()
  const { data: client, error, refetch } = useEndpoint(getClient, { params: { id: clientId } })
  if (!client) return error ? <ErrorState error={error} onRetry={refetch} /> : <CardSkeletons wide={[6]} />
  if (client.trashedAt)
    return (
      <EmptyState
        icon={Archive}
        title={t('support.contact.trashed')}
        action={<ButtonLink to={clientTo(client.id)}>{t('support.client.open')}</ButtonLink>}
      >
        <p>{t('support.contact.trashed.help')}</p>
      </EmptyState>
    )
  return children(client)
}
