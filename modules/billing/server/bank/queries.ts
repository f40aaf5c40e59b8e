/** Every statement about bank statements and their lines. */
import type { Selectable } from 'kysely'
import { andInside, isLimited, type Within } from '#server/access'
import { sql, type CentralDb, type Database, type Tables } from '#platform/server/db.ts'
import type { Fingerprint } from './fingerprint.ts'
import type { StatementLine } from './reading/statement.ts'

/** What each line is kept under, and how many of them are there already. */
export async function keptUnder(
  db: Tables<'bankTransactions' | 'bankImports'>,
  prints: readonly Fingerprint[],
): Promise<{ prints: string[]; known: number }> {
  const { rows } = await sql<{ print: string; isKnown: boolean }>`
    select coalesce(known.fingerprint, print) as print, coalesce(known.fingerprint, same.fingerprint) is not null as is_known
    from rows from (jsonb_to_recordset(${JSON.stringify(prints)}::jsonb) as (print text, former text, ending text)) with ordinality
      as wanted (print, former, ending, nth)
    left join bank_transactions same on same.fingerprint = print
    left join lateral (
      select fingerprint from bank_transactions join bank_imports on bank_imports.id = import_id
      where fingerprint = former and (ending = any(account_endings) or account_endings = '{}')) known on true
    order by nth`.execute(db)
  return { prints: rows.map(({ print }) => print), known: rows.filter(({ isKnown }) => isKnown).length }
}

/** Of these accounts; one of which nobody said whose it was is of any. */
export async function importedAt(
  db: Tables<'bankImports'>,
  sha256: Buffer,
  accountEndings: readonly string[] | 'whichever',
): Promise<Date | undefined> {
  const row = await db
    .selectFrom('bankImports')
    .where('sha256', '=', sha256)
    .$if(accountEndings !== 'whichever', (query) =>
      query.where(sql<boolean>`account_endings in ('{}', ${accountEndings}::text[])`),
    )
    .orderBy('importedAt', 'desc')
    .select('importedAt')
    .executeTakeFirst()
  return row?.importedAt
}

export async function insertImport(
  db: Tables<'bankImports'>,
  row: {
    companyId: string
    name: string
    format: string
    sha256: Buffer
    transactions: number
    known: number
    leftOut: number
    accountEndings: string[]
    importedBy: string
  },
): Promise<string> {
  const { id } = await db.insertInto('bankImports').values(row).returning('id').executeTakeFirstOrThrow()
  return id
}

