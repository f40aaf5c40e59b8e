/** Every statement that reads payments. */
import { inside, isLimited, type Within } from '#server/access'
import { sql, type CentralDb } from '#platform/server/db.ts'
import type { RawBuilder } from 'kysely'
import { allocated, available, takenBack } from './queries.ts'

export type PaymentFilter = {
  id?: string | undefined
  client?: string | undefined
  source?: string | undefined
  method?: string | undefined
  state?: 'available' | 'taken_back' | undefined
  from?: string | undefined
  until?: string | undefined
  q?: string | undefined
}

/** Beyond this many nobody counts or sums any more. */
export const countedUpTo = 100_000

export async function paymentsPage(
  db: CentralDb,
  wanted: {
    filter: PaymentFilter
    mine: Within
    after: { key: string; at: string; id: string } | undefined
    limit: number
  },
) {
  let query = db
    .selectFrom('payments')
    .innerJoin('clients', 'clients.id', 'payments.clientId')
    .leftJoin('staffMembers', 'staffMembers.id', 'payments.recordedBy')
    .where(matching(wanted.filter, wanted.mine))
    .orderBy('payments.receivedOn', 'desc')
    // Of one day what was written down last stands first: an id may be older than its row.
    .orderBy('payments.recordedAt', 'desc')
    .orderBy('payments.id', 'desc')
    .limit(wanted.limit)
  if (wanted.after)
    query = query.where(
      sql<boolean>`(payments.received_on, payments.recorded_at, payments.id)
        < (${wanted.after.key}::date, ${wanted.after.at}::timestamptz, ${wanted.after.id}::uuid)`,
    )
  return query
    .select([
      'payments.id',
      'payments.clientId',
      'clients.firstName',
      'clients.lastName',
      'clients.email',
      'payments.receivedOn',
      'payments.amountCents',
      'payments.method',
      'payments.source',
      'payments.reference',
      'payments.recordedAt',
      sql<string>`payments.recorded_at::text`.as('sortKey'),
      'payments.reversesId',
      'payments.why',
      sql<string | null>`staff_members.first_name || ' ' || staff_members.last_name`.as('recordedBy'),
      takenBack.as('takenBackCents'),
      allocated.as('allocatedCents'),
      available.as('availableCents'),
      sql<{ invoiceId: string; number: string; amountCents: number }[]>`coalesce((
        select jsonb_agg(jsonb_build_object('invoiceId', invoices.id, 'number', invoices.number,
          'amountCents', payment_allocations.amount_cents) order by invoices.number)
        from payment_allocations join invoices on invoices.id = payment_allocations.invoice_id
        where payment_allocations.payment_id = payments.id), '[]'::jsonb)`.as('allocations'),
    ])
    .execute()
}

export async function paymentSums(db: CentralDb, filter: PaymentFilter, mine: Within) {
  const counted = db
    .selectFrom('payments')
    .where(matching(filter, mine))
    .select(['payments.amountCents', available.as('availableCents')])
    .limit(countedUpTo + 1)
  return db
    .selectFrom(counted.as('counted'))
    .select([
      sql<number>`count(*)`.as('total'),
      sql<number>`coalesce(sum(amount_cents), 0)::bigint`.as('amountCents'),
      sql<number>`coalesce(sum(available_cents), 0)::bigint`.as('availableCents'),
    ])
    .executeTakeFirstOrThrow()
}

