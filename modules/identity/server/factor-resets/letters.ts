import { peopleWith } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import { momentFor, write, type Addressee, type fromWhere } from '../letters.ts'
import { makeLink } from '../links/tokens.ts'
import type { Parts } from '../parts.ts'
import { daysOfFormerAddress, delayHours } from './approvals.ts'
import { formerAddress } from './queries.ts'

type Step =
  /** By the person, with nothing but the password. */
  | ({ what: 'asked'; reason: string } & ReturnType<typeof fromWhere>)
  | { what: 'requested'; by: string; reason: string }
  | { what: 'approved'; by: string }
  | { what: 'delayed'; by: string; effectiveAt: Date }
  | { what: 'postponed' }

/** Tells everybody else who may approve that somebody waits for them. */
export async function tellApprovers(
  { mail, backofficeUrl }: Pick<Parts, 'mail' | 'backofficeUrl'>,
  db: CentralDb,
  person: Addressee,
  { by, reason }: { by: string | null; reason: string },
): Promise<void> {
  for (const holder of await peopleWith(db, 'staff.reset_factors')) {
    if (holder.id === by || holder.id === person.id) continue
    await mail.send(db, {
      to: holder,
      language: holder.language,
      template: 'identity.mail.factor_reset_waiting',
      values: { name: holder.name, person: `${person.firstName} ${person.lastName}`, reason },
      action: { url: new URL('/security', backofficeUrl).href },
      staffId: holder.id,
    })
  }
}

/** Tells the person each step of a reset, at the address they had until lately too; every mail carries a link that stops it. */
export async function tellOf(
  parts: Pick<Parts, 'mail' | 'backofficeUrl'>,
  db: CentralDb,
  person: Addressee,
  { what, id, now, ...step }: Step & { id: string; now: Date },
): Promise<void> {
  const kind = 'factor_reset_refusal'
  const token = await makeLink(db, { staffId: person.id, kind, now, aboutId: id })
  const { effectiveAt, ...values } = 'effectiveAt' in step ? step : { ...step, effectiveAt: null }
  const letter = {
    about: `factor_reset_${what}`,
    values: {
      ...values,
      at: momentFor(person, now),
      hours: delayHours,
      ...(effectiveAt && { effect: momentFor(person, effectiveAt) }),
    },
    link: { kind, token },
  } as const
  await write(parts, db, person, letter)
  const former = await formerAddress(
    db,
    person.id,
    new Date(now.getTime() - daysOfFormerAddress * 86_400_000),
  )
  if (former !== undefined) await write(parts, db, person, { ...letter, to: former })
}
