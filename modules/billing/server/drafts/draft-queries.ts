/** Every statement about drafts. */
import type { VatCategory } from '#contract/billing'
import { inside, isLimited, type Within } from '#server/access'
import { sql, type CentralDb, type Tables } from '#platform/server/db.ts'
import { kept } from '#platform/server/kept-statements.ts'
import type { Left, RateLeft } from './rates-left.ts'

type Db = Tables<'invoices' | 'invoiceLines' | 'clients' | 'staffMembers' | 'invoiceSeries'>

const columns = [
  'i.id',
  'i.clientId',
  'i.companyId',
  'i.kind',
  'i.typeCode',
  'i.state',
  'i.number',
  'i.issuedOn',
  'i.totalExclCents',
  'i.totalVatCents',
  'i.totalInclCents',
  'i.paidCents',
  'i.originalId',
  'i.quoteId',
  'i.subscriptionId',
  'i.wantedOn',
  'i.suppliedOn',
  'i.periodFrom',
  'i.periodUntil',
  'i.paymentDays',
  'i.paymentMeans',
  'i.discountBasisPoints',
  'i.discountCents',
  'i.discountLabel',
  'i.orderReference',
  'i.note',
  'i.internalNote',
  'i.origin',
  'i.held',
  'i.revision',
  'i.createdAt',
  'i.updatedAt',
] as const

export type DocumentRow = NonNullable<Awaited<ReturnType<typeof documentRow>>>

/**
 * A document, draft or issued, as its tables say it.
 * @param lock nobody else changes it until the transaction ends; `lines`: nor adds a line to it
 */
export async function documentRow(
  db: Db,
  id: string,
  { mine, lock = false }: { mine?: Within; lock?: boolean | 'lines' } = {},
) {
  let query = db
    .selectFrom('invoices as i')
    .innerJoin('clients as c', 'c.id', 'i.clientId')
    .leftJoin('invoices as o', 'o.id', 'i.originalId')
    .leftJoin('staffMembers as s', 's.id', 'i.updatedBy')
    .where('i.id', '=', id)
  if (mine) query = query.where(inside(mine, sql`c`))
  if (lock === 'lines') query = query.forUpdate('i')
  else if (lock) query = query.forNoKeyUpdate('i')
  const asked = query.select([
    ...columns,
    'c.firstName',
    'c.lastName',
    'c.email',
    'o.number as originalNumber',
    'o.issuedOn as originalIssuedOn',
    'o.typeCode as originalTypeCode',
    sql<string | null>`s.first_name || ' ' || s.last_name`.as('updatedByName'),
  ])
  // Limits make many texts of it.
  return (mine && isLimited(mine) ? asked : kept(asked)).executeTakeFirst()
}

export type LineRow = Awaited<ReturnType<typeof lineRows>>[number]

export async function lineRows(db: Tables<'invoiceLines'>, invoiceId: string) {
  return kept(
    db
      .selectFrom('invoiceLines')
      .where('invoiceId', '=', invoiceId)
      .orderBy('position')
      .select([
        'position',
        'description',
        // As it is written: '1', not '1.000'.
        sql<string>`trim_scale(quantity)::text`.as('quantity'),
        'unit',
        'unitPriceCents',
        'discountBasisPoints',
        'discountCents',
        'vatCategory',
        'vatBasisPoints',
        'vatExemption',
        'periodFrom',
        'periodUntil',
        'depositId',
        'exclCents',
      ]),
  ).execute()
}

/** Columns as `storedFields` makes them. */
export type StoredFields = {
  wantedOn: string | null
  suppliedOn: string | null
  periodFrom: string | null
  periodUntil: string | null
  paymentDays: number | null
  paymentMeans: string | null
  discountBasisPoints: number
  discountCents: number
  discountLabel: string
  orderReference: string
  note: string
  totalExclCents: number
  totalVatCents: number
}
export type StoredLine = Omit<LineRow, 'exclCents'>

export type NewDraft = StoredFields & {
  id: string
  clientId: string
  companyId: string
  kind: string
  typeCode: number
  originalId: string | null
  quoteId: string | null
  subscriptionId: string | null
  origin: string
  held: boolean
  createdAt: Date
  createdBy: string | null
}

export async function insertDraft(db: Db, draft: NewDraft): Promise<void> {
  await db
    .insertInto('invoices')
    .values({ ...draft, updatedAt: draft.createdAt, updatedBy: draft.createdBy })
    .execute()
}

