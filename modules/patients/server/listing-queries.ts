import type { RawBuilder } from 'kysely'
import { z } from 'zod'
import type { PatientFilter, PatientSort } from '#contract/patients'
import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'
import { isMinor, noHolderOfAuthority, yearsOld } from './ages.ts'
import type { Search } from './searching.ts'

type Db = TenantTables<'patients' | 'practice' | 'appointments' | 'dues' | 'origins' | 'relatives'>

/** What a list is of, besides its filter. */
export type Wanted = {
  filter: PatientFilter
  search: Search | undefined
  forgiving: boolean
  /** The practice's day and clock. */
  today: string
  timeZone: string
  now: Date
  /** Who asks may see what is owed. */
  fees: boolean
}

export type ListedRow = {
  id: string
  firstName: string
  lastName: string
  bornOn: string | null
  age: number | null
  authorityMissing: boolean
  monSoutienPsy: boolean
  email: string
  phone: string
  city: string
  origin: string | null
  nextAt: Date | null
  nextLocal: string | null
  lastSeenOn: string | null
  owedCents: number | null
  createdAt: Date
  archivedAt: Date | null
  trashedAt: Date | null
  key: string | null
}

const stateOf: Record<NonNullable<PatientFilter['state']>, RawBuilder<boolean>> = {
  active: sql`p.archived_at is null and p.trashed_at is null`,
  archived: sql`p.archived_at is not null and p.trashed_at is null`,
  trash: sql`p.trashed_at is not null`,
  any: sql`p.trashed_at is null`,
}

/** Of patient `p`, an appointment that was not cancelled. */
const came = (how: RawBuilder<unknown>) =>
  sql<boolean>`exists (select from appointments a where a.patient_id = p.id and a.status not in ('cancelled', 'late_cancelled') and ${how})`

function matching({ filter, search, forgiving, today, timeZone, now, fees }: Wanted): RawBuilder<boolean> {
  const from = (day: string) => sql`${day}::date::timestamp at time zone ${timeZone}`
  const conditions = [sql<boolean>`p.erased_at is null`, stateOf[filter.state ?? 'active']]
  if (search) conditions.push(forgiving ? search.forgiving : search.literal)
  if (filter.monSoutienPsy) conditions.push(sql`p.mon_soutien_psy`)
  if (filter.authority) conditions.push(sql`${isMinor(today)} and ${noHolderOfAuthority}`)
  if (filter.owes && fees) conditions.push(sql`${owed(now)} > 0`)
  if (filter.notSince) conditions.push(sql`not ${came(sql`a.starts_at >= ${from(filter.notSince)}`)}`)
  if (filter.since) conditions.push(came(sql`a.starts_at >= ${from(filter.since)}`))
  if (filter.created) {
    const first = `${filter.created}-01`
    conditions.push(
      sql`p.created_at >= ${from(first)} and p.created_at < (${first}::date + interval '1 month')::timestamp at time zone ${timeZone}`,
    )
  }
  if (filter.originId) conditions.push(sql`p.origin_id = ${filter.originId}::uuid`)
  if (filter.practitionerId) conditions.push(sql`p.practitioner_id = ${filter.practitionerId}::uuid`)
  return sql`${sql.join(conditions, sql` and `)}`
}

const nextAt = (now: Date) =>
  sql<Date | null>`(select min(a.starts_at) from appointments a
    where a.patient_id = p.id and a.status = 'planned' and a.starts_at > ${now})`

/** An appointment that is over and that nobody said anything about counts as kept. */
const seenAt = (now: Date) =>
  sql<Date | null>`(select max(a.starts_at) from appointments a
    where a.patient_id = p.id and a.status in ('planned', 'kept') and a.starts_at <= ${now})`

/** As `fees` tells it: what is over, or was said to be, or stands on a fee note. */
const owed = (now: Date) =>
  sql<number | null>`(select coalesce(sum(d.due_cents - d.paid_cents), 0)::integer from dues d
    where d.patient_id = p.id and (d.ends_at <= ${now} or d.status <> 'planned' or d.fee_note_id is not null))`

const byName = sql`searchable(p.last_name) || ' ' || searchable(p.first_name)`

/** What a list is sorted by, and as what type its places are compared. */
function keyOf(
  sort: PatientSort,
  { search, now, fees }: Wanted,
): { key: RawBuilder<unknown>; type: RawBuilder<unknown> } {
  const by = sort.replace(/^-/, '')
  if (by === 'next') return { key: nextAt(now), type: sql`timestamptz` }
  if (by === 'seen') return { key: seenAt(now), type: sql`timestamptz` }
  if (by === 'created') return { key: sql`p.created_at`, type: sql`timestamptz` }
  if (by === 'owed' && fees) return { key: sql`nullif(${owed(now)}, 0)`, type: sql`integer` }
  if (by === 'relevance' && search) return { key: sql`${search.rank} || ' ' || ${byName}`, type: sql`text` }
  return { key: byName, type: sql`text` }
}

/** Where a page ended. */
export const Place = z.strictObject({
  sort: z.string(),
  key: z.string().max(600).nullable(),
  id: z.uuid(),
})
export type Place = z.infer<typeof Place>

export async function countOf(db: Db, wanted: Wanted): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from patients p where ${matching(wanted)}`.execute(db)
  return rows[0]?.count ?? 0
}

/** After a place, so many of them; without a limit all. What is missing stands last, whichever way it is sorted. */
export async function pageOfPatients(
  db: Db,
  wanted: Wanted,
  { sort, after, limit }: { sort: PatientSort; after?: Place | undefined; limit?: number | undefined },
): Promise<ListedRow[]> {
  const { today, timeZone, now, fees } = wanted
  const { key, type } = keyOf(sort, wanted)
  const down = sort.startsWith('-')
  const order = sql`key is null, key ${down ? sql`desc` : sql`asc`}, id`
  const beyond = after ? sql`where ${placedAfter(after, type, down)}` : sql``
  const { rows } = await sql<ListedRow>`
    with listed as (select p.id, ${key} as key from patients p where ${matching(wanted)}),
    page as (select id, key from listed ${beyond} order by ${order} limit ${limit ?? null})
    select p.id, p.first_name, p.last_name, p.born_on::text as born_on, ${yearsOld(today)} as age,
      ${isMinor(today)} and ${noHolderOfAuthority} as authority_missing, p.mon_soutien_psy, p.email, p.phone, p.city,
      o.name as origin, next.at as next_at,
      to_char(next.at at time zone ${timeZone}, 'YYYY-MM-DD"T"HH24:MI') as next_local,
      (${seenAt(now)} at time zone ${timeZone})::date::text as last_seen_on,
      ${fees ? owed(now) : sql`null`} as owed_cents,
      p.created_at, p.archived_at, p.trashed_at, page.key::text as key
    from page join patients p on p.id = page.id left join origins o on o.id = p.origin_id,
      lateral (select ${nextAt(now)} as at) next
    order by page.key is null, page.key ${down ? sql`desc` : sql`asc`}, page.id`.execute(db)
  return rows
}

function placedAfter({ key, id }: Place, type: RawBuilder<unknown>, down: boolean): RawBuilder<boolean> {
  if (key === null) return sql`key is null and id > ${id}::uuid`
  const at = sql`${key}::text::${type}`
  return sql`key ${down ? sql`<` : sql`>`} ${at} or key = ${at} and id > ${id}::uuid or key is null`
}
