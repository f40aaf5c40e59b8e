/** What is due for an invoice that is late, from what is known of it. */
import type { Claim, TermsSettings } from '#contract/billing'
import type { CentralDb } from '#platform/server/db.ts'
import { settingsOn } from '../settings/in-force.ts'
import { rateRows } from '../settings/queries.ts'
import type { LateRow } from './late-queries.ts'
import { balancesOf } from './letter-queries.ts'
import { penaltiesOf } from './penalties.ts'

/** C. com. D441-5: once an invoice, whatever is written and however it is paid. */
const indemnity = 4_000

/** By the terms that held when it was issued, where some did: those the buyer was told. */
export async function claimOf(db: CentralDb, row: LateRow, today: string): Promise<Claim> {
  const { terms } = await settingsOn(db, row.companyId, row.issuedOn)
  const none = { kind: null, spans: [], cents: 0 }
  const business = row.audience === 'business'
  const penalties = business
    ? await penaltiesDue(
        db,
        row,
        terms ?? { penaltyKind: 'ecb_plus_10' as const, penaltyBasisPoints: null },
        today,
      )
    : none
  const indemnityCents = business && row.daysLate > 0 ? indemnity : 0
  return {
    daysLate: row.daysLate,
    outstandingCents: row.outstandingCents,
    penalties,
    indemnityCents,
    totalCents: row.outstandingCents + penalties.cents + indemnityCents,
  }
}

async function penaltiesDue(
  db: CentralDb,
  row: LateRow,
  terms: Pick<TermsSettings, 'penaltyKind' | 'penaltyBasisPoints'>,
  today: string,
): Promise<Claim['penalties']> {
  const [balances, rates] = await Promise.all([balancesOf(db, row.id, row.inclCents), rateRows(db)])
  const { spans, cents } = penaltiesOf({
    dueOn: row.dueOn,
    today,
    incl: row.inclCents,
    balances,
    terms,
    // The latest first.
    rateOf: (kind, halfYear) =>
      rates.find((rate) => rate.kind === kind && rate.fromOn <= halfYear)?.basisPoints ?? null,
  })
  return { kind: terms.penaltyKind, spans, cents }
}