/** Puts lines down in one statement, however many. */
export async function insertLines(db: Db, invoiceId: string, lines: readonly StoredLine[]): Promise<void> {
  if (lines.length === 0) return
  await sql`insert into invoice_lines (invoice_id, position, description, quantity, unit, unit_price_cents, discount_basis_points,
      discount_cents, vat_category, vat_basis_points, vat_exemption, period_from, period_until, deposit_id)
    select ${invoiceId}::uuid, position, description, quantity, unit, "unitPriceCents", "discountBasisPoints", "discountCents",
      "vatCategory", "vatBasisPoints", "vatExemption", "periodFrom", "periodUntil", "depositId"
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as line (position integer, description text, quantity numeric, unit text,
      "unitPriceCents" bigint, "discountBasisPoints" integer, "discountCents" bigint, "vatCategory" text, "vatBasisPoints" integer,
      "vatExemption" text, "periodFrom" date, "periodUntil" date, "depositId" uuid)`.execute(db)
}

export async function updateDraft(
  db: Db,
  id: string,
  fields: StoredFields,
  { now, by }: { now: Date; by: string | null },
): Promise<void> {
  await db
    .updateTable('invoices')
    .set({ ...fields, revision: sql<number>`revision + 1`, updatedAt: now, updatedBy: by })
    .where('id', '=', id)
    .execute()
}

/** Writes only what differs: who types in one line of a thousand writes one. */
export async function replaceLines(db: Db, invoiceId: string, lines: readonly StoredLine[]): Promise<void> {
  const stood = new Map(
    (await lineRows(db, invoiceId)).map((line) => [line.position, JSON.stringify(ordered(line))]),
  )
  const changed = lines.filter((line) => stood.get(line.position) !== JSON.stringify(ordered(line)))
  const gone = [...stood.keys()].filter((position) => position > lines.length)
  const away = [...gone, ...changed.map(({ position }) => position)]
  if (away.length > 0)
    await db
      .deleteFrom('invoiceLines')
      .where('invoiceId', '=', invoiceId)
      .where('position', 'in', away)
      .execute()
  await insertLines(db, invoiceId, changed)
}

/** In the order in which `lineRows` names its columns. */
const ordered = (line: StoredLine): StoredLine => ({
  position: line.position,
  description: line.description,
  quantity: line.quantity,
  unit: line.unit,
  unitPriceCents: line.unitPriceCents,
  discountBasisPoints: line.discountBasisPoints,
  discountCents: line.discountCents,
  vatCategory: line.vatCategory,
  vatBasisPoints: line.vatBasisPoints,
  vatExemption: line.vatExemption,
  periodFrom: line.periodFrom,
  periodUntil: line.periodUntil,
  depositId: line.depositId,
})

/** Whoever changes the subscription that a document is of waits, or is waited for. */
export async function holdSubscriptionOf(db: CentralDb, invoiceId: string): Promise<void> {
  await sql`select from subscriptions where id in (
      select subscription_id from subscription_periods where invoice_id = ${invoiceId}::uuid
      union select subscription_id from invoices where id = ${invoiceId}::uuid)
    order by next_period_on, id for no key update`.execute(db)
}

/** Of a period whose draft is discarded nothing is asked, nor goes back: changes within it cost nothing either. */
export async function forgetDays(db: CentralDb, invoiceId: string): Promise<void> {
  await sql`with forgotten as (
      update subscription_periods set lines = null where invoice_id = ${invoiceId}::uuid returning subscription_id, starts_on)
    delete from subscription_extras extra using forgotten where extra.subscription_id = forgotten.subscription_id
      and extra.invoice_id is null and proration ->> 'from' = starts_on::text`.execute(db)
}

/**
 * Days that went back by one credit note when somebody paused are theirs again once it is discarded: they come first when they come
 * back. They cost what their document asks for: what changes had left waiting was weighed against the credit note.
 */
