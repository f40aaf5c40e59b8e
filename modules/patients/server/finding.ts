import { findDoubles, findPatients, type FoundPatient } from '#contract/patients'
import { phoneShown } from '#platform/contract/phones.ts'
import { handleInTenant, type TenantHandler } from '#platform/server/requests.ts'
import type { Language } from '#platform/server/sentences.ts'
import { doublesOf, patientsFound, type FoundRow } from './finding-queries.ts'
import { phoneIn, searchOf } from './searching.ts'

/** Looking somebody up: for pickers, the palette, and before somebody is added who is there already. */
export const finding: readonly TenantHandler[] = [
  handleInTenant(findPatients, async ({ db, request: { language } }, { query: { q } }) => {
    const rows = await patientsFound(db, searchOf(q))
    return { rows: rows.map((row) => shown(row, language)) }
  }),

  handleInTenant(findDoubles, async ({ db, request: { language } }, { query }) => {
    const rows = await doublesOf(db, { ...query, digits: phoneIn(query.phone) })
    return { rows: rows.map((row) => ({ ...shown(row, language), same: row.same })) }
  }),
]

function shown({ id, firstName, lastName, bornOn, phone, city }: FoundRow, language: Language): FoundPatient {
  const born = bornOn && dayIn[language].format(new Date(`${bornOn}T00:00:00Z`))
  const detail = [born, phone && phoneShown(phone), city].filter(Boolean).slice(0, 2).join(' · ')
  return { id, name: `${firstName} ${lastName}`, detail }
}

const asDay = { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' } as const
const dayIn: Record<Language, Intl.DateTimeFormat> = {
  fr: new Intl.DateTimeFormat('fr', asDay),
  en: new Intl.DateTimeFormat('en-GB', asDay),
}