/** Statements that overlap come one after the other: each knows what the other brought. */
export async function lockImports(db: Tables<'bankImports'>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('bank imports', 0))`.execute(db)
}

const rowsAtOnce = 1_000

/** @returns the ids of those that were not known */
export async function insertTransactions(
  db: Tables<'bankTransactions'>,
  importId: string,
  lines: readonly (StatementLine & { fingerprint: string; state: string; why: string })[],
): Promise<string[]> {
  const ids: string[] = []
  for (let at = 0; at < lines.length; at += rowsAtOnce) {
    const inserted = await db
      .insertInto('bankTransactions')
      .values(
        lines
          .slice(at, at + rowsAtOnce)
          .map(({ account: _account, bankName: _name, returnCode: _code, ...line }) => ({
            ...line,
            importId,
          })),
      )
      .onConflict((known) => known.column('fingerprint').doNothing())
      .returning('id')
      .execute()
    ids.push(...inserted.map(({ id }) => id))
  }
  return ids
}

const importColumns = [
  'bankImports.id',
  'bankImports.name',
  'bankImports.format',
  'bankImports.transactions',
  'bankImports.known',
  'bankImports.leftOut',
  'bankImports.accountEndings',
  'bankImports.importedAt',
  sql<string | null>`staff_members.first_name || ' ' || staff_members.last_name`.as('importedBy'),
  sql<number>`(select count(*) from bank_transactions where import_id = bank_imports.id and state = 'to_match')`.as(
    'open',
  ),
] as const

export const importsShown = (db: CentralDb, id?: string) =>
  db
    .selectFrom('bankImports')
    .leftJoin('staffMembers', 'staffMembers.id', 'bankImports.importedBy')
    .$if(id !== undefined, (query) => query.where('bankImports.id', '=', id ?? ''))
    .orderBy('bankImports.importedAt', 'desc')
    .limit(100)
    .select(importColumns)
    .execute()

export type TransactionRow = Selectable<Database['bankTransactions']>

/** What waits is nobody's yet; what was matched is its client's. */
const isTheirs = (mine: Within) => sql<boolean>`(bank_transactions.payment_id is null or exists (
  select from payments paid join clients on clients.id = paid.client_id
  where paid.id = bank_transactions.payment_id ${andInside(mine, sql`clients`)}))`

/**
 * Held until the transaction ends: what is decided of it is decided once.
 * @returns undefined where it is not there, or is somebody's outside
 */
export const transactionRow = (
  db: Tables<'bankTransactions' | 'payments' | 'clients'>,
  id: string,
  mine: Within,
): Promise<TransactionRow | undefined> =>
  db
    .selectFrom('bankTransactions')
    .where('id', '=', id)
    .$if(isLimited(mine), (query) => query.where(isTheirs(mine)))
    .selectAll()
    .forUpdate()
    .executeTakeFirst()

/** Held in one order, whatever the order in which somebody names them. */
export const transactionRows = (
  db: Tables<'bankTransactions'>,
  ids: readonly string[],
): Promise<TransactionRow[]> =>
  db
    .selectFrom('bankTransactions')
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .orderBy('id')
    .selectAll()
    .forUpdate()
    .execute()

export async function decideTransaction(
  db: Tables<'bankTransactions'>,
  id: string,
  decision: {
    state: string
    paymentId?: string | null
    why?: string
    decidedBy: string | null
    decidedAt: Date | null
  },
): Promise<void> {
  await db
    .updateTable('bankTransactions')
    .set({ paymentId: null, why: '', ...decision })
    .where('id', '=', id)
    .execute()
}

export async function transactionsPage(
  db: CentralDb,
  wanted: {
    state: string
    import: string | undefined
    q: string | undefined
    mine: Within
    after: { key: string; id: string } | undefined
    limit: number
  },
) {
  const { state, q, after } = wanted
  const literal = (q ?? '').replaceAll(/[\\%_]/g, '\\$&')
  return db
    .selectFrom('bankTransactions')
    .innerJoin('bankImports', 'bankImports.id', 'bankTransactions.importId')
    .leftJoin('payments', 'payments.id', 'bankTransactions.paymentId')
    .leftJoin('clients', 'clients.id', 'payments.clientId')
    .leftJoin('staffMembers', 'staffMembers.id', 'bankTransactions.decidedBy')
    .where('bankTransactions.state', '=', state)
    .$if(isLimited(wanted.mine), (query) => query.where(isTheirs(wanted.mine)))
    .$if(wanted.import !== undefined, (query) =>
      query.where('bankTransactions.importId', '=', wanted.import ?? ''),
    )
    .$if(literal !== '', (query) =>
      query.where(
        sql<boolean>`(bank_transactions.label ilike ${`%${literal}%`} or bank_transactions.counterparty ilike ${`%${literal}%`}
          or bank_transactions.reference ilike ${`%${literal}%`})`,
      ),
    )
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(booked_on, bank_transactions.id) < (${after?.key}::date, ${after?.id}::uuid)`,
      ),
    )
    .orderBy('bookedOn', 'desc')
    .orderBy('bankTransactions.id', 'desc')
    .limit(wanted.limit)
    .select([
      'bankTransactions.id',
      'bankTransactions.importId',
      'bankImports.name as importName',
      'bankImports.accountEndings',
      'bookedOn',
      'bankTransactions.amountCents',
      'label',
      'bankTransactions.reference',
      'counterparty',
      'counterpartyEnding',
      'bankTransactions.state',
      'bankTransactions.why',
      'bankTransactions.paymentId',
      'decidedAt',
      sql<string | null>`staff_members.first_name || ' ' || staff_members.last_name`.as('decidedBy'),
      'payments.clientId',
      'clients.firstName',
      'clients.lastName',
      'clients.email',
    ])
    .execute()
}

export async function transactionCounts(
  db: Tables<'bankTransactions' | 'payments' | 'clients'>,
  mine: Within,
) {
  const { toMatch, matched, setAside } = await db
    .selectFrom('bankTransactions')
    .$if(isLimited(mine), (query) => query.where(isTheirs(mine)))
    .select([
      sql<number>`count(*) filter (where state = 'to_match')`.as('toMatch'),
      sql<number>`count(*) filter (where state = 'matched')`.as('matched'),
      sql<number>`count(*) filter (where state = 'set_aside')`.as('setAside'),
    ])
    .executeTakeFirstOrThrow()
  return { to_match: toMatch, matched, set_aside: setAside }
}

/** A file someone sent, found again: theirs alone. */
export const uploadedFile = (
  db: Tables<'storedFiles'>,
  wanted: { id: string; staffId: string; type: string },
) =>
  db
    .selectFrom('storedFiles')
    .where('id', '=', wanted.id)
    .where('staffId', '=', wanted.staffId)
    .where('mediaType', '=', wanted.type)
    .select(['name', 'storageKey', sql<boolean>`expires_at < now()`.as('expired')])
    .executeTakeFirst()
