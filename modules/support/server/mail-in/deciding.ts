/**
 * Where a mail belongs, decided from what is known of it alone: no database, no clock. What a stranger can choose (a subject,
 * a name, a form of words) decides nothing; a mail in doubt waits for a person.
 */
import type { ReceivedReason } from '#contract/support'
import type { IncomingMail } from './incoming.ts'

/** A ticket that its threading points to, where it went since if it was merged. */
export type Threaded = {
  id: string
  trashed: boolean
  /** Who asked, who is of the practice, whom we wrote to in it: nobody else writes into it unasked. */
  knowsSender: boolean
}

export type Facts = {
  mail: Pick<IncomingMail, 'problem' | 'auto' | 'authentic' | 'loopMark'> & {
    isBounce: boolean
    hasSender: boolean
  }
  /** The same name by the same sender came in before, by another way. */
  isCopy: boolean
  /** From an address of ours, or by a name that we gave a mail. */
  isOurs: boolean
  /** An address it was sent to bears our mark: a signature that holds, or one that does not. */
  token: 'none' | 'good' | 'wrong'
  ticket: Threaded | null
  /** Clients whose address it came from, or a member's of whose practice; each once. */
  clients: readonly string[]
  /** How many mails came from this address within the hour, this one left out. */
  lately: number
}

export type Decision =
  | { to: 'ticket'; ticketId: string; as: 'customer' | 'auto' }
  | { to: 'new'; clientId: string }
  /** A person decides. */
  | { to: 'tray'; why: ReceivedReason }
  /** Nobody needs to. */
  | { to: 'aside'; why: ReceivedReason }

/** More than a person writes; what goes beyond is no longer filed by itself. */
export const mailsAnHour = 20

export function decide({ mail, isCopy, isOurs, token, ticket, clients, lately }: Facts): Decision {
  const tray = (why: ReceivedReason): Decision => ({ to: 'tray', why })
  const aside = (why: ReceivedReason): Decision => ({ to: 'aside', why })

  // What answers by itself comes first: whoever took it for a person's would answer it, and be answered.
  if (mail.loopMark || isOurs) return aside('loop')
  if (isCopy) return aside('duplicate')
  if (mail.isBounce) return aside('bounce')
  if (mail.auto === 'list' || mail.auto === 'bulk') return aside(mail.auto)

  const isTrusted = mail.authentic !== 'fail' && token !== 'wrong'
  const isOfTicket = ticket !== null && ticket.knowsSender && !ticket.trashed
  const isTooMany = lately >= mailsAnHour
  if (mail.auto === 'auto_reply')
    return isTrusted && isOfTicket && !isTooMany
      ? { to: 'ticket', ticketId: ticket.id, as: 'auto' }
      : aside('auto_reply')

  if (mail.problem !== null) return tray(mail.problem)
  if (!mail.hasSender) return tray('unknown_sender')
  if (mail.authentic === 'fail') return tray('not_authentic')
  if (token === 'wrong') return tray('token_wrong')
  if (isTooMany) return tray('too_many')
  if (ticket) {
    if (ticket.trashed) return tray('ticket_trashed')
    return ticket.knowsSender ? { to: 'ticket', ticketId: ticket.id, as: 'customer' } : tray('other_sender')
  }
  const [clientId, another] = clients
  if (clientId === undefined) return tray('unknown_sender')
  return another === undefined ? { to: 'new', clientId } : tray('several_clients')
}
