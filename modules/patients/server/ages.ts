/** How old patient `p` is, and who answers for them while they are a minor. */
import { adultAt } from '#contract/patients'
import { sql } from '#platform/server/db.ts'

/** In whole years on a day; null where the day of birth is not known. Who was born on 29 February ages on 1 March. */
export const yearsOld = (day: string) =>
  sql<number | null>`extract(year from age(${day}::date, p.born_on))::integer`

export const isMinor = (day: string) => sql<boolean>`coalesce(${yearsOld(day)} < ${adultAt}, false)`

/** Of patient `p`: who holds parental authority, or a guardian in their place. */
const answersForThem = sql`r.patient_id = p.id and r.role in ('parental_authority', 'guardian')`

export const noHolderOfAuthority = sql<boolean>`not exists (select from relatives r where ${answersForThem})`
