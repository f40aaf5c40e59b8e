import type { Subscription } from '#contract/billing'
import { sql, type CentralDb } from '#platform/server/db.ts'
import { pricing, type VatRule } from './pricing.ts'
import { renewable } from './renewing.ts'

/** The document of a subscription's next period as it would be made now; null where none comes by itself. */
export async function nextInvoiceOf(
  db: CentralDb,
  subscriptionId: string,
  vat: VatRule,
): Promise<Subscription['nextInvoice']> {
  const { rows } = await sql<NonNullable<Subscription['nextInvoice']>>`
    with ${pricing(sql`s.id = ${subscriptionId}::uuid and ${renewable}`, vat)}
    select from_on as from, ends_on - 1 as until, excl_cents as "exclCents", vat_cents as "vatCents",
      excl_cents + vat_cents as "inclCents",
      (select json_agg(json_build_object('description', description, 'quantity', trim_scale(quantity)::text,
          'unitPriceCents', unit_price_cents, 'discountBasisPoints', discount_basis_points, 'discountCents', discount_cents,
          'exclCents', priced_lines.excl_cents, 'extraId', extra_id, 'vatBasisPoints', priced_lines.vat_basis_points) order by position)
        from priced_lines) as lines
    from priced join summed on subscription_id = id`.execute(db)
  return rows[0] ?? null
}
