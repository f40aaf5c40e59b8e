/** What a document of a day is made with. */
import type { InterestRate, SettingContents, SettingKind, SettingsOfDay } from '#contract/billing'
import type { Tables } from '#platform/server/db.ts'
import { halfYearOf } from './half-year.ts'
import { contentsOn, ratesOn, theMainCompany } from './in-force-queries.ts'

type Db = Tables<'billingSettings' | 'billingCompanies' | 'interestRates'>

/** Besides the contents, the two rates that penalties are reckoned by; null: nobody recorded one yet. */
export type SettingsInForce = SettingsOfDay & {
  companyId: string
  day: string
  rates: { ecbRefi: InterestRate | null; legal: InterestRate | null }
}

/**
 * The latest approved version of each kind that holds by then. Contents were checked when they were written down, and stay what
 * they were.
 * @param day the day the document bears
 */
export async function settingsOn(db: Db, companyId: string, day: string): Promise<SettingsInForce> {
  const [contents, rates] = await Promise.all([contentsOn(db, companyId, day), ratesOn(db, halfYearOf(day))])
  const of = <Kind extends SettingKind>(kind: Kind) =>
    // Only its own schema wrote what stands under a kind.
    (contents.get(kind) as SettingContents[Kind] | undefined) ?? null
  return {
    companyId,
    day,
    identity: of('identity'),
    vat: of('vat'),
    bank: of('bank'),
    terms: of('terms'),
    numbering: of('numbering'),
    appearance: of('appearance'),
    dunning: of('dunning'),
    rates: { ecbRefi: rates.get('ecb_refi') ?? null, legal: rates.get('legal') ?? null },
  }
}

/** The company whose documents are meant where nobody says which. */
export const mainCompany = (db: Db): Promise<{ id: string; name: string }> => theMainCompany(db)
