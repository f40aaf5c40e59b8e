/** Every statement about quotes. */
import type { QuoteContent, QuoteFields, QuoteState } from '#contract/billing'
import { inside, isLimited, type Within } from '#server/access'
import { sql, type Tables } from '#platform/server/db.ts'
import type { RawBuilder } from 'kysely'

type Db = Tables<'quotes' | 'clients' | 'invoices' | 'invoiceLines' | 'invoiceSeries'>

/** What is kept of a quote: its fields as they were typed, and from its number on what it says as a whole. */
export type KeptQuote = Omit<QuoteFields, 'validUntil'> & { frozen?: QuoteContent }

const summary = [
  'quotes.id',
  'quotes.state',
  'quotes.number',
  'quotes.issuedOn',
  'quotes.validUntil',
  'quotes.clientId',
  'quotes.totalExclCents',
  'quotes.totalInclCents',
  'quotes.createdAt',
  'clients.firstName',
  'clients.lastName',
  'clients.email',
] as const

export type Wanted = {
  filter: { state?: QuoteState | undefined; client?: string | undefined; q?: string | undefined }
  mine: Within
  today: string
}

export const quotesPage = (
  db: Db,
  wanted: Wanted & { after: { at: string; id: string } | undefined; limit: number },
) =>
  db
    .selectFrom('quotes')
    .innerJoin('clients', 'clients.id', 'quotes.clientId')
    .where(matching(wanted))
    .where(
      wanted.after
        ? sql<boolean>`(quotes.created_at, quotes.id) < (${wanted.after.at}::timestamptz, ${wanted.after.id}::uuid)`
        : sql<boolean>`true`,
    )
    .orderBy('quotes.createdAt', 'desc')
    .orderBy('quotes.id', 'desc')
    .limit(wanted.limit)
    // An instant in JavaScript has no microseconds: the place would come before its own row.
    .select([...summary, sql<string>`quotes.created_at::text`.as('place')])
    .execute()

export const sumsOfQuotes = (db: Db, wanted: Wanted) =>
  db
    .selectFrom('quotes')
    .innerJoin('clients', 'clients.id', 'quotes.clientId')
    .where(matching(wanted))
    .select([
      sql<number>`count(*)`.as('total'),
      sql<number>`coalesce(sum(quotes.total_excl_cents), 0)::bigint`.as('exclCents'),
      sql<number>`coalesce(sum(quotes.total_incl_cents), 0)::bigint`.as('inclCents'),
    ])
    .executeTakeFirstOrThrow()

export const quoteById = (db: Db, id: string, mine: Within) =>
  db
    .selectFrom('quotes')
    .innerJoin('clients', 'clients.id', 'quotes.clientId')
    .where('quotes.id', '=', id)
    .where(inside(mine, sql`clients`))
    .select([
      ...summary,
      'quotes.companyId',
      'quotes.content',
      'quotes.decidedAt',
      'quotes.revision',
      'quotes.updatedAt',
    ])
    .executeTakeFirst()

/** Whoever changes it holds it until the transaction ends. */
export const lockQuote = (db: Db, id: string) =>
  db
    .selectFrom('quotes')
    .where('id', '=', id)
    .forUpdate()
    .select(['id', 'state', 'revision', 'clientId', 'companyId'])
    .executeTakeFirst()

/** What became of it. */
export const documentsOf = (db: Db, quoteId: string) =>
  db
    .selectFrom('invoices')
    .where('quoteId', '=', quoteId)
    .orderBy('createdAt')
    .orderBy('id')
    .select(['id', 'typeCode', 'number', 'totalInclCents as inclCents'])
    .execute()

/** Its deposit invoices, in the order of their days; drafts, which bear no number, come last. */
export const depositsOf = (db: Db, quoteId: string) =>
  db
    .selectFrom('invoices')
    .where('quoteId', '=', quoteId)
    .where('typeCode', '=', 386)
    .orderBy(sql`issued_on nulls last`)
    .orderBy('id')
    .select(['id', 'number', 'issuedOn', 'totalExclCents'])
    .execute()

