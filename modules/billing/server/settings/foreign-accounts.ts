/**
 * Accounts that stand in free text. Where money goes two people answer for: whoever may only write a note, a footer or a letter
 * must not tell payers of another account there, however it is spaced, split or dressed up.
 */
import { countrySpecs, isValidIBAN } from 'ibantools'

/** @param own accounts that may be told of, as they are written anywhere
 * @returns the first account that is none of them, as the text dresses it down: country, « … », its last four */
export function foreignAccountIn(
  text: string,
  own: readonly (string | null | undefined)[],
): string | undefined {
  const ours = new Set(own.map((iban) => plain(iban ?? '')))
  const written = plain(text)
  // Marks that turn the direction of reading show it from its end.
  const readings = turning.test(text) ? [written, [...written].toReversed().join('')] : [written]
  for (const reading of readings)
    for (const iban of accountsIn(reading))
      if (!ours.has(iban)) return `${iban.slice(0, 2)}…${iban.slice(-4)}`
  for (const account of domesticIn(text))
    if (![...ours].some((iban) => iban.startsWith('FR') && iban.endsWith(account)))
      return `…${account.slice(-4)}`
  return undefined
}

const turning = /[\u202D\u202E\u2066-\u2068]/u

/** Letters of other scripts that look like ours on paper. */
const alike = new Map(
  [
    ...'АAВBЕEКKМMНHОOРPСCТTУYХXІIЈJЅSԌGԚQԜWҮYՍUՏSΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXꓐBꓑPꓓDꓔTꓖGꓗKꓙJꓚCꓜZꓝFꓟMꓠNꓡLꓢSꓣRꓥAꓦVꓧHꓪWꓫXꓬYꓮAꓰEꓲIꓳOꓴU',
  ].reduce<[string, string][]>((pairs, sign, at, all) => {
    if (at % 2 === 0) pairs.push([sign, all[at + 1] ?? ''])
    return pairs
  }, []),
)

/** Letters and digits alone, in capitals, whatever script and width they were typed in. */
function plain(text: string): string {
  let written = ''
  for (const sign of text.normalize('NFKD').toUpperCase()) {
    if (/[0-9A-Z]/.test(sign)) written += sign
    else if (/\p{Nd}/u.test(sign)) written += digitOf(sign)
    else written += alike.get(sign) ?? ''
  }
  return written
}

/** Decimal digits stand in tens, each script's zero first (Unicode, Nd). */
function digitOf(sign: string): number {
  const codePoint = sign.codePointAt(0) ?? 0
  let zero = codePoint
  while (zero > codePoint - 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  return codePoint - zero
}

/** ISO 13616: country, key, and as many signs as the country says, wherever it begins. */
function* accountsIn(written: string): Iterable<string> {
  for (const { index } of written.matchAll(/(?=[A-Z]{2}[0-9OIL]{2})/g)) {
    const country = written.slice(index, index + 2)
    const length = countrySpecs[country]?.chars ?? 0
    const account = written.slice(index, index + length)
    if (length === 0 || account.length < length) continue
    // A letter typed for the digit it looks like is read as the digit.
    const digits = country + account.slice(2).replaceAll('O', '0').replaceAll(/[IL]/g, '1')
    if (isValidIBAN(account)) yield account
    else if (isValidIBAN(digits)) yield digits
  }
}

/** A French account as cheques and older papers say it: bank, branch, number, key. */
function* domesticIn(text: string): Iterable<string> {
  for (const [found] of text.normalize('NFKD').toUpperCase().matchAll(domestic)) {
    const account = plain(found)
    // Letters count as 1 to 9, S as 2 again (Comité français d'organisation et de normalisation bancaires).
    const digits = account.replaceAll(/[A-Z]/g, (letter) => {
      const place = letter.charCodeAt(0) - 65
      return String(place < 18 ? (place % 9) + 1 : place - 16)
    })
    if (BigInt(digits) % 97n === 0n) yield account
  }
}

const gap = String.raw`[\s.\-/]*`
const domestic = new RegExp(
  String.raw`(?<![0-9A-Z])\d{5}${gap}\d{5}${gap}(?:[0-9A-Z]${gap}){11}\d{2}(?![0-9A-Z])`,
  'g',
)
