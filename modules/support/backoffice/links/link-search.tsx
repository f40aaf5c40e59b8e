import { useState } from 'react'
import { listInvoices } from '#contract/billing'
import { listTickets } from '#contract/support'
import { Combobox } from '#platform/ui/combobox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import { ticketName } from '../ticket-words.tsx'

export type Found = { id: string; label: string }

type LinkSearchProps = {
  kind: 'invoice' | 'ticket'
  /** Not offered: what is tied already, and the ticket itself. */
  without: readonly string[]
  onFound: (found: Found) => void
}

const most = 8

/** By number or by words; what is chosen is tied at once. */
export function LinkSearch({ kind, without, onFound }: LinkSearchProps) {
  const t = useMessages()
  const [q, setQ] = useState('')
  const [, type] = useSettledText(q, setQ)
  const wanted = { keepPrevious: true }
  const tickets = useEndpoint(
    listTickets,
    { query: { queue: 'all', snoozed: 'yes', sort: '-last', q, limit: most } },
    { ...wanted, enabled: kind === 'ticket' && q !== '' },
  )
  const invoices = useEndpoint(
    listInvoices,
    { query: { q, limit: most } },
    { ...wanted, enabled: kind === 'invoice' && q !== '' },
  )
  const found =
    kind === 'ticket'
      ? (tickets.data?.rows ?? []).map((ticket) => ({
          value: ticket.id,
          label: ticketName(ticket),
          detail: ticket.requester,
        }))
      : (invoices.data?.rows ?? []).flatMap(({ id, number, client }) =>
          number
            ? [{ value: id, label: number, detail: `${client.firstName} ${client.lastName}`.trim() }]
            : [],
        )
  const options = q === '' ? [] : found.filter(({ value }) => !without.includes(value))
  return (
    <Combobox
      label={t(`support.link.find.${kind}`)}
      placeholder={t(`support.link.find.${kind}`)}
      options={options}
      value={null}
      // One has just pressed a button to come here.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      onQuery={type}
      onChange={(id) => {
        const chosen = options.find(({ value }) => value === id)
        if (chosen) onFound({ id: chosen.value, label: chosen.label })
      }}
    />
  )
}
