import {
  ArrowLeft,
  BellPlus,
  BellRing,
  ChevronDown,
  ChevronUp,
  CircleCheckBig,
  Ellipsis,
  ListChecks,
  MailOpen,
  MailPlus,
  Merge,
  RotateCcw,
  Trash2,
} from 'lucide-react'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { ButtonLink, useGo } from '#platform/ui/link.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay, useSession } from '#platform/ui/session.tsx'
import { queueTo } from '../addresses.ts'
import { contactTo } from '../contact/addresses.ts'
import { DueText } from '../due.tsx'
import type { Moves } from '../moves/use-moves.ts'
import { ticketCan } from '../ticket-can.ts'
import { SnoozedBadge } from './snoozed-badge.tsx'
import { PriorityMark, StatusBadge, ticketName } from '../ticket-words.tsx'
import { exportItems } from './export-items.ts'
import { SnoozeMenu } from './snooze-menu.tsx'
import type { ShownTicket } from './use-adopt.ts'
import type { useNeighbours } from './use-neighbours.ts'
import type { TicketActs } from './use-ticket-acts.ts'

type HeaderProps = {
  ticket: ShownTicket
  acts: TicketActs
  around: ReturnType<typeof useNeighbours>
  moves: Moves
  onMerge: () => void
  /** Some of what was said is to be split off or moved. */
  onChoose: () => void
}

export function TicketHeader(props: HeaderProps) {
  const { ticket, acts, around } = props
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const stands = ticketCan.stand(ticket)
  return (
    <PageHeader
      title={ticketName(ticket)}
      count={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {stands ? (
            <StatusBadge status={ticket.status} waiting={ticket.waiting} />
          ) : (
            <Badge>
              {t(ticket.mergedInto ? 'support.put-away.is-merged' : 'support.put-away.is-trashed')}
            </Badge>
          )}
          <PriorityMark priority={ticket.priority} />
          {stands && ticket.status !== 'resolved' && <DueText ticket={ticket} />}
          {stands && <SnoozedBadge ticket={ticket} />}
          {ticket.mergedHere.length > 0 && (
            <span className="text-ink-muted">
              {t('support.merged-here', {
                numbers: formats.list(ticket.mergedHere.map(({ number }) => `#${number}`)),
              })}
            </span>
          )}
        </span>
      }
      secondary={
        <>
          <ButtonLink to={queueTo(around.from)} icon={ArrowLeft} variant="ghost">
            {t('support.back')}
          </ButtonLink>
          <span className="flex items-center">
            <IconButton
              icon={ChevronUp}
              label={t('support.previous')}
              shortcut="k"
              disabled={!around.previous}
              onClick={around.previous}
            />
            <IconButton
              icon={ChevronDown}
              label={t('support.next')}
              shortcut="j"
              disabled={!around.next}
              onClick={around.next}
            />
          </span>
          {stands && may('tickets.write') && <SnoozeMenu ticket={ticket} acts={acts} />}
          <Others {...props} />
        </>
      }
      primary={
        !stands ? null : ticketCan.resolve(ticket, may) ? (
          <Button icon={CircleCheckBig} variant="primary" loading={acts.busy} onClick={acts.resolve}>
            {t('support.resolve')}
          </Button>
        ) : (
          ticketCan.reopen(ticket, may) && (
            <Button icon={RotateCcw} loading={acts.busy} onClick={acts.reopen}>
              {t('support.reopen')}
            </Button>
          )
        )
      }
    />
  )
}

function Others({ ticket, acts, around, moves, onMerge, onChoose }: HeaderProps) {
  const t = useMessages()
  const go = useGo()
  const may = useMay()
  const me = useSession().id
  const following = ticket.followers.some(({ id }) => id === me)
  return (
    <Menu
      align="end"
      items={[
        ...(ticket.client && ticketCan.change(may)
          ? [
              {
                label: t('support.contact.client'),
                icon: MailPlus,
                to: contactTo({ ticketId: ticket.id }),
              },
            ]
          : []),
        {
          label: t(following ? 'support.unfollow' : 'support.follow'),
          icon: following ? BellRing : BellPlus,
          onSelect: () => acts.follow(!following),
        },
        {
          label: t('support.mark-unread'),
          icon: MailOpen,
          // Whoever stayed would read it again at once.
          onSelect: () =>
            void acts.markUnread().then(
              () => go(queueTo(around.from)),
              () => undefined, // said already
            ),
        },
        ...exportItems(ticket.id, t),
        ...(ticketCan.change(may) && ticketCan.stand(ticket)
          ? [
              { label: t('support.merge.ask'), icon: Merge, shortcut: 'm', onSelect: onMerge },
              { label: t('support.choose'), icon: ListChecks, shortcut: 'x', onSelect: onChoose },
              { label: t('support.trash'), icon: Trash2, onSelect: moves.trash },
            ]
          : []),
      ]}
      trigger={<IconButton icon={Ellipsis} label={t('support.more-actions')} variant="secondary" />}
    />
  )
}
