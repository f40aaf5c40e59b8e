/** A mail of ours did not reach whom it was for: whoever wrote it is told where they wrote it. */
import type { CentralDb } from '#platform/server/db.ts'
import { tell } from '#platform/server/news.ts'
import type { Parts } from '../parts.ts'
import { change } from '../tickets/changing.ts'
import { happened } from '../tickets/happening.ts'
import type { IncomingMail } from './incoming.ts'
import { mailSent, setBounced, setUnreadByAll } from './queries.ts'
import { whereItLives } from './whereabouts.ts'

/** No person did it. */
const by = { label: 'E-mail' }

/**
 * Within the caller's transaction.
 * @param ticketId what the address it came back to names
 * @returns the ticket of the mail that is spoken of
 */
export async function noteBounce(
  db: CentralDb,
  parts: Pick<Parts, 'clock'>,
  { bounce, inReplyTo, references }: Pick<IncomingMail, 'bounce' | 'inReplyTo' | 'references'>,
  ticketId: string | undefined,
): Promise<string | null> {
  if (!bounce) return null
  const names = [bounce.originalMessageId, ...inReplyTo, ...references].filter((name) => name !== null)
  const email = bounce.recipient
  const sent = await mailSent(db, names, ticketId && email ? { ticketId, email } : undefined)
  if (!sent) return null
  // RFC 3463: 4 is late, and may arrive still.
  if (bounce.status?.startsWith('4')) return sent.ticketId
  const held = await whereItLives(db, sent.ticketId)
  if (!held) return null
  const at = parts.clock.now()
  const said = [bounce.status, bounce.said].filter(Boolean).join(' ').slice(0, 500)
  if (!(await setBounced(db, sent.messageId, { at, said }))) return sent.ticketId
  await happened(db, parts, held.id, [{ kind: 'mail_bounced', by, at, data: { to: sent.email, said } }])
  // Nobody answers what they never had.
  if (held.waiting) await change(db, parts, held, { waiting: false }, by)
  await setUnreadByAll(db, held.id)
  await tell(db, { topic: 'tickets', needs: 'tickets.read', id: held.id })
  return held.id
}
