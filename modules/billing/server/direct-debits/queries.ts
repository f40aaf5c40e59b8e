/** Every statement about mandates, direct debit files and what they collect. */
import type { Insertable, Selectable } from 'kysely'
import { andInside, inside, isLimited, outside, type Within } from '#server/access'
import { sql, type CentralDb, type Database, type Tables } from '#platform/server/db.ts'

// ───────────────────────────── mandates

export const mandatesShown = (
  db: CentralDb,
  wanted: {
    mine: Within
    id?: string
    client?: string | undefined
    state?: string | undefined
    q?: string | undefined
  },
) => {
  const literal = (wanted.q ?? '').replaceAll(/[\\%_]/g, '\\$&')
  return db
    .selectFrom('sepaMandates')
    .innerJoin('clients', 'clients.id', 'sepaMandates.clientId')
    .where(inside(wanted.mine, sql`clients`))
    .$if(wanted.id !== undefined, (query) => query.where('sepaMandates.id', '=', wanted.id ?? ''))
    .$if(wanted.client !== undefined, (query) => query.where('clientId', '=', wanted.client ?? ''))
    .$if(wanted.state !== undefined, (query) => query.where('sepaMandates.state', '=', wanted.state ?? ''))
    .$if(literal !== '', (query) =>
      query.where(
        sql<boolean>`(reference ilike ${`%${literal}%`} or holder ilike ${`%${literal}%`}
          or clients.search_text like '%' || plain_text(${literal}) || '%')`,
      ),
    )
    .orderBy('sepaMandates.createdAt', 'desc')
    .limit(500)
    .select([
      'sepaMandates.id',
      'clientId',
      'clients.firstName',
      'clients.lastName',
      'clients.email',
      'reference',
      'holder',
      'ibanEnding',
      'bic',
      'signedOn',
      'sepaMandates.state',
      'lastUsedOn',
      'sepaMandates.createdAt',
      'sepaMandates.endedAt',
    ])
    .execute()
}

export type MandateRow = Selectable<Database['sepaMandates']>
export const mandateRow = (db: Tables<'sepaMandates'>, id: string): Promise<MandateRow | undefined> =>
  db.selectFrom('sepaMandates').where('id', '=', id).selectAll().forUpdate().executeTakeFirst()

/** Held, in one order. */
export const mandateRows = (db: Tables<'sepaMandates'>, ids: readonly string[]): Promise<MandateRow[]> =>
  db
    .selectFrom('sepaMandates')
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .orderBy('id')
    .selectAll()
    .forUpdate()
    .execute()

/** For looking only: a read has no transaction to lock in. */
export const sealedIban = (db: Tables<'sepaMandates' | 'clients'>, id: string, mine: Within) =>
  db
    .selectFrom('sepaMandates')
    .innerJoin('clients', 'clients.id', 'clientId')
    .where('sepaMandates.id', '=', id)
    .where(inside(mine, sql`clients`))
    .select(['sepaMandates.id', 'ibanSealed'])
    .executeTakeFirst()

export async function insertMandate(
  db: Tables<'sepaMandates'>,
  row: Insertable<Database['sepaMandates']>,
): Promise<void> {
  await db.insertInto('sepaMandates').values(row).execute()
}

export async function endMandate(
  db: Tables<'sepaMandates'>,
  id: string,
  state: 'revoked' | 'lapsed',
  at: Date,
): Promise<void> {
  await db.updateTable('sepaMandates').set({ state, endedAt: at }).where('id', '=', id).execute()
}

export async function useMandates(
  db: Tables<'sepaMandates'>,
  ids: readonly string[],
  on: string,
): Promise<void> {
  if (ids.length === 0) return
  await db.updateTable('sepaMandates').set({ lastUsedOn: on }).where('id', 'in', ids).execute()
}

// ───────────────────────────── what could be collected

export type CollectableRow = {
  invoiceId: string
  number: string
  client: { id: string; firstName: string; lastName: string; email: string }
  issuedOn: string
  dueOn: string | null
  amountCents: number
  /** When it went to its payer for the first time, in Paris; null: it did not yet. */
  toldOn: string | null
  /** Of the mandate it announces. */
  mandateId: string | null
  mandateState: string | null
  reference: string | null
  ibanEnding: string | null
  signedOn: string | null
  lastUsedOn: string | null
  /** ICS, as the invoice announces it. */
  creditorId: string | null
  /** Nothing by this mandate was collected and stayed. */
  isFirst: boolean
  pending: boolean
}

export async function clientsOf(db: Tables<'invoices'>, invoiceIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('invoices')
    .where(sql<boolean>`id = any(${invoiceIds}::uuid[])`)
    .select('clientId')
    .distinct()
    .execute()
  return rows.map(({ clientId }) => clientId)
}

/**
 * Unpaid invoices that announce a direct debit, with the mandate they announce: what their client's page says today binds nobody who
 * was told something else.
 * @param ids only these
 */
