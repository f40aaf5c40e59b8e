import { consentMissing, type PatientWarning } from '#contract/patients'
import { found, refuse } from '#platform/server/requests.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'
import { standingOn } from './standing-queries.ts'

/**
 * Whether a patient may come on a day: what to warn of, in the order of weight. A minor is seen for an ordinary act with a
 * warning where nobody is known to answer for them, who does has not agreed to care, or one of them took it back; for
 * « Mon soutien psy » that agreement is a condition (Assurance Maladie: minors of 3 to 17).
 *
 * @param on the practice's day of the appointment
 * @throws NotFound (also of who is erased), Refused(`consentMissing`), to be declared by the endpoint that books
 * @example const warnings = await mayBeSeen(ctx.db, patientId, '2026-11-23', { monSoutienPsy: act.monSoutienPsy })
 */
export async function mayBeSeen(
  db: TenantTables<'patients' | 'relatives' | 'consents'>,
  patientId: string,
  on: string,
  { monSoutienPsy }: { monSoutienPsy: boolean },
): Promise<PatientWarning[]> {
  const standing = found(await standingOn(db, patientId, on))
  if (!standing.minor) return []
  if (monSoutienPsy && !standing.monSoutienPsy) throw refuse(consentMissing)
  if (standing.unanswered) return ['authority_missing']
  const withdrew = standing.careWithdrawn || (monSoutienPsy && standing.monSoutienPsyWithdrawn)
  return [
    ...(withdrew ? (['holder_withdrew'] as const) : []),
    ...(standing.care || monSoutienPsy ? [] : (['care_consent_missing'] as const)),
  ]
}