/** @returns the invoice that was made of it, or the corrective one, unless credit notes took back all of it, be it nothing */
export async function isInvoiced(db: Db, quoteId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select document.id from invoices document
    where document.quote_id = ${quoteId}::uuid and document.type_code in (380, 384) and (document.state = 'draft'
      or not exists (select from invoices note where note.original_id = document.id and note.type_code = 381 and note.state = 'issued')
      or exists (select from rates_left(document.id) where asked_cents <> credited_cents))
    limit 1`.execute(db)
  return rows[0]?.id
}

export const insertQuote = (
  db: Db,
  quote: {
    companyId: string
    clientId: string
    validUntil: string | null
    content: KeptQuote
    exclCents: number
    inclCents: number
    by: string
    at: Date
  },
): Promise<string> =>
  db
    .insertInto('quotes')
    .values({
      companyId: quote.companyId,
      clientId: quote.clientId,
      validUntil: quote.validUntil,
      content: JSON.stringify(quote.content),
      totalExclCents: quote.exclCents,
      totalInclCents: quote.inclCents,
      createdBy: quote.by,
      createdAt: quote.at,
      updatedAt: quote.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
    .then(({ id }) => id)

/** One that stood long before anybody wrote it down. */
export async function insertPastQuote(
  db: Db,
  {
    by,
    at,
    content,
    exclCents,
    inclCents,
    ...quote
  }: {
    id: string
    companyId: string
    clientId: string
    state: string
    number: string | null
    issuedOn: string | null
    validUntil: string | null
    decidedAt: Date | null
    content: KeptQuote
    exclCents: number
    inclCents: number
    by: string
    at: Date
  },
): Promise<void> {
  await db
    .insertInto('quotes')
    .values({
      ...quote,
      content: JSON.stringify(content),
      totalExclCents: exclCents,
      totalInclCents: inclCents,
      createdBy: by,
      createdAt: at,
      updatedAt: quote.decidedAt ?? at,
    })
    .execute()
}

type Change = {
  validUntil?: string | null
  content?: KeptQuote
  totalExclCents?: number
  totalInclCents?: number
  state?: string
  number?: string
  issuedOn?: string
  decidedAt?: Date
}

export async function changeQuote(
  db: Db,
  id: string,
  { content, ...change }: Change,
  at: Date,
): Promise<number> {
  const { revision } = await db
    .updateTable('quotes')
    .set({
      ...change,
      ...(content && { content: JSON.stringify(content) }),
      updatedAt: at,
      revision: sql<number>`revision + 1`,
    })
    .where('id', '=', id)
    .returning('revision')
    .executeTakeFirstOrThrow()
  return revision
}

export async function deleteQuote(db: Db, id: string): Promise<void> {
  await db.deleteFrom('quotes').where('id', '=', id).execute()
}

/** Somebody who may be offered something, or invoiced: neither in the trash nor excluded. */
export async function isBillable(db: Db, clientId: string): Promise<boolean> {
  const row = await db
    .selectFrom('clients')
    .where('id', '=', clientId)
    .where('trashedAt', 'is', null)
    .where('status', '<>', 'excluded')
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}

/**
 * The next number of a year. Numbers follow the days here too: where a clock was turned back, the day is that of the last one.
 * Whoever asks meanwhile waits for this transaction's end.
 */
export const nextNumber = (db: Db, companyId: string, today: string) =>
  db
    .insertInto('invoiceSeries')
    .values({
      companyId,
      kind: 'quote',
      year: Number(today.slice(0, 4)),
      lastNumber: 1,
      lastIssuedOn: today,
      position: 1,
    })
    .onConflict((conflict) =>
      conflict.columns(['companyId', 'kind']).doUpdateSet({
        year: sql<number>`greatest(invoice_series.year, excluded.year)`,
        lastNumber: sql<number>`case when excluded.year > invoice_series.year then 1 else invoice_series.last_number + 1 end`,
        lastIssuedOn: sql<string>`greatest(invoice_series.last_issued_on, excluded.last_issued_on)`,
        position: sql<number>`invoice_series.position + 1`,
      }),
    )
    .returning(['year', 'lastNumber', sql<string>`last_issued_on::text`.as('issuedOn')])
    .executeTakeFirstOrThrow()

function matching({ filter: { state, client, q }, mine, today }: Wanted): RawBuilder<boolean> {
  const conditions: RawBuilder<unknown>[] = [sql`true`]
  if (isLimited(mine)) conditions.push(inside(mine, sql`clients`))
  if (state !== undefined) conditions.push(inState(state, today))
  if (client !== undefined) conditions.push(sql`quotes.client_id = ${client}::uuid`)
  if (q !== undefined && q !== '') conditions.push(saying(q))
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

function inState(state: QuoteState, today: string): RawBuilder<unknown> {
  const isOver = sql`quotes.valid_until < ${today}::date`
  if (state === 'expired') return sql`quotes.state = 'sent' and ${isOver}`
  if (state === 'sent') return sql`quotes.state = 'sent' and not ${isOver}`
  return sql`quotes.state = ${state}`
}

/** As invoices are searched: the beginning of a number, from three digits on any part of it, or words of who the client is. */
function saying(q: string): RawBuilder<unknown> {
  const number = q
    .trim()
    .toUpperCase()
    .replaceAll(/[\\%_]/g, '\\$&')
  const anywhere = /^[\d-]*\d{3}[\d-]*$/.test(number) ? '%' : ''
  return sql`(quotes.number like ${`${anywhere}${number}%`} or plain_text(${q}) <> '' and clients.search_text like all (
    select '%' || word || '%' from unnest(string_to_array(replace(plain_text(${q}), '_', '\\_'), ' ')) as word))`
}
