/** Whose statement it is: one of an account that is none of ours brings nobody's payments. */
import { bankAccountForeign, bankAccountMissing } from '#contract/billing'
import { sql, type CentralDb } from '#platform/server/db.ts'
import { refuse } from '#platform/server/requests.ts'

/** `isCurrent`: in force or to come; what was ours once may still have a statement. */
export type OurAccount = { id: string; companyId: string; company: string; iban: string; isCurrent: boolean }

/** Every account that was ever approved, once each, by its latest version. */
export const ourAccounts = async (db: CentralDb, today: string): Promise<OurAccount[]> => {
  const { rows } = await sql<OurAccount>`
    select distinct on (iban) * from (
      select version.id, company_id as "companyId", billing_companies.name as company, content ->> 'iban' as iban,
        in_force_from > ${today}::date or in_force_from = max(in_force_from) filter (where in_force_from <= ${today}::date)
          over (partition by company_id) as "isCurrent", in_force_from, decided_at
      from billing_settings version join billing_companies on billing_companies.id = company_id
      where kind = 'bank' and version.state = 'approved') approved
    order by iban, "isCurrent" desc, in_force_from desc, decided_at desc`.execute(db)
  return rows
}

/** A bank that does not write IBANs writes the number that stands in one. */
const isAccount = (stated: string, iban: string) =>
  stated === iban || (stated.length >= 8 && !/^[A-Z]{2}\d\d/.test(stated) && iban.includes(stated))

const plainAccount = (stated: string) => stated.replaceAll(/\s/g, '').toUpperCase()
const endingOf = (account: string) => plainAccount(account).slice(-4)

/** Where none of ours was ever said, none can be told to be another's. */
export const statedAccounts = (stated: readonly string[], ours: readonly OurAccount[]) =>
  stated.map((account) => ({
    ending: endingOf(account),
    isOurs: ours.length === 0 || ours.some(({ iban }) => isAccount(plainAccount(account), iban)),
  }))

/** Of which account a line is: as far as is known, and by its last four signs. */
export type AccountOf = (stated: string) => { account: string; ending: string }

/** @param accountId chosen by a person, where the file says none: a former one too */
export function accountsOf(ours: readonly OurAccount[], accountId: string | undefined): AccountOf {
  const current = ours.filter(({ isCurrent }) => isCurrent)
  const unsaid = ours.find(({ id }) => id === accountId) ?? (current.length === 1 ? current[0] : undefined)
  return (stated) => {
    if (stated === '') return { account: unsaid?.iban ?? '', ending: endingOf(unsaid?.iban ?? '') }
    const known = ours.find(({ iban }) => isAccount(plainAccount(stated), iban))
    return { account: known?.iban ?? plainAccount(stated), ending: endingOf(stated) }
  }
}

/** Where it says none and no person names one, it is the same file under whichever account it came: ours change. */
export const soughtUnder = (
  stated: readonly string[],
  endings: readonly string[],
  accountId: string | undefined,
): readonly string[] | 'whichever' =>
  stated.length === 0 && accountId === undefined ? 'whichever' : endings.filter(Boolean)

/**
 * @returns the last signs of the accounts it is of, and of those that are none of ours
 * @throws Refused where one is none of ours and is not taken all the same, or nobody said which of ours it is of
 */
export function accountsTaken(
  stated: readonly string[],
  ours: readonly OurAccount[],
  { accountId, takesForeign }: { accountId?: string | undefined; takesForeign: boolean },
): { endings: string[]; foreign: string[] } {
  const foreign = statedAccounts(stated, ours)
    .filter(({ isOurs }) => !isOurs)
    .map(({ ending }) => ending)
  if (foreign.length > 0 && !takesForeign)
    throw refuse(bankAccountForeign, {
      details: { endings: foreign },
      values: { accounts: foreign.map((ending) => `•••• ${ending}`).join(', ') },
    })
  const accountOf = accountsOf(ours, accountId)
  if (stated.length > 0) return { endings: stated.map((account) => accountOf(account).ending), foreign }
  const current = ours.filter(({ isCurrent }) => isCurrent)
  const { ending } = accountOf('')
  if (ending === '' && current.length > 1)
    throw refuse(bankAccountMissing, { details: { accounts: current.map(({ id }) => id) } })
  return { endings: ending === '' ? [] : [ending], foreign }
}
