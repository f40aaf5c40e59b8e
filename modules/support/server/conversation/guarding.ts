/** What leaves by mail passes through other people's machines: a patient's data does not, unless its writer insists. */
import { patientDataByMail, patientDataIn } from '#contract/support'
import type { Tables } from '#platform/server/db.ts'
import { refuse } from '#platform/server/requests.ts'
import type { Held } from '../tickets/lock.ts'
import { namesOf } from '../tickets/queries.ts'

/**
 * @returns whether it looks so and leaves all the same
 * @throws patientDataByMail
 */
export async function guarded(
  db: Tables<'staffMembers' | 'supportTeams' | 'clients'>,
  { requesterName, clientId }: Pick<Held, 'requesterName' | 'clientId'>,
  {
    subject = '',
    body,
    by,
    insists,
  }: { subject?: string | undefined; body: string; by: { label: string }; insists: boolean },
): Promise<boolean> {
  const names = await namesOf(db, [clientId])
  const known = [requesterName, by.label, ...names.values()]
  for (const [field, text] of Object.entries({ body, subject })) {
    const findings = patientDataIn(text, known)
    if (findings.length === 0) continue
    if (!insists) throw refuse(patientDataByMail, { details: { field, findings } })
    return true
  }
  return false
}