export async function collectableRows(
  db: CentralDb,
  { mine, ids }: { mine: Within; ids?: readonly string[] },
): Promise<CollectableRow[]> {
  const { rows } = await sql<CollectableRow>`
    select invoices.id as "invoiceId", invoices.number, invoices.issued_on as "issuedOn", invoices.due_on as "dueOn",
      jsonb_build_object('id', clients.id, 'firstName', first_name, 'lastName', last_name, 'email', clients.email) as client,
      total_excl_cents + total_vat_cents - paid_cents as "amountCents",
      (select (min(at) at time zone 'Europe/Paris')::date from invoice_events where invoice_id = invoices.id and (kind = 'sent'
        or kind = 'deposited' and not exists (select from invoice_events refused where refused.invoice_id = invoices.id and refused.kind = 'rejected')))
        as "toldOn",
      mandate.id as "mandateId", mandate.state as "mandateState", mandate.reference, mandate.iban_ending as "ibanEnding",
      mandate.signed_on as "signedOn", mandate.last_used_on as "lastUsedOn", payment -> 'mandate' ->> 'creditorId' as "creditorId",
      not exists (select from sepa_collections where mandate_id = mandate.id and state <> 'returned') as "isFirst",
      exists (select from sepa_collections where invoice_id = invoices.id and state = 'pending') as pending
    from invoices join clients on clients.id = invoices.client_id
    join lateral (select content::jsonb -> 'payment' as payment from invoice_documents where invoice_id = invoices.id) announced
      on payment ->> 'means' = 'direct_debit'
    left join sepa_mandates as mandate on mandate.reference = payment -> 'mandate' ->> 'reference' and mandate.client_id = invoices.client_id
    where invoices.state = 'issued' and invoices.kind = 'invoice'
      and paid_cents < (total_excl_cents + total_vat_cents) and ${inside(mine, sql`clients`)}
      and ${ids ? sql`invoices.id = any(${ids}::uuid[])` : sql`true`}
    order by invoices.due_on nulls last, invoices.number limit 10000`.execute(db)
  return rows
}

// ───────────────────────────── files and collections

export async function insertBatch(
  db: Tables<'sepaBatches'>,
  row: Insertable<Database['sepaBatches']>,
): Promise<void> {
  await db.insertInto('sepaBatches').values(row).execute()
}

export async function insertCollections(
  db: Tables<'sepaCollections'>,
  rows: readonly Insertable<Database['sepaCollections']>[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += 1_000)
    await db
      .insertInto('sepaCollections')
      .values(rows.slice(at, at + 1_000))
      .execute()
}

/** Of a file that collects from others too only what is theirs to see is counted. */
export const batchesShown = (db: CentralDb, { mine, id }: { mine: Within; id?: string }) =>
  db
    .selectFrom('sepaBatches')
    .leftJoin('staffMembers', 'staffMembers.id', 'sepaBatches.createdBy')
    .$if(isLimited(mine), (query) => query.where(sql<boolean>`exists (select ${collectedWithin(mine)})`))
    .$if(id !== undefined, (query) => query.where('sepaBatches.id', '=', id ?? ''))
    .orderBy('sepaBatches.createdAt', 'desc')
    .limit(200)
    .select([
      'sepaBatches.id',
      'messageId',
      'collectOn',
      isLimited(mine)
        ? sql<number>`(select count(*) ${collectedWithin(mine)})`.as('transactions')
        : 'transactions',
      isLimited(mine)
        ? sql<number>`(select coalesce(sum(collection.amount_cents), 0)::bigint ${collectedWithin(mine)})`.as(
            'totalCents',
          )
        : 'totalCents',
      sql<string>`encode(sha256, 'hex')`.as('sha256'),
      'sepaBatches.createdAt',
      'sentAt',
      sql<string | null>`staff_members.first_name || ' ' || staff_members.last_name`.as('createdBy'),
      counted('pending', mine).as('pending'),
      counted('collected', mine).as('collected'),
      counted('returned', mine).as('returned'),
    ])
    .execute()

const counted = (state: string, mine: Within) =>
  sql<number>`(select count(*) ${collectedWithin(mine)} and collection.state = ${state})`

const collectedWithin = (mine: Within) => sql`from sepa_collections collection
  ${isLimited(mine) ? sql`join invoices on invoices.id = invoice_id join clients on clients.id = invoices.client_id` : sql``}
  where batch_id = sepa_batches.id ${andInside(mine, sql`clients`)}`

export type BatchRow = Selectable<Database['sepaBatches']>
export const batchRow = (db: Tables<'sepaBatches'>, id: string): Promise<BatchRow | undefined> =>
  db.selectFrom('sepaBatches').where('id', '=', id).selectAll().forUpdate().executeTakeFirst()

export const sealedFile = (db: Tables<'sepaBatches'>, id: string) =>
  db
    .selectFrom('sepaBatches')
    .where('id', '=', id)
    .select(['id', 'messageId', 'xmlSealed'])
    .executeTakeFirst()

export async function setSent(db: Tables<'sepaBatches'>, id: string, at: Date): Promise<void> {
  await db.updateTable('sepaBatches').set({ sentAt: at }).where('id', '=', id).execute()
}

