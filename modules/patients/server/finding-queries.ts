import { foundMost } from '#contract/patients'
import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'
import { hasPhone, type Search } from './searching.ts'

type Db = TenantTables<'patients'>

export type FoundRow = {
  id: string
  firstName: string
  lastName: string
  bornOn: string | null
  phone: string
  city: string
}

const shown = sql`p.id, p.first_name, p.last_name, p.born_on::text as born_on, p.phone, p.city`

/** Neither those in the trash nor those who were erased are anybody's to find. */
const there = sql`p.trashed_at is null and p.erased_at is null`

/** Those in use before the archived; those who have what was typed, or if there are none, who have something like it. */
export async function patientsFound(db: Db, search: Search | undefined): Promise<FoundRow[]> {
  if (!search) {
    const { rows } = await sql<FoundRow>`
      select ${shown} from patients p where ${there} and p.archived_at is null
      order by p.created_at desc, p.id desc limit ${foundMost}`.execute(db)
    return rows
  }
  for (const matching of [search.literal, search.forgiving]) {
    const { rows } = await sql<FoundRow>`
      select ${shown} from patients p where ${there} and ${matching}
      order by p.archived_at is not null, ${search.rank}, searchable(p.last_name), searchable(p.first_name), p.id
      limit ${foundMost}`.execute(db)
    if (rows.length > 0) return rows
  }
  return []
}

type Typed = { firstName: string; lastName: string; digits: string | undefined }

/** Five at the most. A name is the same whichever of its two fields each half was typed into. */
export async function doublesOf(db: Db, { firstName, lastName, digits }: Typed) {
  const named = firstName !== '' && lastName !== ''
  const sameName = named
    ? sql<boolean>`(searchable(p.first_name) = searchable(${firstName}) and searchable(p.last_name) = searchable(${lastName})
        or searchable(p.first_name) = searchable(${lastName}) and searchable(p.last_name) = searchable(${firstName}))`
    : sql<boolean>`false`
  const samePhone = digits !== undefined && digits.length >= 6 ? hasPhone(digits) : sql<boolean>`false`
  const { rows } = await sql<FoundRow & { same: 'name' | 'phone' }>`
    select ${shown}, case when ${sameName} then 'name' else 'phone' end as same from patients p
    where ${there} and (${sameName} or ${samePhone})
    order by same, searchable(p.last_name), searchable(p.first_name), p.id limit 5`.execute(db)
  return rows
}
