/** Every statement about drafts. */
import type { ContentVat } from '#contract/billing'
import { inside, type Within } from '#server/access'
import { sql, type Tables } from '#platform/server/db.ts'

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

/** A document, draft or issued, as its tables say it. @param lock nobody else changes it until the transaction ends */
export async function documentRow(
  db: Db,
  id: string,
  { mine, lock = false }: { mine?: Within; lock?: boolean } = {},
) {
  let query = db
    .selectFrom('invoices as i')
    .innerJoin('clients as c', 'c.id', 'i.clientId')
    .leftJoin('invoices as o', 'o.id', 'i.originalId')
    .leftJoin('staffMembers as s', 's.id', 'i.updatedBy')
    .where('i.id', '=', id)
  if (mine) query = query.where(inside(mine, sql`c`))
  if (lock) query = query.forNoKeyUpdate('i')
  return query
    .select([
      ...columns,
      'c.firstName',
      'c.lastName',
      'c.email',
      'o.number as originalNumber',
      'o.issuedOn as originalIssuedOn',
      'o.typeCode as originalTypeCode',
      sql<string | null>`s.first_name || ' ' || s.last_name`.as('updatedByName'),
    ])
    .executeTakeFirst()
}

export type LineRow = Awaited<ReturnType<typeof lineRows>>[number]

export async function lineRows(db: Tables<'invoiceLines'>, invoiceId: string) {
  return db
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
      'exclCents',
    ])
    .execute()
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
      discount_cents, vat_category, vat_basis_points, vat_exemption, period_from, period_until)
    select ${invoiceId}::uuid, position, description, quantity, unit, "unitPriceCents", "discountBasisPoints", "discountCents",
      "vatCategory", "vatBasisPoints", "vatExemption", "periodFrom", "periodUntil"
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as line (position integer, description text, quantity numeric, unit text,
      "unitPriceCents" bigint, "discountBasisPoints" integer, "discountCents" bigint, "vatCategory" text, "vatBasisPoints" integer,
      "vatExemption" text, "periodFrom" date, "periodUntil" date)`.execute(db)
}

export async function updateDraft(
  db: Db,
  id: string,
  fields: StoredFields,
  { now, by }: { now: Date; by: string },
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
})

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

/** What issued credit notes took back of an invoice; amounts positive, as they are printed. */
export async function creditedOf(db: Tables<'invoices'>, originalId: string) {
  return db
    .selectFrom('invoices')
    .where('originalId', '=', originalId)
    .where('typeCode', '=', 381)
    .where('state', '=', 'issued')
    .select([
      sql<number>`coalesce(-sum(total_excl_cents), 0)::bigint`.as('exclCents'),
      sql<number>`coalesce(-sum(total_incl_cents), 0)::bigint`.as('inclCents'),
      sql<number>`count(*)`.as('count'),
    ])
    .executeTakeFirstOrThrow()
}

/** What issued documents say of VAT, by their frozen content: how much of each rate was invoiced, or taken back. */
export async function vatFrozen(
  db: Tables<'invoiceDocuments' | 'invoices'>,
  ids: { id: string } | { creditedOf: string },
) {
  let query = db
    .selectFrom('invoiceDocuments')
    .innerJoin('invoices', 'invoices.id', 'invoiceDocuments.invoiceId')
  query =
    'id' in ids
      ? query.where('invoices.id', '=', ids.id)
      : query.where('originalId', '=', ids.creditedOf).where('typeCode', '=', 381)
  const rows = await query.select(sql<ContentVat[]>`content::jsonb -> 'vat'`.as('vat')).execute()
  return rows.flatMap(({ vat }) => vat)
}

/** Whether a final invoice took this deposit into account already. */
export async function isDepositTaken(db: Tables<'invoices'>, depositId: string): Promise<boolean> {
  const row = await db
    .selectFrom('invoices')
    .where('originalId', '=', depositId)
    .where('typeCode', '=', 380)
    .where('state', '=', 'issued')
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function setNote(db: Tables<'invoices'>, id: string, note: string): Promise<void> {
  await db.updateTable('invoices').set({ internalNote: note }).where('id', '=', id).execute()
}