export const collectionsShown = (
  db: CentralDb,
  wanted: { mine: Within; batchId?: string; ids?: readonly string[] },
) =>
  db
    .selectFrom('sepaCollections')
    .innerJoin('invoices', 'invoices.id', 'sepaCollections.invoiceId')
    .innerJoin('clients', 'clients.id', 'invoices.clientId')
    .innerJoin('sepaMandates', 'sepaMandates.id', 'sepaCollections.mandateId')
    .where(inside(wanted.mine, sql`clients`))
    .$if(wanted.batchId !== undefined, (query) => query.where('batchId', '=', wanted.batchId ?? ''))
    .$if(wanted.ids !== undefined, (query) =>
      query.where(sql<boolean>`sepa_collections.id = any(${wanted.ids ?? []}::uuid[])`),
    )
    .orderBy('invoices.number')
    .select([
      'sepaCollections.id',
      'sepaCollections.invoiceId',
      sql<string>`invoices.number`.as('number'),
      'invoices.clientId',
      'clients.firstName',
      'clients.lastName',
      'clients.email',
      'sepaMandates.reference as mandateReference',
      'sepaMandates.ibanEnding',
      'endToEndId',
      'sequence',
      'amountCents',
      'sepaCollections.state',
      'paymentId',
      'returnCode',
      'returnedOn',
    ])
    .execute()

export type CollectionRow = Selectable<Database['sepaCollections']> & { clientId: string; number: string }
export type Collections = {
  batchIds?: readonly string[]
  ids?: readonly string[]
  endToEndIds?: readonly string[]
}

const named = ({ batchIds = [], ids = [], endToEndIds = [] }: Collections) => sql<boolean>`(
  batch_id = any(${batchIds}::uuid[]) or sepa_collections.id = any(${ids}::uuid[]) or end_to_end_id = any(${endToEndIds}::text[]))`

export async function clientsOfCollections(db: CentralDb, wanted: Collections): Promise<string[]> {
  const rows = await db
    .selectFrom('sepaCollections')
    .innerJoin('invoices', 'invoices.id', 'sepaCollections.invoiceId')
    .where(named(wanted))
    .select('invoices.clientId')
    .distinct()
    .execute()
  return rows.map(({ clientId }) => clientId)
}

/** Held; their clients' money is held already (`holding.ts`). */
export const collectionRows = (db: CentralDb, wanted: Collections): Promise<CollectionRow[]> =>
  db
    .selectFrom('sepaCollections')
    .innerJoin('invoices', 'invoices.id', 'sepaCollections.invoiceId')
    .where(named(wanted))
    .orderBy('sepaCollections.id')
    .selectAll('sepaCollections')
    .select(['invoices.clientId', sql<string>`invoices.number`.as('number')])
    .forUpdate('sepaCollections')
    .execute()

/** Whether all that a file collects is of clients somebody may see. */
export async function batchSeen(db: CentralDb, id: string, mine: Within): Promise<boolean> {
  const { rows } = await sql<{ seen: boolean }>`
    select not exists (select from sepa_collections join invoices on invoices.id = invoice_id join clients on clients.id = invoices.client_id
      where batch_id = ${id}::uuid and ${outside(mine, sql`clients`)}) as seen`.execute(db)
  return rows[0]?.seen ?? false
}

export async function decideCollection(
  db: Tables<'sepaCollections'>,
  id: string,
  decision: { state: string; paymentId?: string; returnCode?: string; returnedOn?: string },
): Promise<void> {
  await db.updateTable('sepaCollections').set(decision).where('id', '=', id).execute()
}

/** Handed to the bank, due by a day, and not decided yet. */
export async function batchesDue(db: Tables<'sepaBatches' | 'sepaCollections'>, today: string) {
  return db
    .selectFrom('sepaBatches')
    .where('sentAt', 'is not', null)
    .where('collectOn', '<=', today)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('sepaCollections')
          .whereRef('batchId', '=', 'sepaBatches.id')
          .where('state', '=', 'pending')
          .select('sepaCollections.id'),
      ),
    )
    .orderBy('collectOn')
    .orderBy('id')
    .select(['id', 'collectOn'])
    .execute()
}

export const batchesNamed = (db: Tables<'sepaBatches'>, messageIds: readonly string[]) =>
  db
    .selectFrom('sepaBatches')
    .where(sql<boolean>`message_id = any(${messageIds}::text[])`)
    .select(['id', 'messageId', 'collectOn'])
    .execute()

/** Lines of a statement that are known to be about a direct debit. */
export async function explainLines(
  db: Tables<'bankTransactions'>,
  importId: string,
  about: { reference: string; amountCents: number; why: string; paymentId: string | null; at: Date },
): Promise<void> {
  await db
    .updateTable('bankTransactions')
    .set({ state: 'matched', why: about.why, paymentId: about.paymentId, decidedAt: about.at })
    .where('importId', '=', importId)
    .where('reference', '=', about.reference)
    .where('amountCents', '=', about.amountCents)
    .execute()
}
