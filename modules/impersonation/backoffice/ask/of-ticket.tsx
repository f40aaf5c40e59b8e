import { Eye, Link2, Unlink } from 'lucide-react'
import { useState } from 'react'
import { listMembers } from '#contract/identity'
import { type Impersonation, listImpersonations } from '#contract/impersonation'
import { getTicket, setTicketLink } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import type { CardProps } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { impersonationTo } from '../addresses.ts'
import { StateBadge } from '../impersonation-words.tsx'
import { AskDialog, type Candidate } from './ask-dialog.tsx'

const latest = 5

/** On a ticket's page: seeing what its customer sees, and what was seen there of late. */
export function OfTicket({ id }: CardProps) {
  const t = useMessages()
  const may = useMay()
  const [open, setOpen] = useState(false)
  const { data: ticket } = useEndpoint(getTicket, { params: { id } })
  const tenantId = ticket?.tenant?.id ?? ''
  const members = useEndpoint(
    listMembers,
    { params: { id: tenantId } },
    { enabled: tenantId !== '' && may('tenants.read') },
  )
  const past = useEndpoint(
    listImpersonations,
    { query: { tenant: tenantId, limit: latest } },
    { enabled: tenantId !== '' && may('impersonation.read') },
  )
  if (!ticket?.tenant) return null
  const { requester } = ticket
  const [first, ...others] = candidatesOf(requester, members.data?.rows ?? [])
  const rows = past.data?.rows ?? []
  if (!first && rows.length === 0) return null
  const linked = new Set(ticket.links.map((link) => link.id))
  return (
    <Card title={t('impersonation.title')}>
      {first && may('impersonation.start') && (
        <Button size="small" icon={Eye} onClick={() => setOpen(true)}>
          {t('impersonation.take.ticket')}
        </Button>
      )}
      {rows.length > 0 && (
        <ul
          aria-label={t('impersonation.ticket.latest')}
          className="mt-3 flex flex-col divide-y divide-line text-13"
        >
          {rows.map((one) => (
            <PastLine key={one.id} ticketId={id} one={one} isLinked={linked.has(one.id)} />
          ))}
        </ul>
      )}
      {open && first && (
        <AskDialog members={[first, ...others]} ticket={ticket} onClose={() => setOpen(false)} />
      )}
    </Card>
  )
}

type Known = { id: string; firstName: string; lastName: string; profile: Candidate['profile']; state: string }

/** Whoever asks first, then who else works there. */
function candidatesOf(
  { memberId, name }: { memberId: string | null; name: string },
  members: readonly Known[],
): Candidate[] {
  const active = members.flatMap(({ id, firstName, lastName, profile, state }) =>
    state === 'active' ? [{ id, name: `${firstName} ${lastName}`.trim(), profile }] : [],
  )
  const asking = memberId ? [active.find(({ id }) => id === memberId) ?? { id: memberId, name }] : []
  return [...asking, ...active.filter(({ id }) => id !== memberId)]
}

function PastLine({ ticketId, one, isLinked }: { ticketId: string; one: Impersonation; isLinked: boolean }) {
  const t = useMessages()
  const may = useMay()
  const link = useEndpoint(setTicketLink, {
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  const set = (linked: boolean) =>
    link.mutate(
      { params: { id: ticketId, kind: 'impersonation', targetId: one.id }, body: { linked } },
      {
        onSuccess: () =>
          notify.done({
            title: t(linked ? 'impersonation.ticket.linked' : 'impersonation.ticket.unlinked'),
            undo: () => set(!linked),
          }),
      },
    )
  return (
    <li className="flex items-center gap-2 py-1.5">
      <span className="min-w-0 flex-1">
        <TextLink to={impersonationTo(one.id)}>
          {one.actor.name} · <DateText value={one.askedAt} show="dayTime" />
        </TextLink>
      </span>
      <StateBadge state={one.state} />
      {may('tickets.write') && (
        <IconButton
          icon={isLinked ? Unlink : Link2}
          size="small"
          disabled={link.isPending}
          label={t(isLinked ? 'impersonation.ticket.unlink' : 'impersonation.ticket.link', {
            name: one.actor.name,
          })}
          onClick={() => set(!isLinked)}
        />
      )}
    </li>
  )
}
