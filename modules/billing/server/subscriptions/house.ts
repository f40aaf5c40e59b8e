import type { VatRule } from '../renewal/pricing.ts'
import { vatRuleOn } from '../renewal/vat-rule.ts'
import { mainCompany } from '../settings/in-force.ts'
import { today, type Doing } from './acting.ts'

/** What documents of the day are made with. */
export type House = { companyId: string; vat: VatRule }

export async function houseOf({ db, clock }: Pick<Doing, 'db' | 'clock'>): Promise<House> {
  const { id: companyId } = await mainCompany(db)
  return { companyId, vat: await vatRuleOn(db, companyId, today({ clock })) }
}
