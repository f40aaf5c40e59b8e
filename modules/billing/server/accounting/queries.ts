/** Every question the books are asked, besides the entries themselves (entries.ts). */
import { sql, type Tables } from '#platform/server/db.ts'

type Db = Tables<'invoices' | 'payments' | 'invoiceDocuments' | 'accountingClosings' | 'staffMembers'>

export type MonthTotals = {
  invoices: number
  creditNotes: number
  exclCents: number
  vatCents: number
  inclCents: number
  collectedCents: number
}

/** Months with a document or a payment, the first first. What was taken over bears no company and belongs to the main one. */
export async function totalsByMonth(db: Db, companyId: string): Promise<({ month: string } & MonthTotals)[]> {
  const { rows } = await sql<{ month: string } & MonthTotals>`
    with documents as (
      select date_trunc('month', issued_on::timestamp)::date as month, count(*) filter (where kind = 'invoice')::integer as invoices,
        count(*) filter (where kind = 'credit_note')::integer as credit_notes, sum(total_excl_cents)::bigint as excl_cents,
        sum(total_vat_cents)::bigint as vat_cents, sum(total_incl_cents)::bigint as incl_cents
      from invoices where state = 'issued' and coalesce(company_id, ${companyId}) = ${companyId} group by 1),
    money as (
      select date_trunc('month', received_on::timestamp)::date as month, sum(amount_cents)::bigint as collected_cents
      from payments where coalesce(company_id, ${companyId}) = ${companyId} group by 1)
    select to_char(coalesce(documents.month, money.month), 'YYYY-MM') as month, coalesce(invoices, 0) as invoices,
      coalesce(credit_notes, 0) as credit_notes, coalesce(excl_cents, 0) as excl_cents, coalesce(vat_cents, 0) as vat_cents,
      coalesce(incl_cents, 0) as incl_cents, coalesce(collected_cents, 0) as collected_cents
    from documents full join money on money.month = documents.month order by 1`.execute(db)
  return rows
}

export async function closingsOf(db: Db, companyId: string) {
  return db
    .selectFrom('accountingClosings')
    .leftJoin('staffMembers', 'staffMembers.id', 'closedBy')
    .where('companyId', '=', companyId)
    .orderBy('month')
    .select([
      sql<string>`to_char(month, 'YYYY-MM')`.as('month'),
      'totals',
      'previousSha256',
      'sha256',
      'closedAt',
      sql<string | null>`staff_members.first_name || ' ' || staff_members.last_name`.as('closedBy'),
    ])
    .execute()
}

const closings = (companyId: string) => sql`hashtextextended('accounting_closings ' || ${companyId}, 0)`

/** Whoever closes a month does so alone: after everybody who writes into an open one, and before whoever comes then. */
export async function holdClosings(db: Tables<'accountingClosings'>, companyId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${closings(companyId)})`.execute(db)
}

/**
 * Whoever numbers a document or writes a payment down asks which months are closed after this, in a statement of its own: none is
 * closed until the transaction ends. Held after the client's money.
 */
export async function keepMonthsOpen(db: Tables<'accountingClosings'>, companyId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${closings(companyId)})`.execute(db)
}

/** Once it is held. The database says when, as it does of allocations: which came first decides where an entry is booked. */
export async function insertClosing(
  db: Db,
  closing: {
    companyId: string
    month: string
    totals: unknown
    previousSha256: Buffer
    sha256: Buffer
    closedBy: string
  },
): Promise<void> {
  await db
    .insertInto('accountingClosings')
    .values({ ...closing, month: `${closing.month}-01`, totals: JSON.stringify(closing.totals) })
    .execute()
}

/** Where the chain of each series stands after the documents up to a day. */
export async function chainHeads(db: Db, companyId: string, until: string) {
  const { rows } = await sql<{ series: string; position: number; number: string; sha256: Buffer }>`
    select distinct on (series) series, position, number, sha256 from invoice_documents
    where company_id = ${companyId} and issued_on <= ${until}::date order by series, position desc`.execute(
    db,
  )
  return rows
}

/** In the order of their chains, a hundred at a time. */
export async function* documentsBetween(db: Db, span: { companyId: string; from: string; until: string }) {
  let after = { series: '', position: 0 }
  for (;;) {
    const rows = await db
      .selectFrom('invoiceDocuments')
      .where('companyId', '=', span.companyId)
      .where(sql<boolean>`issued_on between ${span.from}::date and ${span.until}::date`)
      .where(sql<boolean>`(series, position) > (${after.series}, ${after.position}::bigint)`)
      .orderBy('series')
      .orderBy('position')
      .limit(100)
      .select([
        'invoiceId',
        'series',
        'position',
        'number',
        'issuedOn',
        'content',
        'xml',
        'contentSha256',
        'xmlSha256',
        'previousSha256',
        'sha256',
      ])
      .execute()
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < 100) return
    after = { series: last.series, position: Number(last.position) }
  }
}

export async function documentCount(
  db: Db,
  span: { companyId: string; from: string; until: string },
): Promise<number> {
  const { count } = await db
    .selectFrom('invoiceDocuments')
    .where('companyId', '=', span.companyId)
    .where(sql<boolean>`issued_on between ${span.from}::date and ${span.until}::date`)
    .select(sql<number>`count(*)::integer`.as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** What the accounts say of a year, for the file to be held against: excluding VAT, credit notes taken off. */
export async function revenueBetween(
  db: Db,
  span: { companyId: string; from: string; until: string },
): Promise<number> {
  const { rows } = await sql<{ cents: number }>`
    select coalesce(sum(total_excl_cents), 0)::bigint as cents from invoices
    where state = 'issued' and coalesce(company_id, ${span.companyId}) = ${span.companyId}
      and issued_on between ${span.from}::date and ${span.until}::date`.execute(db)
  return rows[0]?.cents ?? 0
}

export async function hasEntries(
  db: Db,
  span: { companyId: string; from: string; until: string },
): Promise<boolean> {
  const { rows } = await sql<{ some: boolean }>`
    select exists (select from invoices where state = 'issued' and coalesce(company_id, ${span.companyId}) = ${span.companyId}
        and issued_on between ${span.from}::date and ${span.until}::date)
      or exists (select from payments where coalesce(company_id, ${span.companyId}) = ${span.companyId}
        and received_on between ${span.from}::date and ${span.until}::date) as some`.execute(db)
  return rows[0]?.some ?? false
}
