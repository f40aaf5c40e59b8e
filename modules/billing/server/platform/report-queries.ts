/** Sales outside the invoices between professionals in France, and what was paid for them: from what is frozen. */
import type { Selectable } from 'kysely'
import { sql, type CentralDb, type Database, type Tables } from '#platform/server/db.ts'

type Days = { from: string; until: string }
type Span = Days & { companyId: string }

/** Private persons, in France and abroad: a day, kind and rate each. Credit notes are taken off. */
export async function salesOf(db: Tables<'invoiceDocuments'>, { companyId, from, until }: Span) {
  const { rows } = await sql<{
    day: string
    category: 'TLB1' | 'TPS1' | 'TMA1' | 'TNT1'
    transactions: number
    basisPoints: number
    exclCents: number
    vatCents: number
  }>`
    with documents as (
      select invoice_id, issued_on, content::jsonb as content, case content::jsonb ->> 'typeCode' when '381' then -1 else 1 end as sign
      from invoice_documents
      where company_id = ${companyId} and issued_on between ${from} and ${until}
        and content::jsonb -> 'buyer' ->> 'audience' = 'private'),
    parts as (
      select invoice_id, issued_on, sign, (part ->> 'basisPoints')::integer as points, (part ->> 'baseCents')::bigint as base,
        (part ->> 'vatCents')::bigint as vat,
        case when part ->> 'category' in ('O', 'K', 'G') then 'TNT1'
          else case left(content ->> 'frame', 1) when 'B' then 'TLB1' when 'M' then 'TMA1' else 'TPS1' end end as category
      from documents, jsonb_array_elements(content -> 'vat') part),
    counted as (
      select issued_on, category, count(distinct invoice_id)::integer as transactions from parts group by 1, 2)
    select parts.issued_on as day, category, transactions, points as basis_points, sum(sign * base)::bigint as excl_cents, sum(sign * vat)::bigint as vat_cents
    from parts join counted using (issued_on, category)
    group by 1, 2, 3, 4 order by 1, 2, 4 desc`.execute(db)
  return rows
}

/** To professionals abroad: each by itself. */
export async function invoicesAbroad(db: Tables<'invoiceDocuments'>, { companyId, from, until }: Span) {
  const { rows } = await sql<{
    invoiceId: string
    number: string
    issuedOn: string
    typeCode: number
    country: string
    buyerVatNumber: string | null
    exclCents: number
    vatCents: number
  }>`
    select invoice_id, number, issued_on, (content ->> 'typeCode')::integer as type_code, content -> 'buyer' -> 'address' ->> 'country' as country,
      content -> 'buyer' ->> 'vatNumber' as buyer_vat_number, (content -> 'totals' ->> 'exclCents')::bigint as excl_cents,
      (content -> 'totals' ->> 'vatCents')::bigint as vat_cents
    from (select invoice_id, number, issued_on, content::jsonb as content from invoice_documents
      where company_id = ${companyId} and issued_on between ${from} and ${until}) documents
    where content -> 'buyer' ->> 'audience' = 'business' and content -> 'buyer' -> 'address' ->> 'country' <> 'FR'
    order by issued_on, number`.execute(db)
  return rows
}

/**
 * Invoices for services whose VAT falls due when they are paid, and what gave or took them money within some days; with « débits » it
 * fell due before, and nothing is reported.
 */
export async function invoicesPaid(db: CentralDb, companyId: string, spans: readonly Days[]) {
  const { rows } = await sql<{ id: string }>`
    with spans as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(spans)}::jsonb) as span ("from" date, until date)),
    moved as (
      select coalesce(case document.type_code when 381 then document.original_id end, document.id) as id
      from payments join payment_allocations allocated on allocated.payment_id = payments.id join invoices document on document.id = invoice_id
      where exists (select from spans where payments.received_on between "from" and until)
      union
      select unnest(array[invoice_id, note.original_id]) from credit_allocations join invoices note on note.id = credit_note_id
      where note.original_id is distinct from invoice_id
        and exists (select from spans where (allocated_at at time zone 'Europe/Paris')::date between "from" and until))
    select id from moved join invoice_documents documents on documents.invoice_id = id
    where documents.company_id = ${companyId} and left(documents.content::jsonb ->> 'frame', 1) <> 'B'
      and not documents.content::jsonb -> 'mentions' @> '[{"code":"TXD"}]'
      and (documents.content::jsonb -> 'buyer' ->> 'audience' = 'private' or documents.content::jsonb -> 'buyer' -> 'address' ->> 'country' <> 'FR')`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/** Reports of payments that were handed over and not rejected, with what they told; those of later days too, which may have told of earlier ones. */
export async function reportedPayments(db: Tables<'platformDeposits'>, companyId: string) {
  const { rows } = await sql<{
    from: string
    until: string
    payments: { day: string; rates: { basisPoints: number; amountCents: number }[] }[]
  }>`
    select period_from as "from", period_until as until, content::jsonb -> 'payments' as payments from platform_deposits
    where flow = 'report' and company_id = ${companyId} and state <> 'rejected' and content::jsonb -> 'payments' <> 'null'::jsonb`.execute(
    db,
  )
  return rows
}

/** Those of periods that end within the days; of one period the one that counts first. */
export const reportsBetween = (
  db: Tables<'platformDeposits'>,
  { companyId, from, until }: Span,
): Promise<Selectable<Database['platformDeposits']>[]> =>
  db
    .selectFrom('platformDeposits')
    .where('flow', '=', 'report')
    .where('companyId', '=', companyId)
    .where('periodUntil', '>=', from)
    .where('periodFrom', '<=', until)
    .orderBy(sql`state = 'rejected'`)
    .orderBy('createdAt', 'desc')
    .selectAll()
    .execute()
