/** Revenue, counted from documents and payments themselves. */
import { sql, type Tables } from '#platform/server/db.ts'
import { planOf, ratesOf } from '../queries.ts'

type Db = Tables<
  | 'invoices'
  | 'invoiceDocuments'
  | 'invoiceLines'
  | 'payments'
  | 'paymentAllocations'
  | 'subscriptions'
  | 'subscriptionPeriods'
  | 'plans'
>

type Counted = { count: number; exclCents: number; vatCents: number; inclCents: number }

/** Of a year, by the month they bear. Amounts of credit notes are negative, as in the table. */
export async function documentsByMonth(db: Db, companyId: string, year: number) {
  const { rows } = await sql<Counted & { month: string; kind: string }>`
    select to_char(issued_on, 'YYYY-MM') as month, kind, count(*)::integer as count, sum(total_excl_cents)::bigint as excl_cents,
      sum(total_vat_cents)::bigint as vat_cents, sum(total_incl_cents)::bigint as incl_cents
    from invoices where state = 'issued' and coalesce(company_id, ${companyId}) = ${companyId}
      and issued_on between make_date(${year}, 1, 1) and make_date(${year}, 12, 31)
    group by 1, 2`.execute(db)
  return rows
}

export async function paymentsByMonth(db: Db, companyId: string, year: number) {
  const { rows } = await sql<{ month: string; count: number; cents: number }>`
    select to_char(received_on, 'YYYY-MM') as month, count(*)::integer as count, sum(amount_cents)::bigint as cents
    from payments where coalesce(company_id, ${companyId}) = ${companyId}
      and received_on between make_date(${year}, 1, 1) and make_date(${year}, 12, 31)
    group by 1`.execute(db)
  return rows
}

/** What clients owed on the eve of a year, less what they had to their credit. */
export async function balanceBefore(db: Db, companyId: string, year: number): Promise<number> {
  const { rows } = await sql<{ cents: number }>`
    select (coalesce((select sum(total_incl_cents) from invoices where state = 'issued' and coalesce(company_id, ${companyId}) = ${companyId}
        and issued_on < make_date(${year}, 1, 1)), 0)
      - coalesce((select sum(amount_cents) from payments where coalesce(company_id, ${companyId}) = ${companyId}
        and received_on < make_date(${year}, 1, 1)), 0))::bigint as cents`.execute(db)
  return rows[0]?.cents ?? 0
}

/** Credit notes are taken off. */
export async function vatOfYear(db: Db, companyId: string, year: number) {
  const { rows } = await sql<{ vatBasisPoints: number; baseCents: number; vatCents: number }>`
    select points as vat_basis_points, sum(base)::bigint as base_cents, sum(vat)::bigint as vat_cents
    from invoices, lateral ${ratesOf} rates
    where state = 'issued' and coalesce(company_id, ${companyId}) = ${companyId}
      and issued_on between make_date(${year}, 1, 1) and make_date(${year}, 12, 31)
    group by 1 order by 1 desc`.execute(db)
  return rows
}

/** What cites an invoice belongs to the plan of that one: a credit note takes off what the plan brought. */
export async function plansOfYear(db: Db, companyId: string, year: number) {
  const { rows } = await sql<{
    id: string | null
    plan: string | null
    exclCents: number
    documents: number
  }>`
    select plans.id, plans.name as plan, excl_cents, documents
    from (
      select ${planOf} as plan_id, sum(invoices.total_excl_cents)::bigint as excl_cents, count(*)::integer as documents
      from invoices
      where invoices.state = 'issued' and coalesce(invoices.company_id, ${companyId}) = ${companyId}
        and invoices.issued_on between make_date(${year}, 1, 1) and make_date(${year}, 12, 31)
      group by 1) summed
    left join plans on plans.id = plan_id
    order by excl_cents desc`.execute(db)
  return rows
}

/** What each document and each payment has left, now. */
export async function leftNow(db: Db, companyId: string) {
  const { rows } = await sql<{ outstandingCents: number; creditNotesCents: number; availableCents: number }>`
    select
      coalesce((select sum(total_incl_cents - paid_cents) from invoices where state = 'issued' and kind = 'invoice'
        and coalesce(company_id, ${companyId}) = ${companyId}), 0)::bigint as outstanding_cents,
      coalesce((select sum(paid_cents - total_incl_cents) from invoices where state = 'issued' and kind = 'credit_note'
        and coalesce(company_id, ${companyId}) = ${companyId}), 0)::bigint as credit_notes_cents,
      (coalesce((select sum(amount_cents) from payments where coalesce(company_id, ${companyId}) = ${companyId}), 0)
        - coalesce((select sum(allocated.amount_cents) from payment_allocations allocated join payments on payments.id = payment_id
            where coalesce(company_id, ${companyId}) = ${companyId}), 0))::bigint as available_cents`.execute(
    db,
  )
  return rows[0] ?? { outstandingCents: 0, creditNotesCents: 0, availableCents: 0 }
}

export async function yearsOfBooks(db: Db, companyId: string): Promise<number[]> {
  const { rows } = await sql<{ year: number }>`
    select distinct extract(year from day)::integer as year from (
      select min(issued_on) as day from invoices where state = 'issued' and coalesce(company_id, ${companyId}) = ${companyId}
      union all select max(issued_on) from invoices where state = 'issued' and coalesce(company_id, ${companyId}) = ${companyId}
      union all select min(received_on) from payments where coalesce(company_id, ${companyId}) = ${companyId}
      union all select max(received_on) from payments where coalesce(company_id, ${companyId}) = ${companyId}) edges
    where day is not null`.execute(db)
  const known = rows.map(({ year }) => year)
  if (known.length === 0) return []
  const first = Math.min(...known)
  return Array.from({ length: Math.max(...known) - first + 1 }, (_, index) => first + index).toReversed()
}
