/** Said of a ticket that lives elsewhere, or lies in the trash: where it went, and the way back. */
import { ArrowRight, Merge, RotateCcw, Trash2, Undo2 } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { ticketTo } from '../addresses.ts'
import { ticketCan } from '../ticket-can.ts'
import { ticketName } from '../ticket-words.tsx'
import type { ShownTicket } from '../ticket/use-adopt.ts'
import { openMoveOf, restorableUntil, thrownAwayBy } from './moves-told.ts'
import type { Moves } from './use-moves.ts'

type PutAwayProps = { ticket: ShownTicket; moves: Moves }

export function PutAway({ ticket, moves }: PutAwayProps) {
  if (ticket.mergedInto) return <Merged ticket={ticket} into={ticket.mergedInto} moves={moves} />
  return ticket.trashedAt ? <Trashed ticket={ticket} at={ticket.trashedAt} moves={moves} /> : null
}

type MergedProps = PutAwayProps & { into: NonNullable<ShownTicket['mergedInto']> }

function Merged({ ticket, into, moves }: MergedProps) {
  const t = useMessages()
  const may = useMay()
  const moveId = openMoveOf(ticket.events, 'merged')
  return (
    <Box icon={Merge} title={t('support.put-away.merged', { into: ticketName(into) })}>
      <p className="text-ink-muted">{t('support.put-away.merged.help')}</p>
      <p className="mt-2 flex flex-wrap gap-2">
        <ButtonLink variant="primary" icon={ArrowRight} to={ticketTo(into.id)}>
          {t('support.put-away.open', { number: String(into.number) })}
        </ButtonLink>
        {moveId && ticketCan.change(may) && (
          <Button icon={Undo2} loading={moves.busy} onClick={() => moves.undo(moveId)}>
            {t('support.merge.undo')}
          </Button>
        )}
      </p>
    </Box>
  )
}

function Trashed({ ticket, at, moves }: PutAwayProps & { at: string }) {
  const t = useMessages()
  const may = useMay()
  const by = thrownAwayBy(ticket.events)
  return (
    <Box icon={Trash2} title={t('support.put-away.trashed')}>
      <p className="text-ink-muted">
        {t.rich('support.put-away.trashed.since', {
          at: <DateText key="at" value={at} show="dayTime" />,
          some: by === undefined ? 'no' : 'yes',
          by: by ?? '',
        })}
      </p>
      <p className="text-ink-muted">
        {t('support.put-away.trashed.help')} <DateText value={restorableUntil(at)} show="day" />.
      </p>
      {ticketCan.change(may) && (
        <p className="mt-2">
          <Button icon={RotateCcw} loading={moves.busy} onClick={moves.restore}>
            {t('support.restore')}
          </Button>
        </p>
      )}
    </Box>
  )
}

type BoxProps = { icon: typeof Merge; title: string; children: React.ReactNode }

const Box = ({ icon: Icon, title, children }: BoxProps) => (
  <section aria-label={title} className="rounded-card border border-line bg-surface p-4 text-13">
    <p className="flex gap-2 font-medium text-ink">
      <Icon aria-hidden size={16} className="mt-0.5 shrink-0" />
      {title}
    </p>
    <div className="pl-6">{children}</div>
  </section>
)
