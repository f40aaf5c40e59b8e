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
  mail: Pick<IncomingMail, 'problem' | 'auto' | 'authentic'> & {
    /** It bears the mark of a mail that we wrote: it came back. Another's mark is nothing special. */
    loopMark: boolean
    isBounce: boolean
    /** As what did not arrive comes back: to nobody does it go if it does not arrive either. */
    isFromNobody: boolean
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
  /** How many mails this address itself wrote within the hour, this one left out. */
  lately: number
}

export type Decision =
  | { to: 'ticket'; ticketId: string; as: 'customer' | 'auto' }
  | { to: 'new'; clientId: string }
  /** Of a ticket: a mail of ours did not arrive. */
  | { to: 'lost'; ticketId: string }
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
  // Servers that could not hand a mail over prove nothing of themselves; who answers our own signed address had a mail of ours.
  if (mail.isBounce)
    return mail.isFromNobody && mail.authentic !== 'fail' && token === 'good' && ticket
      ? { to: 'lost', ticketId: ticket.id }
      : aside('bounce')
  if (mail.auto === 'list' || mail.auto === 'bulk') return aside(mail.auto)

  const isProven = mail.authentic === 'pass'
  const isOfTicket = ticket !== null && ticket.knowsSender && !ticket.trashed
  const isTooMany = lately >= mailsAnHour
  if (mail.auto === 'auto_reply')
    return isProven && token !== 'wrong' && isOfTicket && !isTooMany
      ? { to: 'ticket', ticketId: ticket.id, as: 'auto' }
      : aside('auto_reply')

  if (mail.problem !== null) return tray(mail.problem)
  if (!mail.hasSender) return tray('unknown_sender')
  if (mail.authentic === 'fail') return tray('not_authentic')
  if (token === 'wrong') return tray('token_wrong')
  if (ticket?.trashed) return tray('ticket_trashed')
  if (ticket && !ticket.knowsSender) return tray('other_sender')
  const [clientId, another] = clients
  if (!ticket && clientId === undefined) return tray('unknown_sender')
  // An address is not a person: without its server's word anybody writes it.
  if (!isProven) return tray('not_proven')
  // Of their own mails alone: else whoever forges them kept them out.
  if (isTooMany) return tray('too_many')
  if (ticket) return { to: 'ticket', ticketId: ticket.id, as: 'customer' }
  return clientId !== undefined && another === undefined ? { to: 'new', clientId } : tray('several_clients')
}
