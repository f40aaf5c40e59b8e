/** Every statement about what is handed to an approved platform, but its reports'. */
import type { Selectable } from 'kysely'
import { inside, type Within } from '#server/access'
import { sql, type CentralDb, type Database, type Tables } from '#platform/server/db.ts'

type Db = Tables<'platformDeposits' | 'invoiceDocuments' | 'invoices' | 'clients' | 'invoiceEvents'>
export type DepositRow = Selectable<Database['platformDeposits']>

/** Between professionals in France: what the platforms call B2B. */
const betweenProfessionals = sql<boolean>`invoice_documents.content::jsonb -> 'buyer' ->> 'audience' = 'business'
  and invoice_documents.content::jsonb -> 'buyer' -> 'address' ->> 'country' = 'FR'`

/** @returns undefined where it is not there, or not theirs to see */
export const documentToHand = (db: Db, id: string, mine: Within) =>
  db
    .selectFrom('invoices')
    .innerJoin('clients', 'clients.id', 'invoices.clientId')
    .leftJoin('invoiceDocuments', 'invoiceDocuments.invoiceId', 'invoices.id')
    .where('invoices.id', '=', id)
    .where(inside(mine, sql`clients`))
    .select([
      'invoices.id',
      'invoices.state',
      'invoiceDocuments.companyId',
      'invoiceDocuments.xmlSha256',
      sql<boolean | null>`${betweenProfessionals}`.as('betweenProfessionals'),
    ])
    .executeTakeFirst()

/** The one that counts: a rejected one only where no other is. */
export const depositOf = (db: Db, invoiceId: string): Promise<DepositRow | undefined> =>
  db
    .selectFrom('platformDeposits')
    .where('invoiceId', '=', invoiceId)
    .orderBy(sql`state = 'rejected'`)
    .orderBy('createdAt', 'desc')
    .selectAll()
    .executeTakeFirst()

export const depositById = (db: Db, id: string): Promise<DepositRow | undefined> =>
  db.selectFrom('platformDeposits').where('id', '=', id).selectAll().executeTakeFirst()

/** @returns undefined where it was handed over meanwhile */
export const insertDeposit = (
  db: Tables<'platformDeposits'>,
  deposit: Pick<DepositRow, 'companyId' | 'flow' | 'content' | 'sha256' | 'platform'> &
    Partial<Pick<DepositRow, 'invoiceId' | 'periodFrom' | 'periodUntil'>>,
): Promise<DepositRow | undefined> =>
  db
    .insertInto('platformDeposits')
    .values(deposit)
    .onConflict((known) => known.doNothing())
    .returningAll()
    .executeTakeFirst()

type Change = Partial<Pick<DepositRow, 'state' | 'platformId' | 'reason' | 'attempts' | 'depositedAt'>>

export async function changeDeposit(
  db: Tables<'platformDeposits'>,
  id: string,
  change: Change,
): Promise<void> {
  await db.updateTable('platformDeposits').set(change).where('id', '=', id).execute()
}

/** @returns false where it waits no more: another process handed it over, and what came of that stands */
export async function changeWaiting(
  db: Tables<'platformDeposits'>,
  id: string,
  change: Change,
): Promise<boolean> {
  const changed = await db
    .updateTable('platformDeposits')
    .set(change)
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}

export async function waitingSince(db: Db, before: Date, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('platformDeposits')
    .where('state', '=', 'waiting')
    .where('createdAt', '<', before)
    .orderBy('createdAt')
    .limit(limit)
    .select('id')
    .execute()
  return rows.map(({ id }) => id)
}

const neverHanded = (db: Db, since: string | null) =>
  db
    .selectFrom('invoiceDocuments')
    .where('wanted', '=', 'now')
    .where(betweenProfessionals)
    .$if(since !== null, (query) => query.where('invoiceDocuments.issuedOn', '>=', since ?? ''))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('platformDeposits')
            .whereRef('platformDeposits.invoiceId', '=', 'invoiceDocuments.invoiceId')
            .select('platformDeposits.id'),
        ),
      ),
    )

/** What was taken over from before was never meant for a platform. @param since of this day and later */
export const toHand = (db: Db, since: string | null, limit: number) =>
  neverHanded(db, since)
    .orderBy('invoiceDocuments.finalisedAt')
    .limit(limit)
    .select(['invoiceId', 'companyId', 'xmlSha256'])
    .execute()

