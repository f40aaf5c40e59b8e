/** The other side: the tickets that point to an invoice, or to an impersonation, on its own page. */
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { listLinkedTickets } from '#contract/support'
import { Card } from '#platform/ui/card.tsx'
import type { CardProps } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Link } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { ticketTo } from '../addresses.ts'
import { ticketCan } from '../ticket-can.ts'
import { StatusBadge, ticketName } from '../ticket-words.tsx'
import { LinkSearch } from './link-search.tsx'
import { useLinking } from './use-linking.ts'

export const TicketsOfInvoice = ({ id }: CardProps) => <LinkedTickets kind="invoice" targetId={id} />
export const TicketsOfImpersonation = ({ id }: CardProps) => (
  <LinkedTickets kind="impersonation" targetId={id} />
)

function LinkedTickets({ kind, targetId }: { kind: 'invoice' | 'impersonation'; targetId: string }) {
  const t = useMessages()
  const mayTie = ticketCan.change(useMay())
  const { busy, link, unlink } = useLinking()
  const [adding, setAdding] = useState(false)
  const { data } = useEndpoint(listLinkedTickets, { query: { kind, targetId } })
  if (!data || (data.rows.length === 0 && !mayTie)) return null
  return (
    <Card
      title={t('support.queue.title')}
      actions={
        mayTie && (
          <IconButton
            icon={Plus}
            size="small"
            label={t('support.link.add.ticket')}
            onClick={() => setAdding(true)}
          />
        )
      }
    >
      {adding && (
        <div className="mb-2">
          <LinkSearch
            kind="ticket"
            without={data.rows.map(({ id }) => id)}
            onFound={({ id, label }) => {
              setAdding(false)
              link({ ticketId: id, kind, targetId, label })
            }}
          />
        </div>
      )}
      {data.rows.length === 0 && !adding && (
        <p className="text-13 text-ink-muted">{t('support.link.none')}</p>
      )}
      <ul className="flex flex-col gap-0.5 text-13">
        {data.rows.map((ticket) => (
          <li key={ticket.id} className="flex min-h-8 items-center gap-2">
            <Link to={ticketTo(ticket.id)} className="min-w-0 flex-1 truncate hover:underline">
              <span lang="fr">{ticketName(ticket)}</span>
            </Link>
            <StatusBadge status={ticket.status} waiting={ticket.waiting} />
            {mayTie && (
              <IconButton
                icon={X}
                size="small"
                disabled={busy}
                label={t('support.link.remove', { label: ticketName(ticket) })}
                onClick={() => unlink({ ticketId: ticket.id, kind, targetId, label: ticketName(ticket) })}
              />
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
