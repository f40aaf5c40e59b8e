import { listTickets } from '#contract/support'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { useMay } from '#platform/ui/session.tsx'
import type { AboutTicket } from './ask-dialog.tsx'

type TicketChoiceProps = {
  tenantId: string
  /** The one whose page this was asked from, open or not. */
  about: AboutTicket | undefined
  value: string | null
  onChange: (ticketId: string | null) => void
}

const none = 'none'
const most = 20

/** What the practice asked and was not resolved yet: the reason, more often than not. */
export function TicketChoice({ tenantId, about, value, onChange }: TicketChoiceProps) {
  const t = useMessages()
  const may = useMay()
  const { data } = useEndpoint(
    listTickets,
    { query: { queue: 'open', tenantId, snoozed: 'yes', sort: '-last', limit: most } },
    { enabled: may('tickets.read') },
  )
  const open = data?.rows ?? []
  const tickets = about && !open.some(({ id }) => id === about.id) ? [about, ...open] : open
  if (tickets.length === 0) return null
  return (
    <Field
      name="ticketId"
      label={t('impersonation.ask.ticket')}
      help={t('impersonation.ask.ticket.help')}
      optional
    >
      <Select
        options={[
          { value: none, label: t('impersonation.ask.ticket.none') },
          ...tickets.map(({ id, number, subject }) => ({ value: id, label: `#${number} ${subject}` })),
        ]}
        value={value ?? none}
        onChange={(id) => onChange(id === none ? null : id)}
      />
    </Field>
  )
}
