/** « Peut-être un doublon de #31 » : found by the server, decided by whoever reads both. */
import { CopyCheck } from 'lucide-react'
import { listSiblingTickets, type SiblingTicket, tellTicketsApart } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { ticketTo } from '../addresses.ts'
import { ticketName } from '../ticket-words.tsx'
import type { ShownTicket } from '../ticket/use-adopt.ts'
import type { Moves } from './use-moves.ts'

/** More than these and somebody should look at the customer's page instead. */
const atMost = 2

export function DuplicateNote({ ticket, moves }: { ticket: ShownTicket; moves: Moves }) {
  const { data } = useEndpoint(
    listSiblingTickets,
    { params: { id: ticket.id }, query: {} },
    { enabled: ticket.status !== 'resolved' },
  )
  const likely = (data?.rows ?? []).filter((one) => one.likely).slice(0, atMost)
  return likely.map((other) => <Likely key={other.id} ticket={ticket} other={other} moves={moves} />)
}

type LikelyProps = { ticket: ShownTicket; other: SiblingTicket; moves: Moves }

function Likely({ ticket, other, moves }: LikelyProps) {
  const t = useMessages()
  const params = { id: ticket.id, otherId: other.id }
  const apart = useEndpoint(tellTicketsApart, {
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
    onSuccess: (_, { body }) => {
      if (!body.apart) return
      notify.done({
        title: t('support.duplicate.ignored', { number: String(other.number) }),
        undo: () => apart.mutate({ params, body: { apart: false } }),
      })
    },
  })
  // What was asked first stays.
  const isOlder = Date.parse(other.openedAt) <= Date.parse(ticket.openedAt)
  const [from, into] = isOlder ? [ticket, other] : [other, ticket]
  return (
    <aside
      aria-label={t('support.duplicate')}
      className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card border border-line bg-info-soft px-3 py-2 text-13 text-info-ink"
    >
      <p className="flex min-w-0 flex-1 basis-64 gap-2">
        <CopyCheck aria-hidden size={16} className="mt-0.5 shrink-0" />
        <span>
          {t('support.duplicate.of')}{' '}
          <TextLink to={ticketTo(other.id)} className="font-medium">
            {ticketName(other)}
          </TextLink>{' '}
          · {other.requester}, <DateText value={other.openedAt} show="relative" />
        </span>
      </p>
      <span className="flex flex-wrap gap-2">
        <Button size="small" loading={moves.merge.isPending} onClick={() => moves.mergeNow(from, into)}>
          {t('support.duplicate.merge', { from: String(from.number), into: String(into.number) })}
        </Button>
        <Button
          size="small"
          variant="ghost"
          loading={apart.isPending}
          onClick={() => apart.mutate({ params, body: { apart: true } })}
        >
          {t('support.duplicate.ignore')}
        </Button>
      </span>
    </aside>
  )
}
