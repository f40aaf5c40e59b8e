/** Every statement about settings, our companies and interest rates. */
import type { SettingKind } from '#contract/billing'
import { sql, type CentralDb } from '#platform/server/db.ts'

export type VersionRow = {
  id: string
  companyId: string
  kind: string
  inForceFrom: string
  content: unknown
  state: string
  proposedBy: string | null
  proposerName: string | null
  proposedAt: Date
  decidedBy: string | null
  deciderName: string | null
  decidedAt: Date | null
  reason: string
}

const versions = (db: CentralDb) =>
  db
    .selectFrom('billingSettings as version')
    .leftJoin('staffMembers as proposer', 'proposer.id', 'version.proposedBy')
    .leftJoin('staffMembers as decider', 'decider.id', 'version.decidedBy')
    .select([
      'version.id',
      'version.companyId',
      'version.kind',
      'version.inForceFrom',
      'version.content',
      'version.state',
      'version.proposedBy',
      'version.proposedAt',
      'version.decidedBy',
      'version.decidedAt',
      'version.reason',
      sql<string | null>`proposer.first_name || ' ' || proposer.last_name`.as('proposerName'),
      sql<string | null>`decider.first_name || ' ' || decider.last_name`.as('deciderName'),
    ])

/** The latest first. */
export const versionsOf = (db: CentralDb, companyId: string): Promise<VersionRow[]> =>
  versions(db)
    .where('version.companyId', '=', companyId)
    .orderBy('version.inForceFrom', 'desc')
    .orderBy('version.proposedAt', 'desc')
    .orderBy('version.id', 'desc')
    .execute()

export const versionById = (db: CentralDb, id: string): Promise<VersionRow | undefined> =>
  versions(db).where('version.id', '=', id).executeTakeFirst()

