/**
 * Accounts that stand in free text. Where money goes two people answer for: whoever may only write a note, a footer or a letter
 * must not tell payers of another account there, however it is spaced, split, told in words or dressed up. Only what bears the
 * right key is one: other numbers are anybody's to write.
 */
import { digitsAtLeast, ibanLength, ibansIn, longest } from './account-readings.ts'
import { domesticsOf } from './domestic-accounts.ts'
import { looks, piecesOf, signsOf, type Piece } from './signs.ts'

/** @param own accounts that may be told of, as they are written anywhere
 * @returns the first account that is none of them, as the text dresses it down: country, « … », its last four */
export function foreignAccountIn(
  told: string,
  own: readonly (string | null | undefined)[],
): string | undefined {
  const text = told.replaceAll(vatNumber, (whole, key: string, siren: string, siret: string) =>
    isOneCompany(key, digitsOf(siren), digitsOf(siret)) ? ' ' : whole,
  )
  const written = signsOf(text)
  if ((written.match(/[0-9]/g)?.length ?? 0) < digitsAtLeast) return undefined
  const ours = own.map((iban) => signsOf(iban ?? '').replaceAll(/\s/g, ''))
  const everydayApart = signsOf(text.replaceAll(everyday, ' jour '))
  // Marks that turn the direction of reading show it from its end.
  const turned = [...written].toReversed().join('')
  const readings = [{ signs: written, inRuns: everydayApart }]
  if (turning.test(text)) readings.push({ signs: turned, inRuns: turned })
  for (const { signs, inRuns } of readings) {
    for (const ibans of ibansOf(signs))
      if (ibans.length > 0 && !ibans.some((iban) => ours.includes(iban)))
        return `${ibans[0]?.slice(0, 2)}…${ibans[0]?.slice(-4)}`
    for (const accounts of domesticsOf(signs, inRuns))
      if (accounts.length > 0 && !accounts.some((one) => ours.some((iban) => iban.endsWith(one))))
        return `…${accounts[0]?.slice(-4)}`
  }
  return undefined
}

/** Before a SIRET it makes up an IBAN's length with it, and one in ninety-seven of them bears an IBAN's key. */
const vatNumber =
  /\bFR[ .\u00A0\u202F]?(\d\d)((?:[ .\u00A0\u202F]?\d){9})(?=\D{0,30}?(\d(?:[ .\u00A0\u202F]?\d){13})(?!\d))/gi

/** Both begin with what names the company, which the key of the first is reckoned of: no account is told so. */
const isOneCompany = (key: string, siren: string, siret: string) =>
  siret.startsWith(siren) && Number(key) === (12 + 3 * (Number(siren) % 97)) % 97

const digitsOf = (written: string) => written.replaceAll(/\D/g, '')

/** Days, telephone numbers and amounts: side by side they are as long as an account soon, and one in ninety-seven bears its key. */
const everyday =
  /(?<![\d/])[0-3]?\d\/[01]?\d\/(?:19|20)\d\d(?![\d/])|(?<!\d\s?)(?:0\d(?:[ .\u00A0\u202F]\d\d){4}|\d{1,3}(?:[ .\u00A0\u202F]\d{3})*,\d\d[ \u00A0\u202F]?€)(?!\s?\d)/g

const turning = /[\u202D\u202E\u2066-\u2068]/u

function* ibansOf(signs: string): Iterable<string[]> {
  const saysSo = /IBAN|RIB|COMPTE|VIREMENT|ACCOUNT/.test(signs)
  for (const { index, 1: begins = '' } of signs.matchAll(beginsIban)) {
    const joined = signs
      .slice(index, index + widest)
      .replaceAll(/\s/g, '')
      .slice(0, longest)
    const isWord = /^[A-Z]{2}\s/.test(begins) && !saysSo
    if ((isWord || !/[0-9]/.test(begins)) && !countries.test(joined.slice(0, 2))) continue
    yield ibansIn(joined.slice(0, ibanLength(joined.slice(0, 2))))
  }
  // « FR76, puis 3000 … »: with the words between left out, all of them or those that lead on.
  const words = piecesOf(signs)
  yield* spelledOut(words.filter((one) => one.isNumber || countries.test(one.signs)))
  yield* spelledOut(words.filter((one) => one.isNumber || !leadingOn.test(one.signs)))
}

/** Whatever is spaced out further is read by nobody as one. */
const widest = 400
const beginsIban = new RegExp(String.raw`(?=([A-Z]\s*[A-Z]\s*[0-9${looks}]\s*[0-9${looks}]))`, 'g')
/** Elsewhere than in France a country's two letters alone are a word of somebody's: « de 12 à 24 mois ». */
const countries = /^(FR|MC)$/
const leadingOn = /^(PUIS|ET|ENSUITE|SUIVI|SUIVIS|DE|DES|ENFIN|THEN|AND|FOLLOWED|BY|LES?|LA|CHIFFRES|DIGITS)$/

function* spelledOut(pieces: readonly Piece[]): Iterable<string[]> {
  for (const [from, { signs }] of pieces.entries()) {
    const length = ibanLength(signs.slice(0, 2))
    let joined = ''
    for (let at = from; joined.length < length && at < pieces.length; at++) joined += pieces[at]?.signs
    if (length > 0 && joined.length === length) yield ibansIn(joined)
  }
}
