import type { CentralDb } from '#platform/server/db.ts'
import { mainCompany, settingsOn } from '../settings/in-force.ts'

export type Creditor = { companyId: string; name: string; iban: string; bic: string; id: string }

/** Who collects, by the settings of the day; null without an ICS or an account. */
export async function creditorOn(db: CentralDb, day: string): Promise<Creditor | null> {
  const { id: companyId } = await mainCompany(db)
  const { bank } = await settingsOn(db, companyId, day)
  return bank?.creditorId
    ? { companyId, name: bank.holder, iban: bank.iban, bic: bank.bic, id: bank.creditorId }
    : null
}
