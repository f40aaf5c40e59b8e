import type { CentralDb } from '#platform/server/db.ts'
import { settingsOn } from '../settings/in-force.ts'
import type { VatRule } from './pricing.ts'

const exemptions = { franchise: 'VATEX-FR-FRANCHISE', exempt_care: 'VATEX-FR-CGI261-4' } as const

/** How the company's documents of a day bear VAT; before anybody said so, as the law does without an exemption. */
export async function vatRuleOn(db: CentralDb, companyId: string, day: string): Promise<VatRule> {
  const { vat } = await settingsOn(db, companyId, day)
  return vat === null || vat.regime === 'normal'
    ? { taxed: true }
    : { taxed: false, exemption: exemptions[vat.regime] }
}
