/** Which invoices are late, what was written about them, and what may be written next. */
import type { UnpaidAge, WithheldWhy } from '#contract/billing'
import { inside, isLimited, type Within } from '#server/access'
import { sql, type CentralDb } from '#platform/server/db.ts'
import type { RawBuilder } from 'kysely'
import type { Plan } from './plans.ts'

export type LateRow = {
  id: string
  number: string
  companyId: string
  issuedOn: string
  dueOn: string
  daysLate: number
  inclCents: number
  outstandingCents: number
  clientId: string
  firstName: string
  lastName: string
  clientEmail: string
  audience: 'business' | 'private'
  /** Where letters go: the billing profile's address, else the client's. */
  email: string
  language: 'fr' | 'en'
  lastStep: number | null
  lastSentAt: Date | null
  nextStep: number | null
  nextOn: string | null
  withheld: WithheldWhy | null
  pauseUntil: string | null
  pauseWhy: string | null
  pauseBy: string | null
  pauseSince: Date | null
}

export type LateFilter = {
  age?: UnpaidAge | undefined
  client?: string | undefined
  letter?: 'ready' | 'paused' | 'never' | undefined
  q?: string | undefined
  ids?: readonly string[] | undefined
}

export type About = { today: string; plan: Plan; mine?: Within }

const ages: Record<UnpaidAge, RawBuilder<boolean>> = {
  to_30: sql`late."daysLate" <= 30`,
  to_60: sql`late."daysLate" between 31 and 60`,
  to_90: sql`late."daysLate" between 61 and 90`,
  over_90: sql`late."daysLate" > 90`,
}

/**
 * Every invoice that is late. A letter's day has come once the invoice is so many days late, and once the time between two
 * steps has passed since the last one was written: who is reminded late for the first time is not warned the day after.
 */
const late = ({ today, plan, mine }: About) => sql`
  select invoice.id, invoice.number, coalesce(invoice.company_id, ${plan.mainCompanyId}::uuid) as "companyId",
    invoice.issued_on as "issuedOn", invoice.due_on as "dueOn", ${today}::date - invoice.due_on as "daysLate",
    invoice.total_incl_cents as "inclCents", invoice.total_incl_cents - invoice.paid_cents as "outstandingCents",
    clients.id as "clientId", clients.first_name as "firstName", clients.last_name as "lastName",
    clients.email as "clientEmail", clients.search_text as search, 
    -- Who it was issued to: whoever becomes a professional later was not told of penalties, who ceases to be one was.
    coalesce(document.content::jsonb #>> '{buyer,audience}', profile.audience, 'business') as audience,
    coalesce(profile.email, clients.email, '') as email, coalesce(profile.language, 'fr') as language,
    last.step as "lastStep", last.sent_at as "lastSentAt", next.step as "nextStep",
    greatest(invoice.due_on + next.days, (last.sent_at at time zone 'Europe/Paris')::date + next.gap) as "nextOn",
    case when pause.id is not null then 'paused'
      when next.step is null then case when last.step is null then 'no_steps' else 'last_sent' end
      when coalesce(profile.email, clients.email, '') = '' then 'no_email'
      when exists (select from sepa_collections where invoice_id = invoice.id and state = 'pending') then 'collecting'
      when exists (select from invoice_events where invoice_id = invoice.id and code in (210, 213)) then 'refused'
    end as withheld,
    pause.until_on as "pauseUntil", pause.why as "pauseWhy", pause.begun_at as "pauseSince",
    staff.first_name || ' ' || staff.last_name as "pauseBy"
  from invoices invoice
  join clients on clients.id = invoice.client_id
  left join invoice_documents document on document.invoice_id = invoice.id
  left join billing_profiles profile on profile.client_id = invoice.client_id
  left join lateral (select step, sent_at from dunning_letters where invoice_id = invoice.id order by step desc limit 1) last on true
  left join jsonb_to_recordset(${JSON.stringify(plan.steps)}::jsonb) next (company uuid, step integer, days integer, gap integer)
    on next.company = coalesce(invoice.company_id, ${plan.mainCompanyId}::uuid) and next.step = coalesce(last.step, 0) + 1
  left join dunning_pauses pause on pause.client_id = invoice.client_id and pause.ended_at is null
    and (pause.until_on is null or pause.until_on >= ${today}::date)
  left join staff_members staff on staff.id = pause.begun_by
  where invoice.state = 'issued' and invoice.kind = 'invoice' and invoice.due_on < ${today}::date
    and invoice.paid_cents < (invoice.total_excl_cents + invoice.total_vat_cents)
    ${mine && isLimited(mine) ? sql`and ${inside(mine, sql`clients`)}` : sql``}`

