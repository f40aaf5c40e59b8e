import type { DocumentKind, InvoiceState } from '#contract/billing'
import { inside, isLimited, type Within } from '#server/access'
import { sql, type Tables } from '#platform/server/db.ts'
import type { RawBuilder } from 'kysely'

/** Of clients only who they are: a list of invoices without names could not be read, sorted or searched. */
type Db = Tables<'invoices' | 'payments' | 'paymentAllocations' | 'creditAllocations' | 'clients'>
type Around = Tables<'invoices' | 'invoiceDocuments' | 'quotes' | 'creditAllocations'>

export type Filter = {
  state?: InvoiceState | undefined
  kind?: DocumentKind | undefined
  client?: string | undefined
  plan?: string | undefined
  rate?: number | undefined
  issuedIn?: string | undefined
  issuedUntil?: string | undefined
  q?: string | undefined
}

/** Beyond this many nobody counts or sums any more. */
export const countedUpTo = 100_000

const unpaid = sql<boolean>`invoices.state = 'issued' and invoices.kind = 'invoice'
  and invoices.paid_cents < (invoices.total_excl_cents + invoices.total_vat_cents)`

const creditedCents = sql<number>`(select coalesce(sum(amount_cents), 0)::bigint from credit_allocations
  where invoice_id = invoices.id)`

/** Few are paid by credit notes at all: only theirs are summed up. */
const credited = sql<boolean>`(invoices.id in (select invoice_id from credit_allocations)
  and ${creditedCents} >= invoices.total_incl_cents)`

/** Drafts have neither day nor number: they stand where the newest stand. */
const sortKeys = {
  issuedOn: { by: sql`coalesce(invoices.issued_on, 'infinity')`, type: sql`date` },
  dueOn: { by: sql`coalesce(invoices.due_on, 'infinity')`, type: sql`date` },
  number: { by: sql`coalesce(invoices.number, '~')`, type: sql`text` },
  total: { by: sql`invoices.total_incl_cents`, type: sql`bigint` },
} as const
export type SortKey = keyof typeof sortKeys

const summary = [
  'invoices.id',
  'invoices.kind',
  'invoices.state',
  'invoices.number',
  'invoices.issuedOn',
  'invoices.dueOn',
  'invoices.totalExclCents',
  'invoices.totalVatCents',
  'invoices.totalInclCents',
  'invoices.paidCents',
  'invoices.clientId',
  'clients.firstName',
  'clients.lastName',
  'clients.email',
] as const

/** Documents of one day stand as they are numbered, whenever each was begun; days are few enough rows to be put in order as they come. */
const numbered = sql`coalesce(invoices.number, '~')`

/** @param after the last row of the page before: its sort key as text, its number and its id */
export async function invoicesPage(
  db: Db,
  wanted: {
    filter: Filter
    mine: Within
    today: string
    key: SortKey
    descending: boolean
    after: { key: string; number: string; id: string } | undefined
    limit: number
  },
) {
  const { by, type } = sortKeys[wanted.key]
  const direction = wanted.descending ? 'desc' : 'asc'
  let query = db
    .selectFrom('invoices')
    .innerJoin('clients', 'clients.id', 'invoices.clientId')
    .where(matching(wanted.filter, wanted))
    .orderBy(by, direction)
    .orderBy(numbered, direction)
    .orderBy('invoices.id', direction)
    .limit(wanted.limit)
  if (wanted.after) {
    const beyond = wanted.descending ? sql`<` : sql`>`
    query = query.where(
      sql<boolean>`(${by}, ${numbered}, invoices.id) ${beyond}
        (${wanted.after.key}::${type}, ${wanted.after.number}::text, ${wanted.after.id}::uuid)`,
    )
  }
  return query
    .select([...summary, creditedCents.as('creditedCents'), sql<string>`(${by})::text`.as('sortKey')])
    .execute()
}

/**
 * How many there are and what they sum up to, of at most one more than is counted. A draft is nothing anybody was invoiced: it is
 * told apart, unless drafts alone are asked for.
 */
