/** Every statement of finalising. */
import { sql, type CentralDb, type Tables } from '#platform/server/db.ts'
import { askKept, kept } from '#platform/server/kept-statements.ts'
import type { Series, SeriesKind } from './series.ts'

type Db = Tables<'invoiceSeries' | 'accountingClosings' | 'sepaMandates'>

export type SeriesNow = Series & { closedUntil: string | null }

/** @returns the series and the last day that is closed in the accounts, as they stand; nothing where none was begun */
export async function seriesNow(db: Db, companyId: string, kind: SeriesKind, lock = sql``) {
  const { rows } = await askKept(
    db,
    sql<SeriesNow>`
    select year, last_number as "lastNumber", last_issued_on as "lastIssuedOn", position, last_sha256 as "lastSha256",
      (select (max(month) + interval '1 month' - interval '1 day')::date from accounting_closings c where c.company_id = s.company_id) as "closedUntil"
    from invoice_series s where company_id = ${companyId}::uuid and kind = ${kind} ${lock}`,
  )
  return rows[0]
}

/** Where `issueNext` found none to number in: the series is begun if it was not, and from here to the commit it is ours. */
export async function holdSeries(db: Db, companyId: string, kind: SeriesKind) {
  const hold = () => seriesNow(db, companyId, kind, sql`for update`)
  const held = await hold()
  if (held) return held
  await db
    .insertInto('invoiceSeries')
    .values({ companyId, kind, year: 0 })
    .onConflict((known) => known.doNothing())
    .execute()
  const begun = await hold()
  if (!begun) throw new Error('the series that was just begun is not there')
  return begun
}

/** What a credit note takes back is paid by it, as far as it is still owed. @returns cents */
export async function settleByCredit(
  db: CentralDb,
  {
    creditNoteId,
    originalId,
    by,
    at,
  }: { creditNoteId: string; originalId: string; by: string | null; at: Date },
): Promise<number> {
  const { rows } = await sql<{ amountCents: number }>`
    insert into credit_allocations (credit_note_id, invoice_id, amount_cents, allocated_at, allocated_by)
    select note.id, original.id, least(-note.total_incl_cents, original.total_incl_cents - original.paid_cents), ${at}::timestamptz, ${by}::uuid
    from invoices note, invoices original
    where note.id = ${creditNoteId}::uuid and original.id = ${originalId}::uuid
      and least(-note.total_incl_cents, original.total_incl_cents - original.paid_cents) > 0
    returning amount_cents as "amountCents"`.execute(db)
  return rows[0]?.amountCents ?? 0
}

export async function tellCredited(
  db: Tables<'invoiceEvents'>,
  event: { invoiceId: string; at: Date; by: string | null; data: Record<string, unknown> },
): Promise<void> {
  const { invoiceId, at, by, data } = event
  await db
    .insertInto('invoiceEvents')
    .values({ invoiceId, at, kind: 'credited', byStaffId: by, data: JSON.stringify(data) })
    .execute()
}

export async function mandateOf(db: Tables<'sepaMandates'>, companyId: string, clientId: string) {
  const row = await kept(
    db
      .selectFrom('sepaMandates')
      .where('companyId', '=', companyId)
      .where('clientId', '=', clientId)
      .where('state', '=', 'active')
      .select(['reference', 'ibanEnding']),
  ).executeTakeFirst()
  return row ?? null
}

export async function eventsOf(db: Tables<'invoiceEvents' | 'staffMembers'>, invoiceId: string) {
  return db
    .selectFrom('invoiceEvents as e')
    .leftJoin('staffMembers as s', 's.id', 'e.byStaffId')
    .where('e.invoiceId', '=', invoiceId)
    .orderBy('e.at')
    .orderBy('e.id')
    .select([
      'e.id',
      'e.at',
      'e.kind',
      'e.code',
      'e.data',
      sql<string>`coalesce(s.first_name || ' ' || s.last_name, '')`.as('by'),
    ])
    .execute()
}
