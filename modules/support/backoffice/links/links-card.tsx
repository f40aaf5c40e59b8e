/** What a ticket hangs together with, found by number or words, tied and untied with a way back. */
import { Headset, Plus, Receipt, TicketCheck, X } from 'lucide-react'
import { useState } from 'react'
import type { Ticket, TicketLink } from '#contract/support'
import { Card } from '#platform/ui/card.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { ticketCan } from '../ticket-can.ts'
import { LinkSearch } from './link-search.tsx'
import { useLinking } from './use-linking.ts'

const of = {
  invoice: { icon: Receipt, place: '/invoices/', needs: 'invoices.read' },
  impersonation: { icon: Headset, place: '/impersonations/', needs: 'impersonation.read' },
  ticket: { icon: TicketCheck, place: '/tickets/', needs: 'tickets.read' },
} as const satisfies Record<TicketLink['kind'], object>

/** Impersonations are tied where they are begun, and in their own card. */
const searched = ['invoice', 'ticket'] as const

export function LinksCard({ ticket }: { ticket: Pick<Ticket, 'id' | 'links'> }) {
  const t = useMessages()
  const may = useMay()
  const { busy, link, unlink } = useLinking()
  const [adding, setAdding] = useState<(typeof searched)[number] | null>(null)
  const mayTie = ticketCan.change(may)
  const kinds = searched.filter((kind) => may(of[kind].needs))
  const ids = ticket.links.map(({ id }) => id)
  if (!mayTie && ids.length === 0) return null
  return (
    <Card
      title={t('support.links')}
      actions={
        mayTie && (
          <Menu
            align="end"
            items={kinds.map((kind) => ({
              label: t(`support.link.add.${kind}`),
              icon: of[kind].icon,
              onSelect: () => setAdding(kind),
            }))}
            trigger={<IconButton icon={Plus} size="small" label={t('support.link.add')} />}
          />
        )
      }
    >
      {adding && (
        <div className="mb-2">
          <LinkSearch
            key={adding}
            kind={adding}
            without={[ticket.id, ...ids]}
            onFound={({ id, label }) => {
              setAdding(null)
              link({ ticketId: ticket.id, kind: adding, targetId: id, label })
            }}
          />
        </div>
      )}
      {ids.length === 0 && !adding && <p className="text-13 text-ink-muted">{t('support.link.none')}</p>}
      <ul className="flex flex-col gap-0.5 text-13">
        {ticket.links.map(({ kind, id, label }) => {
          const { icon: Icon, place, needs } = of[kind]
          const name = label || t(`support.link.${kind}`)
          return (
            <li key={`${kind} ${id}`} className="flex min-h-8 items-center gap-2">
              <Icon aria-hidden size={16} className="shrink-0 text-ink-muted" />
              <span className="sr-only">{t(`support.link.${kind}`)}</span>
              <span className="min-w-0 flex-1 truncate" lang="fr">
                {may(needs) ? <TextLink to={place + id}>{name}</TextLink> : name}
              </span>
              {mayTie && (
                <IconButton
                  icon={X}
                  size="small"
                  disabled={busy}
                  label={t('support.link.remove', { label: name })}
                  onClick={() => unlink({ ticketId: ticket.id, kind, targetId: id, label: name })}
                />
              )}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
