import { sql, type CentralDb } from '#platform/server/db.ts'

export type Creditable = {
  id: string
  issued: boolean
  /** By category, rate and exemption: what it asks for, less what credit notes of it took back. */
  rates: Map<string, number>
}

/** Of a subscription `id`: who came back after a long pause goes on with days that the former one was asked for. */
const mine = (id: string) => sql`kind = 'invoice' and (subscription_id = ${id}::uuid
  or id in (select invoice_id from subscription_periods where subscription_id = ${id}::uuid))`

/**
 * The documents of a subscription that ask for something, the running period's first and then the latest. Its drafts stay drafts
 * until the transaction ends.
 */
export async function creditable(
  db: CentralDb,
  subscriptionId: string,
  first: string | null,
): Promise<Creditable[]> {
  await sql`select id from invoices where state = 'draft' and ${mine(subscriptionId)} order by id for no key update`.execute(
    db,
  )
  const { rows } = await sql<{ id: string; issued: boolean; rates: Record<string, number> }>`
    with mine as (
      select id, state, coalesce(period_from, issued_on, created_at::date) as day from invoices where ${mine(subscriptionId)})
    select id, state = 'issued' as issued, (
      select coalesce(json_object_agg(rate, cents), '{}') from (
        select vat_category || ' ' || vat_basis_points || ' ' || coalesce(vat_exemption, '') as rate, sum(excl_cents)::bigint as cents
        from invoice_lines line join invoices document on document.id = line.invoice_id
        where document.id = mine.id or document.original_id = mine.id and document.type_code = 381
        group by 1) by_rate) as rates
    from mine order by id = ${first}::uuid desc nulls last, day desc, id desc`.execute(db)
  return rows.map(({ rates, ...row }) => ({ ...row, rates: new Map(Object.entries(rates)) }))
}
