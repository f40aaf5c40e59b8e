/** Every statement about what holds on a day. */
import type { InterestRate } from '#contract/billing'
import { sql, type Tables } from '#platform/server/db.ts'
import { kept } from '#platform/server/kept-statements.ts'

type Db = Tables<'billingSettings' | 'billingCompanies' | 'interestRates'>

/** @returns each kind's content */
export async function contentsOn(db: Db, companyId: string, day: string): Promise<Map<string, unknown>> {
  const rows = await kept(
    db
      .selectFrom('billingSettings')
      .distinctOn('kind')
      .select(['kind', 'content'])
      .where('companyId', '=', companyId)
      .where('state', '=', 'approved')
      .where('inForceFrom', '<=', sql<string>`${day}::date`)
      .orderBy('kind')
      .orderBy('inForceFrom', 'desc'),
  ).execute()
  return new Map(rows.map(({ kind, content }) => [kind, content]))
}

export async function ratesOn(db: Db, day: string): Promise<Map<string, InterestRate>> {
  const rows = await kept(
    db
      .selectFrom('interestRates')
      .distinctOn('kind')
      .select(['kind', 'fromOn', 'basisPoints', 'source'])
      .where('fromOn', '<=', sql<string>`${day}::date`)
      .orderBy('kind')
      .orderBy('fromOn', 'desc'),
  ).execute()
  return new Map(
    // The column's CHECK holds the same two kinds.
    rows.map((row) => [row.kind, row as InterestRate]),
  )
}

export const theMainCompany = (db: Db): Promise<{ id: string; name: string }> =>
  kept(
    db.selectFrom('billingCompanies').select(['id', 'name']).where('key', '=', 'main'),
  ).executeTakeFirstOrThrow()