const isReady = (today: string) => sql`(late.withheld is null and late."nextOn" <= ${today}::date)`

function matching({ age, client, letter, q, ids }: LateFilter, today: string): RawBuilder<boolean> {
  const conditions: RawBuilder<unknown>[] = [sql`true`]
  if (age) conditions.push(ages[age])
  if (client) conditions.push(sql`late."clientId" = ${client}::uuid`)
  if (letter === 'ready') conditions.push(isReady(today))
  if (letter === 'paused') conditions.push(sql`late.withheld = 'paused'`)
  if (letter === 'never') conditions.push(sql`late."lastStep" is null`)
  if (ids) conditions.push(sql`late.id = any(${ids}::uuid[])`)
  if (q)
    conditions.push(
      // Words of the client, or any part of a number; what LIKE would take for a pattern stands for itself.
      sql`(late.number ilike '%' || replace(replace(replace(${q}, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%' or (plain_text(${q}) <> ''
        and late.search like all (select '%' || word || '%' from unnest(string_to_array(replace(plain_text(${q}), '_', '\\_'), ' ')) word)))`,
    )
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

const sortKeys = {
  daysLate: { by: sql`late."daysLate"`, of: ({ daysLate }: LateRow) => daysLate },
  outstanding: {
    by: sql`late."outstandingCents"`,
    of: ({ outstandingCents }: LateRow) => outstandingCents,
  },
} as const
export type LateSort = keyof typeof sortKeys

export const keyOf = (sort: LateSort, row: LateRow): number => sortKeys[sort].of(row)

export async function latePage(
  db: CentralDb,
  about: About,
  wanted: {
    filter: LateFilter
    sort: LateSort
    descending: boolean
    after: { key: number; id: string } | undefined
    limit: number
  },
): Promise<LateRow[]> {
  const { by } = sortKeys[wanted.sort]
  const direction = wanted.descending ? sql`desc` : sql`asc`
  const beyond = wanted.after
    ? sql`and (${by}, late.id) ${wanted.descending ? sql`<` : sql`>`} (${wanted.after.key}::bigint, ${wanted.after.id}::uuid)`
    : sql``
  const { rows } = await sql<LateRow>`select late.* from (${late(about)}) late
    where ${matching(wanted.filter, about.today)} ${beyond}
    order by ${by} ${direction}, late.id ${direction} limit ${wanted.limit}`.execute(db)
  return rows
}

export const lateInvoice = (db: CentralDb, about: About, id: string): Promise<LateRow | undefined> =>
  sql<LateRow>`select late.* from (${late(about)}) late where late.id = ${id}`
    .execute(db)
    .then(({ rows }) => rows[0])

export type LateSums = {
  age: UnpaidAge
  count: number
  cents: number
  clients: number
  readyCount: number
  readyCents: number
}

export async function sumsByAge(db: CentralDb, about: About): Promise<LateSums[]> {
  const { rows } = await sql<LateSums>`
    select case when late."daysLate" <= 30 then 'to_30' when late."daysLate" <= 60 then 'to_60'
        when late."daysLate" <= 90 then 'to_90' else 'over_90' end as age,
      count(*)::integer as count, sum(late."outstandingCents")::bigint as cents, count(distinct late."clientId")::integer as clients,
      count(*) filter (where ${isReady(about.today)})::integer as "readyCount",
      coalesce(sum(late."outstandingCents") filter (where ${isReady(about.today)}), 0)::bigint as "readyCents"
    from (${late(about)}) late group by 1`.execute(db)
  return rows
}

export async function countMatching(
  db: CentralDb,
  about: About,
  filter: LateFilter,
): Promise<{ count: number; cents: number }> {
  const { rows } = await sql<{ count: number; cents: number }>`
    select count(*)::integer as count, coalesce(sum(late."outstandingCents"), 0)::bigint as cents
    from (${late(about)}) late where ${matching(filter, about.today)}`.execute(db)
  return rows[0] ?? { count: 0, cents: 0 }
}