/** What a client owes and has, the oldest first. */
export async function accountOf(db: CentralDb, clientId: string) {
  const [openInvoices, payments, creditNotes, { creditCents }] = await Promise.all([
    db
      .selectFrom('invoices')
      .where('clientId', '=', clientId)
      .where('state', '=', 'issued')
      .where('kind', '=', 'invoice')
      .where(sql<boolean>`paid_cents < total_excl_cents + total_vat_cents`)
      .orderBy('dueOn')
      .orderBy('number')
      .limit(500)
      .select([
        'id',
        sql<string>`number`.as('number'),
        sql<string>`issued_on`.as('issuedOn'),
        'dueOn',
        'totalInclCents as inclCents',
        sql<number>`total_incl_cents - paid_cents`.as('outstandingCents'),
      ])
      .execute(),
    db
      .selectFrom('payments')
      .where('clientId', '=', clientId)
      .where(sql<boolean>`${available} > 0`)
      .orderBy('receivedOn')
      .orderBy('id')
      .limit(500)
      .select(['id', 'receivedOn', 'method', available.as('availableCents')])
      .execute(),
    db
      .selectFrom('invoices')
      .where('clientId', '=', clientId)
      .where('state', '=', 'issued')
      .where('kind', '=', 'credit_note')
      .where(sql<boolean>`paid_cents > total_excl_cents + total_vat_cents`)
      .orderBy('issuedOn')
      .orderBy('number')
      .limit(500)
      .select([
        'id',
        sql<string>`number`.as('number'),
        sql<string>`issued_on`.as('issuedOn'),
        sql<number>`paid_cents - total_incl_cents`.as('availableCents'),
      ])
      .execute(),
    // Below zero: more went back to the client than came from them.
    db
      .selectNoFrom(
        sql<number>`(
          (select coalesce(sum(amount_cents), 0) from payments where client_id = ${clientId}::uuid)
          - (select coalesce(sum(held.amount_cents), 0) from payment_allocations held
              join payments on payments.id = held.payment_id where client_id = ${clientId}::uuid)
          + (select coalesce(sum(paid_cents - total_incl_cents), 0) from invoices
              where client_id = ${clientId}::uuid and state = 'issued' and kind = 'credit_note'))::bigint`.as(
          'creditCents',
        ),
      )
      .executeTakeFirstOrThrow(),
  ])
  return { openInvoices, payments, creditNotes, creditCents }
}

/** Whether a client is within what somebody may see. */
export async function clientSeen(db: CentralDb, clientId: string, mine: Within): Promise<boolean> {
  const row = await db
    .selectFrom('clients')
    .where('id', '=', clientId)
    .where(inside(mine, sql`clients`))
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}

function matching(filter: PaymentFilter, mine: Within): RawBuilder<boolean> {
  const { id, client, source, method, state, from, until, q } = filter
  const conditions: RawBuilder<unknown>[] = [sql`true`]
  if (isLimited(mine))
    conditions.push(
      sql`payments.client_id in (select theirs.id from clients as theirs where ${inside(mine, sql`theirs`)})`,
    )
  if (id !== undefined) conditions.push(sql`payments.id = ${id}::uuid`)
  if (client !== undefined) conditions.push(sql`payments.client_id = ${client}::uuid`)
  if (source !== undefined) conditions.push(sql`payments.source = ${source}`)
  if (method !== undefined) conditions.push(sql`payments.method = ${method}`)
  if (state === 'available') conditions.push(sql`${available} > 0`)
  if (state === 'taken_back') conditions.push(sql`payments.amount_cents < 0`)
  if (from !== undefined) conditions.push(sql`payments.received_on >= ${from}::date`)
  if (until !== undefined) conditions.push(sql`payments.received_on <= ${until}::date`)
  if (q !== undefined && q !== '') conditions.push(saying(q))
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

/** Words of who the client is, accents and case forgiven; or of the reference; or the beginning of an invoice's number. */
function saying(q: string): RawBuilder<unknown> {
  const literal = q.trim().replaceAll(/[\\%_]/g, '\\$&')
  return sql`payments.id in (
    select id from payments where reference ilike ${`%${literal}%`}
    union all
    select payment_id from payment_allocations join invoices on invoices.id = invoice_id
      where number like ${`${literal.toUpperCase()}%`}
    union all
    select theirs.id from payments as theirs where plain_text(${q}) <> '' and theirs.client_id in (
      select id from clients where clients.search_text like all (
        select '%' || word || '%' from unnest(string_to_array(replace(plain_text(${q}), '_', '\\_'), ' ')) as word)))`
}
