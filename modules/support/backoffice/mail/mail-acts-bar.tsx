/** Where a mail goes: into the ticket it likely belongs to, into another, into a new one, or nowhere. */
import { CircleCheck, MessageSquarePlus, Plus, Search, Undo2, X } from 'lucide-react'
import { useState } from 'react'
import type { ReceivedMail } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useShortcuts } from '#platform/ui/shortcuts.ts'
import { ticketTo } from '../addresses.ts'
import { StatusBadge, ticketName } from '../ticket-words.tsx'
import { mailCan } from './mail-can.ts'
import { toneOf } from './mail-words.tsx'
import { NewTicketDialog } from './new-ticket-dialog.tsx'
import { OtherTicketDialog } from './other-ticket-dialog.tsx'
import { useMailActs } from './use-mail-acts.ts'

type BarProps = { mail: ReceivedMail; onDecided: (mail: ReceivedMail) => void }

export function MailActsBar({ mail, onDecided }: BarProps) {
  const t = useMessages()
  const may = useMay()
  const acts = useMailActs(mail, onDecided)
  const [asking, setAsking] = useState<'new' | 'other' | null>(null)
  const [all, setAll] = useState(false)
  const can = {
    file: mailCan.file(mail, may),
    discard: mailCan.discard(mail, may),
    restore: mailCan.restore(mail, may),
  }
  useShortcuts([
    { keys: 'e', run: () => can.discard && !acts.busy && acts.discard() },
    { keys: 'n', run: () => can.file && setAsking('new') },
  ])
  if (mail.state === 'filed' || !can.file) return <Decided mail={mail} />
  const [likeliest] = mail.suggestions
  // Nothing of a machine's is to be filed, and of a sender who may be forged nothing is suggested that loudly.
  const isDoubtful = mail.state !== 'to_confirm' || (mail.why !== null && toneOf(mail.why) === 'danger')
  // A machine's mail, or one that may be forged, is proposed no ticket until one asks.
  const shown = all ? mail.suggestions.length : isDoubtful ? 0 : 2
  const primary = isDoubtful ? 'secondary' : 'primary'
  return (
    <div className="rounded-b-card border-t border-line bg-sunken px-4 py-3 lg:sticky lg:bottom-0">
      <Decided mail={mail} />
      {mail.suggestions.length > 0 && (shown > 0 || !isDoubtful) && (
        <>
          <h3 className="mb-1 text-13 font-semibold">{t('support.received.belongs')}</h3>
          <ul className="mb-3 divide-y divide-line rounded-control border border-line bg-surface">
            {mail.suggestions.slice(0, shown).map((ticket) => (
              <li key={ticket.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5 text-13">
                <span className="min-w-0 flex-1 basis-48">
                  <TextLink to={ticketTo(ticket.id)}>
                    <span lang="fr">{ticketName(ticket)}</span>
                  </TextLink>
                  <span lang="fr" className="block truncate text-12 text-ink-muted">
                    {ticket.requester}
                  </span>
                </span>
                <StatusBadge status={ticket.status} />
                <Button
                  size="small"
                  icon={Plus}
                  variant={ticket === likeliest ? primary : 'secondary'}
                  disabled={acts.busy}
                  {...(ticket === likeliest && { 'data-mail-act': true })}
                  onClick={() => acts.add(ticket.id)}
                >
                  {t('support.received.add', { number: String(ticket.number) })}
                </Button>
              </li>
            ))}
          </ul>
          {mail.suggestions.length > shown && (
            <p className="-mt-2 mb-3">
              <Button size="small" variant="ghost" onClick={() => setAll(true)}>
                {t('support.received.belongs.more', { count: mail.suggestions.length - shown })}
              </Button>
            </p>
          )}
        </>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          icon={MessageSquarePlus}
          variant={likeliest ? 'secondary' : primary}
          disabled={acts.busy}
          data-tip={t('support.received.new')}
          data-tip-keys="n"
          {...(!likeliest && { 'data-mail-act': true })}
          onClick={() => setAsking('new')}
        >
          {t('support.received.new')}
        </Button>
        <Button icon={Search} disabled={acts.busy} onClick={() => setAsking('other')}>
          {t('support.received.other')}
        </Button>
        {can.discard && (
          <Button
            icon={X}
            variant={isDoubtful ? 'primary' : 'ghost'}
            className={isDoubtful ? 'order-first' : undefined}
            disabled={acts.busy}
            data-tip={t('support.received.discard')}
            data-tip-keys="e"
            onClick={acts.discard}
          >
            {t('support.received.discard')}
          </Button>
        )}
        {isDoubtful && !all && mail.suggestions.length > 0 && (
          <Button variant="ghost" onClick={() => setAll(true)}>
            {t('support.received.belongs.more', { count: mail.suggestions.length })}
          </Button>
        )}
        {can.restore && (
          <Button icon={Undo2} variant="ghost" disabled={acts.busy} onClick={acts.restore}>
            {t('support.received.restore')}
          </Button>
        )}
      </div>
      {asking === 'new' && <NewTicketDialog mail={mail} acts={acts} onClose={() => setAsking(null)} />}
      {asking === 'other' && <OtherTicketDialog acts={acts} onClose={() => setAsking(null)} />}
    </div>
  )
}

/** What became of it, once somebody or the server decided. */
function Decided({ mail: { state, ticket, decidedBy, decidedAt } }: { mail: ReceivedMail }) {
  const t = useMessages()
  const isFiled = state === 'filed' && ticket !== null
  if (!isFiled && decidedBy === null) return null
  return (
    <p className="flex flex-wrap items-center gap-x-1.5 px-4 pb-3 text-13 text-ink-muted in-[.bg-sunken]:px-0">
      {isFiled && (
        <>
          <CircleCheck aria-hidden size={16} className="shrink-0 text-success" />
          {t('support.received.stands-in')}{' '}
          <TextLink to={ticketTo(ticket.id)}>
            <span lang="fr">{ticketName(ticket)}</span>
          </TextLink>{' '}
          ·{' '}
        </>
      )}
      {decidedBy === null
        ? t('support.received.decided.itself')
        : t('support.received.decided', { name: decidedBy })}
      {decidedAt && (
        <>
          {' · '}
          <DateText value={decidedAt} show="relative" />
        </>
      )}
    </p>
  )
}