export async function sumsOf(db: Db, filter: Filter, about: { mine: Within; today: string }) {
  const isSummed = filter.state === 'draft' ? sql<boolean>`true` : sql<boolean>`invoices.state = 'issued'`
  const summed = (cents: RawBuilder<unknown>) => sql<number>`case when ${isSummed} then ${cents} else 0 end`
  const ofRate = (cents: string) =>
    sql`(select coalesce(sum(${sql.ref(cents)}), 0)::bigint from ${ratesOf} rates where points = ${filter.rate}::integer)`
  const [excl, vat] =
    filter.rate === undefined
      ? [sql`total_excl_cents`, sql`total_vat_cents`]
      : [ofRate('base'), ofRate('vat')]
  const counted = db
    .selectFrom('invoices')
    .where(matching(filter, about))
    .select([
      summed(excl).as('totalExclCents'),
      summed(vat).as('totalVatCents'),
      sql<number>`case when ${isSummed} then 0 else total_incl_cents end`.as('draftInclCents'),
      sql<number>`case when ${unpaid} then total_incl_cents - paid_cents else 0 end`.as('outstandingCents'),
    ])
    .limit(countedUpTo + 1)
  const sum = (column: string) => sql<number>`coalesce(sum(${sql.ref(column)}), 0)::bigint`
  return db
    .selectFrom(counted.as('counted'))
    .select([
      sql<number>`count(*)`.as('total'),
      sum('totalExclCents').as('exclCents'),
      sum('totalVatCents').as('vatCents'),
      sql<number>`coalesce(sum(total_excl_cents + total_vat_cents), 0)::bigint`.as('inclCents'),
      sum('outstandingCents').as('outstandingCents'),
      sum('draftInclCents').as('draftInclCents'),
    ])
    .executeTakeFirstOrThrow()
}

export async function invoiceById(db: Db, id: string, mine: Within) {
  return db
    .selectFrom('invoices')
    .innerJoin('clients', 'clients.id', 'invoices.clientId')
    .where('invoices.id', '=', id)
    .where(inside(mine, sql`clients`))
    .select([...summary, creditedCents.as('creditedCents'), 'invoices.createdAt'])
    .executeTakeFirst()
}

/** What stands around a document: what it came from, what cites it, and what credit pays. */
export async function aroundOf(db: Around, id: string) {
  const [origin, citedBy, credits] = await Promise.all([
    db
      .selectFrom('invoices')
      .leftJoin('invoiceDocuments', 'invoiceDocuments.invoiceId', 'invoices.id')
      .leftJoin('quotes', 'quotes.id', 'invoices.quoteId')
      .where('invoices.id', '=', id)
      .select([
        'invoices.quoteId',
        'quotes.number as quoteNumber',
        sql<boolean>`invoice_documents.invoice_id is not null`.as('isFrozen'),
      ])
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('invoices')
      .where('originalId', '=', id)
      .orderBy('createdAt')
      .orderBy('id')
      .select(['id', 'typeCode', 'number', 'totalInclCents as inclCents'])
      .execute(),
    db
      .selectFrom('creditAllocations as allocation')
      .innerJoin('invoices as other', (join) =>
        join.on(
          sql<boolean>`other.id = case when allocation.invoice_id = ${id}::uuid then allocation.credit_note_id
            else allocation.invoice_id end`,
        ),
      )
      .where((or) => or.or([or('allocation.invoiceId', '=', id), or('allocation.creditNoteId', '=', id)]))
      .orderBy('allocation.allocatedAt')
      .select(['other.id', 'other.number', 'allocation.amountCents'])
      .execute(),
  ])
  return { ...origin, citedBy, credits }
}

export async function paymentsOf(db: Db, invoiceId: string) {
  return db
    .selectFrom('paymentAllocations')
    .innerJoin('payments', 'payments.id', 'paymentAllocations.paymentId')
    .where('invoiceId', '=', invoiceId)
    .orderBy('receivedOn')
    .orderBy('payments.id')
    .select(['payments.id', 'receivedOn', 'method', 'paymentAllocations.amountCents'])
    .execute()
}

/**
 * What a document of `invoices` bears at each rate, `points`, below zero on a credit note: from what is frozen; of what was taken over
 * without it, from the lines.
 */
export const ratesOf = sql`(
  select (part ->> 'basisPoints')::integer as points, sign * (part ->> 'baseCents')::bigint as base, sign * (part ->> 'vatCents')::bigint as vat
  from invoice_documents frozen, jsonb_array_elements(frozen.content::jsonb -> 'vat') part,
    (select case invoices.kind when 'credit_note' then -1 else 1 end as sign) side
  where frozen.invoice_id = invoices.id
  union all
  select coalesce((select max(vat_basis_points) from invoice_lines where invoice_id = invoices.id), 2000), invoices.total_excl_cents,
    invoices.total_vat_cents
  where not exists (select from invoice_documents frozen where frozen.invoice_id = invoices.id))`

/**
 * The plan a document of `invoices`, or the one it cites, was made for, whatever the subscription changed to since; of what no
 * period tells of, the subscription's. Null: it is of none.
 */
