// The check digits of French professional numbers.

/** Luhn's formula (ISO/IEC 7812-1, annex B) over a string of digits, check digit included. */
export function luhnHolds(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    const digit = digits.charCodeAt(digits.length - 1 - at) - 48
    const weighted = at % 2 === 0 ? digit : digit * 2
    sum += weighted > 9 ? weighted - 9 : weighted
  }
  return sum % 10 === 0
}

/**
 * SIRET: 14 digits, Luhn (INSEE). La Poste (SIREN 356000000) has more establishments than its Luhn-valid numbers:
 * for them INSEE asks that the sum of the digits be a multiple of 5.
 */
export function siretHolds(siret: string): boolean {
  if (!/^\d{14}$/.test(siret)) return false
  if (luhnHolds(siret)) return true
  return siret.startsWith('356000000') && [...siret].reduce((sum, digit) => sum + Number(digit), 0) % 5 === 0
}

/** RPPS, the number of a health professional for life: 11 digits, Luhn (ANS). */
export function rppsHolds(rpps: string): boolean {
  return /^\d{11}$/.test(rpps) && luhnHolds(rpps)
}
