import type { Chance } from './chance.ts'

/** The digit that makes Luhn's sum a multiple of ten (ISO/IEC 7812-1, annex B). */
export function luhnDigit(body: string): string {
  let sum = 0
  for (let at = 0; at < body.length; at++) {
    // The last digit of the body stands second from the right once the check digit follows.
    const digit = Number(body[body.length - 1 - at])
    const weighted = at % 2 === 0 ? digit * 2 : digit
    sum += weighted > 9 ? weighted - 9 : weighted
  }
  return String((10 - (sum % 10)) % 10)
}

const closed = (body: string) => body + luhnDigit(body)

/** Eleven digits, the last one the check. */
export const rpps = (chance: Chance) => closed(`10${chance.digits(8)}`)

/** A SIREN right in itself, then an establishment's number that closes the fourteen. */
export const siret = (chance: Chance) => closed(`${closed(`9${chance.digits(7)}`)}0001`)

/** Department, 93 for psychologists, then five digits. */
export const adeli = (chance: Chance, department: string) =>
  `${department.slice(0, 2).replace(/[AB]/, '0')}93${chance.digits(5)}`
