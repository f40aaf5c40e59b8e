import type { CentralDb } from '#platform/server/db.ts'
import { momentFor, write, type Addressee } from '../letters.ts'
import { makeLink } from '../links/tokens.ts'
import type { Parts } from '../parts.ts'
import { lastEnrolmentLinkAt, lockFactors } from './queries.ts'

const minutesBetween = 10
const hoursGood = 24

/**
 * Mails the link for enrolling anew to whoever typed the right password without it, unless one left minutes ago: whoever
 * has the password alone must not flood the mailbox.
 */
export async function mailEnrolmentLinkAgain(
  parts: Pick<Parts, 'mail' | 'backofficeUrl'>,
  db: CentralDb,
  person: Addressee,
  now: Date,
): Promise<void> {
  // Two at once take turns, so that one mail leaves.
  await lockFactors(db, person.id)
  const last = await lastEnrolmentLinkAt(db, person.id)
  if (last && now.getTime() - last.getTime() < minutesBetween * 60_000) return
  const token = await makeLink(db, { staffId: person.id, kind: 'factor_enrolment', now })
  await write(parts, db, person, {
    about: 'enrolment_link',
    values: { until: momentFor(person, new Date(now.getTime() + hoursGood * 3_600_000)) },
    link: { kind: 'factor_enrolment', token },
  })
}