export async function reopenDays(db: CentralDb, creditNoteId: string): Promise<void> {
  await sql`with note as (
      select s.id as subscription_id, paused_on, note.original_id, coalesce((data -> 'deleted' ->> 'planId')::uuid, s.plan_id) as plan_id,
        (data -> 'deleted' ->> 'usedCoupon')::uuid as used_coupon
      from invoices note join subscriptions s on s.id = note.subscription_id
      cross join lateral (
        select data from subscription_events where subscription_id = s.id and kind = 'paused' order by at desc, id desc limit 1) pause
      where note.id = ${creditNoteId}::uuid and s.is_current and s.status = 'paused'
        and data -> 'creditNoteIds' = jsonb_build_array(note.id) and not data ? 'invoiceId'),
    reopened as (
      update subscription_periods period set given_back_from = null, lines = null from note
      where period.subscription_id = note.subscription_id and given_back_from = paused_on),
    -- One that went back on its first day was deleted, and gave its use of a coupon back.
    restored as (
      insert into subscription_periods (subscription_id, starts_on, ends_on, plan_id, invoice_id, used_coupon)
      select note.subscription_id, period_from, period_until + 1, plan_id, invoices.id, used_coupon
      from note join invoices on invoices.id = note.original_id where period_from = paused_on returning subscription_id, used_coupon)
    update subscription_coupons used set periods_left = periods_left - 1 from restored
    where used.subscription_id = restored.subscription_id and coupon_id = restored.used_coupon and periods_left > 0`.execute(
    db,
  )
}

/** What a renewal had put on it waits again, or is told to have been dropped. */
export async function deleteDraft(
  db: Tables<'invoices' | 'subscriptionPeriods' | 'subscriptionExtras'>,
  id: string,
): Promise<void> {
  await db.updateTable('subscriptionExtras').set({ invoiceId: null }).where('invoiceId', '=', id).execute()
  await db
    .updateTable('subscriptionPeriods')
    .set({ invoiceId: null, why: 'draft_discarded' })
    .where('invoiceId', '=', id)
    .execute()
  await db.deleteFrom('invoices').where('id', '=', id).where('state', '=', 'draft').execute()
}

/** Of an issued document; nothing of a draft. */
export async function leftOf(db: CentralDb, id: string): Promise<Left> {
  const { rows } = await sql<RateLeft & { creditNotes: number }>`
    select rates.*, (select count(*)::integer from invoices where original_id = ${id}::uuid and type_code = 381 and state = 'issued') as credit_notes
    from rates_left(${id}::uuid) rates`.execute(db)
  return { rates: rows, creditNotes: rows[0]?.creditNotes ?? 0 }
}

export type HeldDeposit = {
  depositId: string
  number: string
  issuedOn: string
  vatCategory: VatCategory
  vatBasisPoints: number
  exclCents: number
}

/** What a final invoice took of deposits, less what its credit notes gave back. */
export async function depositsHeldBy(db: CentralDb, finalId: string): Promise<HeldDeposit[]> {
  const { rows } = await sql<HeldDeposit>`
    select deposit_id, deposit.number, deposit.issued_on, vat_category, vat_basis_points, sum(excl_cents)::bigint as excl_cents
    from deposits_taken
    join invoices document on document.id = document_id
    join invoices deposit on deposit.id = deposit_id
    where document.id = ${finalId}::uuid or (document.original_id = ${finalId}::uuid and document.type_code = 381)
    group by deposit_id, deposit.number, deposit.issued_on, vat_category, vat_basis_points having sum(excl_cents) <> 0
    order by deposit.issued_on, deposit.number, vat_basis_points desc, vat_category`.execute(db)
  return rows
}

/** Those of some documents that are deposit invoices this client was issued, in the order of their days. */
export async function depositsOfClient(
  db: Tables<'invoices'>,
  clientId: string,
  ids: readonly string[],
): Promise<{ id: string; companyId: string | null; number: string; issuedOn: string }[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('invoices')
    .where('id', 'in', ids)
    .where('clientId', '=', clientId)
    .where('typeCode', '=', 386)
    .where('state', '=', 'issued')
    .orderBy('issuedOn')
    .orderBy('number')
    .select(['id', 'companyId', 'number', 'issuedOn'])
    .execute()
  // What is issued bears both.
  return rows.map(({ number, issuedOn, ...rest }) => ({
    ...rest,
    number: number ?? '',
    issuedOn: issuedOn ?? '',
  }))
}

/** The corrective invoice of an invoice, be it a draft. */
export async function correctionOf(db: Tables<'invoices'>, originalId: string) {
  return db
    .selectFrom('invoices')
    .where('originalId', '=', originalId)
    .where('typeCode', '=', 384)
    .select(['id', 'number'])
    .executeTakeFirst()
}

export async function setNote(db: Tables<'invoices'>, id: string, note: string): Promise<void> {
  await db.updateTable('invoices').set({ internalNote: note }).where('id', '=', id).execute()
}
