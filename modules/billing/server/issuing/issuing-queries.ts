/** Every statement of finalising. */
import type { InvoiceContent } from '#contract/billing'
import { sql, type CentralDb, type Tables } from '#platform/server/db.ts'
import { askKept, kept } from '#platform/server/kept-statements.ts'
import type { Frozen } from './freezing.ts'
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

/** From here to the commit nobody else numbers in this series: it is asked for last, and held shortly. */
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

export type Issue = {
  invoiceId: string
  companyId: string
  series: SeriesKind
  position: number
  count: number
  year: number
  content: InvoiceContent
  frozen: Frozen
  wanted: 'now' | 'on_demand'
  at: Date
  byStaffId: string | null
}

/** Number, frozen document, the series' new end and the event of it: one statement, since the series is held meanwhile. */
export async function writeIssue(db: CentralDb, issue: Issue): Promise<void> {
  const { invoiceId, companyId, series, position, count, year, content, frozen } = issue
  const sign = content.typeCode === 381 ? -1 : 1
  await askKept(
    db,
    sql`
    with moved as (
      update invoice_series set year = ${year}, last_number = ${count}, last_issued_on = ${content.issuedOn}::date,
        position = ${position}, last_sha256 = ${frozen.sha256}
      where company_id = ${companyId}::uuid and kind = ${series}),
    numbered as (
      update invoices set state = 'issued', company_id = ${companyId}::uuid, number = ${content.number}, issued_on = ${content.issuedOn}::date,
        due_on = ${content.dueOn}::date, total_excl_cents = ${sign * content.totals.exclCents}::bigint,
        total_vat_cents = ${sign * content.totals.vatCents}::bigint, held = false, updated_at = ${issue.at}::timestamptz,
        updated_by = coalesce(${issue.byStaffId}::uuid, updated_by)
      where id = ${invoiceId}::uuid),
    told as (
      insert into invoice_events (invoice_id, at, kind, by_staff_id, data)
      values (${invoiceId}::uuid, ${issue.at}::timestamptz, 'finalised', ${issue.byStaffId}::uuid,
        ${JSON.stringify({ number: content.number, sha256: frozen.sha256.toString('hex') })}::jsonb))
    insert into invoice_documents (invoice_id, company_id, series, position, number, issued_on, content, xml, content_sha256, xml_sha256,
      previous_sha256, sha256, layout, wanted, finalised_at, finalised_by)
    values (${invoiceId}::uuid, ${companyId}::uuid, ${series}, ${position}, ${content.number}, ${content.issuedOn}::date, ${frozen.content},
      ${frozen.xml}, ${frozen.contentSha256}, ${frozen.xmlSha256}, ${frozen.previousSha256}, ${frozen.sha256}, ${content.layout},
      ${issue.wanted}, ${issue.at}::timestamptz, ${issue.byStaffId}::uuid)`,
  )
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
