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
  const said = [bounce.status, bounce.said].filter(Boolean).join(' ')
  return noteLost(db, parts, sent, said)
}

/** Within the caller's transaction. @returns the ticket, where it is still known */
async function noteLost(
  db: CentralDb,
  parts: Pick<Parts, 'clock'>,
  { messageId, ticketId, email }: { messageId: string; ticketId: string; email: string },
  answer: string,
): Promise<string | null> {
  const held = await whereItLives(db, ticketId)
  if (!held) return null
  const at = parts.clock.now()
  const said = answer.slice(0, 500)
  if (!(await setBounced(db, messageId, { at, said }))) return held.id
  await happened(db, parts, held.id, [{ kind: 'mail_bounced', by, at, data: { to: email, said } }])
  // Nobody answers what they never had.
  if (held.waiting) await change(db, parts, held, { waiting: false }, by)
  await setUnreadByAll(db, held.id)
  await tell(db, { topic: 'tickets', needs: 'tickets.read', id: held.id })
  return held.id
}

/** What our own mail server would not take comes back by no mail. */
export function hearOfLost(parts: Pick<Parts, 'db' | 'clock' | 'mail' | 'log'>): void {
  parts.mail.whenLost(({ id, said }) =>
    parts.db
      .transaction()
      .execute(async (db: CentralDb) => {
        const sent = await mailSent(db, [parts.mail.messageId(id)], undefined)
        if (sent) await noteLost(db, parts, sent, said)
      })
      // It is lost all the same, and the message itself says so.
      .catch((error: unknown) =>
        parts.log.warn({ err: error, mail: id }, 'a lost mail could not be told of'),
      ),
  )
}