export const planOf = sql`coalesce(
  (select period.plan_id from subscription_periods period where period.invoice_id = invoices.id limit 1),
  (select period.plan_id from subscription_periods period where period.invoice_id = invoices.original_id limit 1),
  (select subscribed.plan_id from subscriptions subscribed where subscribed.id = coalesce(invoices.subscription_id,
    (select cited.subscription_id from invoices cited where cited.id = invoices.original_id))))`

function matching(filter: Filter, { mine, today }: { mine: Within; today: string }): RawBuilder<boolean> {
  const { state, kind, client, plan, rate, issuedIn, issuedUntil, q } = filter
  const issuedDay = sortKeys.issuedOn.by
  const conditions: RawBuilder<unknown>[] = [sql`true`]
  if (isLimited(mine))
    conditions.push(
      sql`invoices.client_id in (select theirs.id from clients as theirs where ${inside(mine, sql`theirs`)})`,
    )
  if (state !== undefined) conditions.push(inState(state, today))
  if (kind !== undefined) conditions.push(sql`invoices.kind = ${kind}`)
  if (client !== undefined) conditions.push(sql`invoices.client_id = ${client}::uuid`)
  if (plan === 'none') conditions.push(sql`${planOf} is null`)
  else if (plan !== undefined) conditions.push(sql`${planOf} = ${plan}::uuid`)
  if (rate !== undefined)
    conditions.push(sql`exists (select from ${ratesOf} rates where points = ${rate}::integer)`)
  if (issuedIn !== undefined || issuedUntil !== undefined) conditions.push(sql`invoices.state = 'issued'`)
  if (issuedIn !== undefined) {
    const [first, span] =
      issuedIn.length === 4 ? [`${issuedIn}-01-01`, '1 year'] : [`${issuedIn}-01`, '1 month']
    conditions.push(
      sql`${issuedDay} >= ${first}::date and ${issuedDay} < (${first}::date + ${span}::interval)::date`,
    )
  }
  if (issuedUntil !== undefined) conditions.push(sql`${issuedDay} <= ${issuedUntil}::date`)
  if (q !== undefined && q !== '') conditions.push(saying(q))
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

function inState(state: InvoiceState, today: string): RawBuilder<unknown> {
  if (state === 'draft' || state === 'issued') return sql`invoices.state = ${state}`
  if (state === 'unpaid') return unpaid
  if (state === 'overdue') return sql`${unpaid} and invoices.due_on < ${today}::date`
  return sql`invoices.state = 'issued' and invoices.kind = 'invoice'
    and invoices.paid_cents >= (invoices.total_excl_cents + invoices.total_vat_cents)
    and ${state === 'credited' ? credited : sql`not ${credited}`}`
}

/**
 * The beginning of a number or, from three digits on, any part of it (people write F-2026-01036 as 1036); or words of who
 * the client is, accents and case forgiven. What LIKE would take for a pattern stands for itself; of such signs plain_text()
 * leaves the underscore. Two questions, each with an index of its own: joined by OR they could use neither.
 */
function saying(q: string): RawBuilder<unknown> {
  const cents = centsSaid(q)
  // What is issued has an index; drafts are few, and bear no day yet.
  if (cents !== undefined)
    return sql`invoices.id in (
      select issued.id from invoices as issued where issued.state = 'issued' and abs(issued.total_incl_cents) = ${cents}::bigint
      union all
      select draft.id from invoices as draft where draft.state = 'draft' and coalesce(draft.issued_on, 'infinity') = 'infinity'
        and abs(draft.total_incl_cents) = ${cents}::bigint)`
  const number = q
    .trim()
    .toUpperCase()
    .replaceAll(/[\\%_]/g, '\\$&')
  const anywhere = /^[\d-]*\d{3}[\d-]*$/.test(number) ? '%' : ''
  return sql`invoices.id in (
    select numbered.id from invoices as numbered where numbered.number like ${`${anywhere}${number}%`}
    union all
    select theirs.id from invoices as theirs where plain_text(${q}) <> '' and theirs.client_id in (
      select id from clients where clients.search_text like all (
        select '%' || word || '%' from unnest(string_to_array(replace(plain_text(${q}), '_', '\\_'), ' ')) as word)))`
}

/** « 1 193,23 € », as a statement or a letter has it: with cents, or it would be the digits of a number. */
function centsSaid(q: string): number | undefined {
  const written = /^[-−–]?((?:\d{1,3}(?:\s\d{3})+)|\d{1,12})[.,](\d{2})\s*€?$/u.exec(q.trim())
  return written ? Number(`${written[1]}${written[2]}`.replaceAll(/\s/gu, '')) : undefined
}
