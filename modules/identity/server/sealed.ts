import type { Tables } from '#platform/server/db.ts'
import type { Vault } from '#platform/server/vault.ts'
import { oldestSecondFactor } from './queries.ts'

/** Where a sealed secret stands; it opens nowhere else. */
export const factorPlace = (staffId: string) => `staff_second_factors.secret:${staffId}`

/** Whether the vault's key is the one this database was sealed with; a database without a secret fits every key. */
export async function opensItsSecrets(
  db: Tables<'staffMembers' | 'staffAuthenticators' | 'staffSignIns' | 'staffSessions'>,
  vault: Vault,
): Promise<boolean> {
  const factor = await oldestSecondFactor(db)
  if (!factor) return true
  try {
    vault.open(factor.secretSealed, factorPlace(factor.staffId))
    return true
  } catch {
    return false
  }
}
