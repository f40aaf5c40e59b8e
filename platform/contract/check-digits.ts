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

/**
 * ISO 7064 mod 97-10, as an IBAN (ISO 13616) and a creditor's SEPA identifier bear it: two check digits after the country.
 * @param written country, check digits and the rest, without spaces, in capitals
 */
export function mod97Holds(written: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(written)) return false
  let rest = 0
  for (const sign of written.slice(4) + written.slice(0, 4))
    for (const digit of String(Number.parseInt(sign, 36))) rest = (rest * 10 + Number(digit)) % 97
  return rest === 1
}

/**
 * A French VAT number of this SIREN: FR, a key, the SIREN (CGI art. 286 ter; the key is told by the SIREN where it is digits).
 */
export function frenchVatHolds(vatNumber: string, siren: string): boolean {
  const parts = /^FR([0-9A-HJ-NP-Z]{2})(\d{9})$/.exec(vatNumber)
  if (!parts || parts[2] !== siren) return false
  const key = parts[1] ?? ''
  return !/^\d\d$/.test(key) || Number(key) === (12 + 3 * (Number(siren) % 97)) % 97
}
