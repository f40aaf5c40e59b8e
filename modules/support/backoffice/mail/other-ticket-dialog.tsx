/** Into a ticket that nobody suggested, found by its number, its subject or a name. */
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { listTickets } from '#contract/support'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { Combobox } from '#platform/ui/combobox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import { ticketName } from '../ticket-words.tsx'
import type { MailActs } from './use-mail-acts.ts'

type DialogProps = { acts: MailActs; onClose: () => void }
type Found = { value: string; label: string; detail: string }

export function OtherTicketDialog({ acts, onClose }: DialogProps) {
  const t = useMessages()
  const [chosen, setChosen] = useState<Found | null>(null)
  const [q, setQ] = useState('')
  const [, type] = useSettledText(q, setQ)
  const { data } = useEndpoint(
    listTickets,
    { query: { q, queue: 'all', snoozed: 'yes', sort: '-last', limit: 8 } },
    { keepPrevious: true },
  )
  const found: Found[] = (data?.rows ?? []).map((ticket) => ({
    value: ticket.id,
    label: ticketName(ticket),
    detail: [ticket.requester, t(`support.status.${ticket.status}`)].join(' · '),
  }))
  const isMissing = chosen && !found.some(({ value }) => value === chosen.value)
  const options = isMissing ? [chosen, ...found] : found
  return (
    <ActDialog
      title={t('support.received.other.title')}
      description={t('support.received.other.warning')}
      action={t('support.received.other.add')}
      icon={Plus}
      disabled={!chosen}
      running={acts.filing.isPending}
      error={acts.filing.error}
      onClose={onClose}
      onSubmit={() => chosen && acts.file({ to: 'ticket', ticketId: chosen.value })}
    >
      <Field name="into.ticketId" label={t('support.received.other.ticket')}>
        <Combobox
          placeholder={t('support.received.other.find')}
          options={options}
          value={chosen?.value ?? null}
          onQuery={(text) => type(text === chosen?.label ? '' : text)}
          onChange={(id) => setChosen(options.find(({ value }) => value === id) ?? null)}
        />
      </Field>
    </ActDialog>
  )
}
