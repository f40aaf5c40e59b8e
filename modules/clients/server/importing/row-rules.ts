// What one row of the file becomes: the values of a client, or the one code that says why not.
// The order of the rules is the order of the codes (last name, e-mail, status, department, dates, SIRET, RPPS, the rest).
// Whether an e-mail is taken, in the file or in the database, is settled in SQL (settling.ts): rules before that
// question are `early`, rules after it `late`.
import {
  departmentCode,
  emailHolds,
  normalisePhone,
  type ClientKind,
  type ClientStatus,
  type ImportField,
  type RowCode,
} from '#contract/clients'
import { rppsHolds, siretHolds } from '#platform/contract/check-digits.ts'
import { cleanCell, oneLine, postalCode, ungrouped, wordKey } from './cells.ts'
import { readDate } from './dates.ts'
import type { Columns } from './mapping.ts'

export type EarlyCode = 'last_name_missing' | 'email_invalid'
export type LateCode = Exclude<RowCode, EarlyCode | 'email_duplicate_in_file' | 'email_already_exists'>

/** Text of a client as it goes to the database; empty is null. `lastSignInAt` without an offset is time in Paris. */
export type ClientValues = Record<
  Exclude<ImportField, 'lastName' | 'firstName' | 'email' | 'status' | 'kind'>,
  string | null
> & {
  lastName: string
  firstName: string
  email: string
  status: ClientStatus | null
  kind: ClientKind | null
}

export type JudgedRow = {
  values: ClientValues
  early: EarlyCode | null
  late: LateCode | null
  /** At least one zero date (warning `date_missing`). */
  dateMissing: boolean
}

const statusWords = new Map<string, ClientStatus>([
  ['client', 'active'],
  ['active', 'active'],
  ['prospect', 'prospect'],
  ['freemium', 'freemium'],
  ['exclu', 'excluded'],
  ['excluded', 'excluded'],
])

const kindWords = new Map<string, ClientKind>([
  ['praticien', 'practitioner'],
  ['praticienne', 'practitioner'],
  ['practitioner', 'practitioner'],
  ['secretaire', 'secretary'],
  ['secretary', 'secretary'],
])

/** The most a client's form takes, in characters: what is imported can be edited afterwards. */
const longest: [ImportField, number][] = [
  ['lastName', 120],
  ['firstName', 120],
  ['phone', 32],
  ['address', 500],
  ['postalCode', 10],
  ['city', 120],
  ['adeli', 20],
  ['origin', 120],
]

export function judgeRow(cells: string[], columns: Columns): JudgedRow {
  const text = (field: ImportField) => {
    const cell = columns[field] === undefined ? undefined : cells[columns[field]]
    return cell === undefined || cell === '' ? '' : cleanCell(cell)
  }

  const lastName = oneLine(text('lastName'))
  const email = text('email').toLowerCase()
  const status = statusWords.get(wordKey(text('status')))
  const departmentText = text('department')
  const department = departmentText === '' ? '' : departmentCode(departmentText)
  const nextPayment = readDate(text('nextPaymentOn'))
  const lastSignIn = readDate(text('lastSignInAt'))
  const siret = ungrouped(text('siret'))
  const rpps = ungrouped(text('rpps'))
  // A client without a kind is what most clients are; one with a word we do not know is not guessed.
  const kindText = text('kind')
  const kind = kindText === '' ? 'practitioner' : kindWords.get(wordKey(kindText))
  const phone = oneLine(text('phone'))

  const values: ClientValues = {
    lastName,
    firstName: oneLine(text('firstName')),
    email,
    phone: phone === '' ? null : normalisePhone(phone),
    address: text('address') || null,
    postalCode: postalCode(oneLine(text('postalCode')), department) || null,
    city: oneLine(text('city')) || null,
    department: department || null,
    status: status ?? null,
    kind: kind ?? null,
    nextPaymentOn: nextPayment.kind === 'date' ? nextPayment.date : null,
    lastSignInAt: lastSignIn.kind === 'date' ? `${lastSignIn.date} ${lastSignIn.time}` : null,
    rpps: rpps || null,
    adeli: ungrouped(text('adeli')) || null,
    siret: siret || null,
    origin: oneLine(text('origin')) || null,
  }

  return {
    values,
    early: lastName === '' ? 'last_name_missing' : emailHolds(email) ? null : 'email_invalid',
    late: lateCode(),
    dateMissing: nextPayment.kind === 'zero' || lastSignIn.kind === 'zero',
  }

  function lateCode(): LateCode | null {
    if (status === undefined) return 'status_unknown'
    if (department === undefined) return 'department_unknown'
    if (nextPayment.kind === 'invalid' || lastSignIn.kind === 'invalid') return 'date_invalid'
    if (siret !== '' && !siretHolds(siret)) return 'siret_invalid'
    if (rpps !== '' && !rppsHolds(rpps)) return 'rpps_invalid'
    if (kind === undefined) return 'kind_unknown'
    return longest.some(([field, limit]) => (values[field]?.length ?? 0) > limit) ? 'text_too_long' : null
  }
}
