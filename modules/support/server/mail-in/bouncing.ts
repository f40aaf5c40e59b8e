/** A mail of ours did not reach whom it was for: whoever wrote it is told where they wrote it. */
import type { CentralDb } from '#platform/server/db.ts'
import { tell } from '#platform/server/news.ts'
import type { Parts } from '../parts.ts'
import { change } from '../tickets/changing.ts'
import { happened } from '../tickets/happening.ts'
import { cut } from '../tickets/storable.ts'
import type { IncomingMail } from './incoming.ts'
import { mailSent, setBounced, setUnreadByAll } from './queries.ts'
import { whereItLives } from './whereabouts.ts'

/** No person did it. */
const by = { label: 'E-mail' }

/**
 * Within the caller's transaction.
 * @param ticketId what the signed address names that it came back to: of no other is it believed
 */
export async function noteBounce(
  db: CentralDb,
  parts: Pick<Parts, 'clock'>,
  { bounce, inReplyTo, references }: Pick<IncomingMail, 'bounce' | 'inReplyTo' | 'references'>,
  ticketId: string,
): Promise<void> {
  if (!bounce) return
  const names = [bounce.originalMessageId, ...inReplyTo, ...references].filter((name) => name !== null)
  const email = bounce.recipient
  const sent = await mailSent(db, names, email ? { ticketId, email } : undefined)
  if (!sent || (await whereItLives(db, sent.ticketId))?.id !== ticketId) return
  // RFC 3463: 4 is late, and may arrive still.
  if (bounce.status?.startsWith('4')) return
  const said = [bounce.status, bounce.said].filter(Boolean).join(' ')
  await noteLost(db, parts, sent, said)
}

/** Within the caller's transaction. */
async function noteLost(
  db: CentralDb,
  parts: Pick<Parts, 'clock'>,
  { messageId, ticketId, email }: { messageId: string; ticketId: string; email: string },
  answer: string,
): Promise<void> {
  const held = await whereItLives(db, ticketId)
  if (!held) return
  const at = parts.clock.now()
  const said = cut(answer, 500)
  if (!(await setBounced(db, messageId, { at, said }))) return
  await happened(db, parts, held.id, [{ kind: 'mail_bounced', by, at, data: { to: email, said } }])
  // Nobody answers what they never had.
  if (held.waiting) await change(db, parts, held, { waiting: false }, by)
  await setUnreadByAll(db, held.id)
  await tell(db, { topic: 'tickets', needs: 'tickets.read', id: held.id })
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