/** Held until the transaction ends: of two who change its settings the second sees what the first did. */
export const holdCompany = (db: CentralDb, id: string): Promise<CompanyRow | undefined> =>
  db
    .selectFrom('billingCompanies')
    .select(['id', 'key', 'name', 'archivedAt'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()

export const insertVersion = (
  db: CentralDb,
  version: {
    companyId: string
    kind: SettingKind
    inForceFrom: string
    content: unknown
    state: 'proposed' | 'approved'
    proposedBy: string
    proposedAt: Date
    decidedBy?: string
    decidedAt?: Date
  },
): Promise<string> =>
  db
    .insertInto('billingSettings')
    .values({ ...version, content: JSON.stringify(version.content) })
    .returning('id')
    .executeTakeFirstOrThrow()
    .then(({ id }) => id)

export const approvedOf = (db: CentralDb, companyId: string, kind: SettingKind) =>
  db
    .selectFrom('billingSettings')
    .select(['id', 'inForceFrom', 'content'])
    .where('companyId', '=', companyId)
    .where('kind', '=', kind)
    .where('state', '=', 'approved')
    .orderBy('inForceFrom', 'desc')
    .execute()

/** What payers may be told to pay to: every company's account in force, and those that are approved for later. */
export const accountsOn = (db: CentralDb, today: string): Promise<string[]> =>
  sql<{ iban: string }>`
    select content ->> 'iban' as iban from billing_settings version
    where kind = 'bank' and state = 'approved' and (in_force_from > ${today}::date or in_force_from = (
      select max(in_force_from) from billing_settings other
      where other.kind = 'bank' and other.state = 'approved' and other.company_id = version.company_id and other.in_force_from <= ${today}::date))`
    .execute(db)
    .then(({ rows }) => rows.map(({ iban }) => iban))

export const waits = (db: CentralDb, companyId: string, kind: SettingKind): Promise<boolean> =>
  db
    .selectFrom('billingSettings')
    .select('id')
    .where('companyId', '=', companyId)
    .where('kind', '=', kind)
    .where('state', '=', 'proposed')
    .executeTakeFirst()
    .then((row) => row !== undefined)

/** @returns false where somebody else was quicker: it is not in that state any more */
export const decide = (
  db: CentralDb,
  id: string,
  from: 'proposed' | 'approved',
  decision: {
    state: 'approved' | 'refused' | 'withdrawn'
    decidedBy: string
    decidedAt: Date
    reason?: string
  },
): Promise<boolean> =>
  db
    .updateTable('billingSettings')
    .set(decision)
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst()
    .then(({ numUpdatedRows }) => numUpdatedRows > 0n)

/** Proposals, the oldest first. */
export const proposals = (db: CentralDb) =>
  versions(db)
    .innerJoin('billingCompanies as company', 'company.id', 'version.companyId')
    .select('company.name as company')
    .where('version.state', '=', 'proposed')
    .orderBy('version.proposedAt')
    .execute()

/** Of two who say prefixes at once, be it of two companies, the second sees what the first said. */
export async function holdPrefixes(db: CentralDb): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('billing_settings numbering', 0))`.execute(db)
}

/** Every prefix that numbers were or will be made with, and by whom; also by versions that held for part of a day. */
export const prefixesTaken = (
  db: CentralDb,
): Promise<{ companyId: string; field: string; prefix: string }[]> =>
  sql<{ companyId: string; field: string; prefix: string }>`
    select distinct company_id as "companyId", field.key as field, field.value as prefix
    from billing_settings, jsonb_each_text(content) field
    where kind = 'numbering' and field.key like '%Prefix' and (state = 'approved'
      or state = 'withdrawn' and in_force_from <= (decided_at at time zone 'Europe/Paris')::date)`
    .execute(db)
    .then(({ rows }) => rows)

/** Which of a year the next of each series is: each year begins at one. */
export async function nextCounts(db: CentralDb, companyId: string, year: number) {
  const rows = await db
    .selectFrom('invoiceSeries')
    .select(['kind', 'lastNumber'])
    .where('companyId', '=', companyId)
    .where('year', '=', year)
    .execute()
  const next = (series: string) => (rows.find(({ kind }) => kind === series)?.lastNumber ?? 0) + 1
  return { invoice: next('invoice'), creditNote: next('credit_note'), quote: next('quote') }
}

export const lastIssuedOn = (db: CentralDb, companyId: string): Promise<string | null> =>
  db
    .selectFrom('invoiceSeries')
    .select(({ fn }) => fn.max('lastIssuedOn').as('day'))
    .where('companyId', '=', companyId)
    .executeTakeFirst()
    .then((row) => row?.day ?? null)

export type CompanyRow = { id: string; key: string; name: string; archivedAt: Date | null }

export const companies = (db: CentralDb): Promise<CompanyRow[]> =>
  db
    .selectFrom('billingCompanies')
    .select(['id', 'key', 'name', 'archivedAt'])
    .orderBy(sql`key <> 'main'`)
    .orderBy('name')
    .execute()

export const insertCompany = (
  db: CentralDb,
  company: { key: string; name: string; createdAt: Date },
): Promise<CompanyRow> =>
  db
    .insertInto('billingCompanies')
    .values(company)
    .returning(['id', 'key', 'name', 'archivedAt'])
    .executeTakeFirstOrThrow()

export const changeCompany = (
  db: CentralDb,
  id: string,
  says: { name: string; archivedAt: Date | null },
): Promise<CompanyRow> =>
  db
    .updateTable('billingCompanies')
    .set(says)
    .where('id', '=', id)
    .returning(['id', 'key', 'name', 'archivedAt'])
    .executeTakeFirstOrThrow()

// ───────────────────────────── interest rates

export const rateRows = (db: CentralDb) =>
  db
    .selectFrom('interestRates as rate')
    .leftJoin('staffMembers as staff', 'staff.id', 'rate.recordedBy')
    .select([
      'rate.kind',
      'rate.fromOn',
      'rate.basisPoints',
      'rate.source',
      'rate.recordedAt',
      sql<string | null>`staff.first_name || ' ' || staff.last_name`.as('recordedBy'),
    ])
    .orderBy('rate.fromOn', 'desc')
    .orderBy('rate.kind')
    .execute()

/** @returns false where that day's rate is recorded already */
export const insertRate = (
  db: CentralDb,
  rate: {
    kind: string
    fromOn: string
    basisPoints: number
    source: string
    recordedBy: string
    recordedAt: Date
  },
): Promise<boolean> =>
  db
    .insertInto('interestRates')
    .values(rate)
    .onConflict((known) => known.columns(['kind', 'fromOn']).doNothing())
    .executeTakeFirst()
    .then(({ numInsertedOrUpdatedRows = 0n }) => numInsertedOrUpdatedRows > 0n)