export async function countToHand(db: Db): Promise<number> {
  const row = await neverHanded(db, null)
    .select(sql<number>`count(*)::integer`.as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

/** The last that was told. */
const status = sql<number | null>`(select code from invoice_events
  where invoice_events.invoice_id = platform_deposits.invoice_id and code is not null order by at desc, id desc limit 1)`

/** @param after the last row of the page before */
export async function depositsPage(
  db: Db,
  wanted: { state: string | undefined; after: { key: string; id: string } | undefined; limit: number },
) {
  const of = db
    .selectFrom('platformDeposits')
    .where('flow', '=', 'invoice')
    .$if(wanted.state === 'refused', (query) => query.where(sql<boolean>`${status} = 210`))
    .$if(wanted.state !== undefined, (query) =>
      query.where(
        'platformDeposits.state',
        '=',
        wanted.state === 'refused' ? 'deposited' : (wanted.state ?? ''),
      ),
    )
  const [rows, counted] = await Promise.all([
    of
      .innerJoin('invoices', 'invoices.id', 'platformDeposits.invoiceId')
      .innerJoin('clients', 'clients.id', 'invoices.clientId')
      .$if(wanted.after !== undefined, (query) =>
        query.where(
          sql<boolean>`(platform_deposits.created_at, platform_deposits.id) < (${wanted.after?.key}::timestamptz, ${wanted.after?.id}::uuid)`,
        ),
      )
      .orderBy('platformDeposits.createdAt', 'desc')
      .orderBy('platformDeposits.id', 'desc')
      .limit(wanted.limit)
      .selectAll('platformDeposits')
      .select([
        'invoices.number',
        'invoices.issuedOn',
        'invoices.totalInclCents',
        'invoices.clientId',
        sql<string>`clients.first_name || ' ' || clients.last_name`.as('client'),
        sql<string>`platform_deposits.created_at::text`.as('sortKey'),
        status.as('status'),
      ])
      .execute(),
    of.select(sql<number>`count(*)::integer`.as('count')).executeTakeFirstOrThrow(),
  ])
  return { rows, total: counted.count }
}

/** What a platform told of a document, and what we have to tell it. */
export async function statusesOf(db: Tables<'invoiceEvents'>, invoiceId: string) {
  const { rows } = await sql<{
    id: string
    code: number
    at: Date
    data: Record<string, unknown>
    passedOn: boolean
  }>`
    select id, code, at, data, exists (
      select from invoice_events told where told.invoice_id = events.invoice_id and told.kind = 'passed_on'
        and told.data ->> 'eventId' = events.id::text) as passed_on
    from invoice_events events where invoice_id = ${invoiceId} and code is not null order by at, id`.execute(
    db,
  )
  return rows
}

/** The document a message is about; held, so that what is told of it comes one after the other. */
export async function documentNamed(db: Db, number: string) {
  const { rows } = await sql<{ invoiceId: string; siren: string; issuedOn: string }>`
    select invoice_id, content::jsonb -> 'seller' ->> 'siren' as siren, issued_on
    from invoice_documents where number = ${number}`.execute(db)
  return rows[0]
}

/** @returns false where it was told before */
export async function insertStatus(
  db: Tables<'invoiceEvents'>,
  event: { invoiceId: string; at: Date; kind: string; code: number | null; data: object },
): Promise<boolean> {
  const added = await db
    .insertInto('invoiceEvents')
    .values({ ...event, data: JSON.stringify(event.data) })
    .onConflict((known) => known.doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

/** Collected, of deposited invoices, and not told yet: the oldest first. @param since neither is older: the event, the deposit */
export async function collectedToTell(db: CentralDb, since: Date, limit: number) {
  const { rows } = await sql<{
    eventId: string
    invoiceId: string
    at: Date
    data: Record<string, unknown>
    content: string
  }>`
    select events.id as event_id, events.invoice_id, events.at, events.data, documents.content
    from platform_deposits deposits
    join invoice_events events on events.invoice_id = deposits.invoice_id and greatest(events.at, deposits.deposited_at) >= ${since}
      and events.code = 212 and not events.data ? 'messageId'
    join invoice_documents documents on documents.invoice_id = deposits.invoice_id
    where deposits.flow = 'invoice' and deposits.state = 'deposited' and not exists (
      select from invoice_events told where told.invoice_id = events.invoice_id and told.kind = 'passed_on'
        and told.data ->> 'eventId' = events.id::text)
    order by events.at, events.id limit ${limit}`.execute(db)
  return rows
}

export async function xmlOf(db: Tables<'invoiceDocuments'>, invoiceId: string) {
  return db
    .selectFrom('invoiceDocuments')
    .where('invoiceId', '=', invoiceId)
    .select(['number', 'xml', 'content'])
    .executeTakeFirst()
}
