/** Whoever opened a ticket by mail is told that it came in, once, under which number, and by a mail that no machine answers. */
import type { CentralDb } from '#platform/server/db.ts'
import type { Parts } from '../parts.ts'
import { happened } from '../tickets/happening.ts'
import type { Held } from '../tickets/lock.ts'
import { acknowledgedLately } from './queries.ts'
import { languageOf, writeBack } from './writing-back.ts'

/** To one address: whoever opens tickets by the dozen is not told of each. */
const anHour = 3

export async function acknowledge(
  db: CentralDb,
  parts: Pick<Parts, 'clock' | 'mail' | 'vault' | 'post'>,
  ticket: Held,
): Promise<void> {
  const { id, number, requesterEmail: email, requesterName: name } = ticket
  const now = parts.clock.now()
  const since = new Date(now.getTime() - 3_600_000)
  if ((await acknowledgedLately(db, email, since)) >= anHour) return
  await writeBack(db, parts, ticket, {
    messageId: null,
    to: { email, name },
    language: await languageOf(db, email),
    template: 'support.mail.received',
    values: { name, number: String(number) },
    post: { automatic: 'replied' },
  })
  await happened(db, parts, id, [{ kind: 'acknowledged', by: { label: 'E-mail' }, data: { to: email } }])
}
