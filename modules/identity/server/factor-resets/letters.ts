import type { CentralDb } from '#platform/server/db.ts'
import { fromWhere, momentFor, write, type Addressee } from '../letters.ts'
import { makeLink } from '../links/tokens.ts'
import type { Parts } from '../parts.ts'
import { delayHours } from './approvals.ts'

type Step =
  /** By the person, with nothing but the password. */
  | ({ what: 'asked'; reason: string } & ReturnType<typeof fromWhere>)
  | { what: 'requested'; by: string; reason: string }
  | { what: 'approved'; by: string }
  | { what: 'delayed'; by: string; effectiveAt: Date }
  | { what: 'postponed' }

/** Tells the person each step of a reset; every mail carries a link that stops it. */
export async function tellOf(
  parts: Pick<Parts, 'mail' | 'backofficeUrl'>,
  db: CentralDb,
  person: Addressee,
  { what, id, now, ...step }: Step & { id: string; now: Date },
): Promise<void> {
  const kind = 'factor_reset_refusal'
  const token = await makeLink(db, { staffId: person.id, kind, now, aboutId: id })
  const { effectiveAt, ...values } = 'effectiveAt' in step ? step : { ...step, effectiveAt: null }
  await write(parts, db, person, {
    about: `factor_reset_${what}`,
    values: {
      ...values,
      at: momentFor(person, now),
      hours: delayHours,
      ...(effectiveAt && { effect: momentFor(person, effectiveAt) }),
    },
    link: { kind, token },
  })
}
