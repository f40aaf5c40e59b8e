/** Signs that may be an account's, read as what each place of one holds, and held against its key. */
import { countrySpecs, isValidIBAN } from 'ibantools'
import { digitLike } from './signs.ts'

type Place = 'digit' | 'letter' | 'either'

/** By the registry of ISO 13616: country, key, then what the country says. */
const placesByCountry: ReadonlyMap<string, readonly Place[]> = new Map(
  Object.entries(countrySpecs).flatMap(([country, { chars, bban_regexp: shape }]) =>
    typeof chars === 'number' && typeof shape === 'string'
      ? [[country, ['letter', 'letter', 'digit', 'digit', ...placesOf(shape)]]]
      : [],
  ),
)

function placesOf(shape: string): Place[] {
  return [...shape.matchAll(/\[([^\]]+)\]\{(\d+)\}/g)].flatMap(([, signs = '', times]) => {
    const place = !signs.includes('A-Z') ? 'digit' : signs.includes('0-9') ? 'either' : 'letter'
    return Array.from({ length: Number(times) }, (): Place => place)
  })
}

export const longest = Math.max(...[...placesByCountry.values()].map(({ length }) => length))
export const ibanLength = (country: string): number => placesByCountry.get(country)?.length ?? 0

/** Bank, branch, number and key, as cheques and older papers say a French account. */
export const domesticParts = [5, 5, 11, 2] as const
export const domesticLength = 23
const domesticPlaces = domesticParts.flatMap((length, part) =>
  Array.from({ length }, (): Place => (part === 2 ? 'either' : 'digit')),
)

/** @param signs as long as an account of its country @returns as whom it reads with a key that is right */
export function ibansIn(signs: string): string[] {
  const places = placesByCountry.get(signs.slice(0, 2))
  return places?.length === signs.length ? readings(signs, places).filter((one) => isValidIBAN(one)) : []
}

export function domesticsIn(signs: string): string[] {
  if (signs.length !== domesticLength) return []
  const all = /[A-Z]/.test(signs) ? readings(signs, domesticPlaces) : [signs]
  return all.filter(hasItsKey)
}

/** Letters count as 1 to 9, S as 2 again (Comité français d'organisation et de normalisation bancaires). */
function hasItsKey(account: string): boolean {
  const digits = account.replaceAll(/[A-Z]/g, (letter) => {
    const place = letter.charCodeAt(0) - 65
    return String(place < 18 ? (place % 9) + 1 : place - 16)
  })
  let rest = 0
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97
  return rest === 0 && !/^0+$/.test(digits)
}

/** Beyond this many places that read two ways all of them read the same way. */
const doubtsAtMost = 8

/** As figures that are typed as figures: with fewer nobody reads an account. */
export const digitsAtLeast = 8

/** Every way to read the signs; a letter is a digit where only a digit stands. None where less than a third are digits anyway. */
function readings(signs: string, places: readonly Place[]): string[] {
  const ways: string[][] = []
  let digits = 0
  for (const [at, place] of places.entries()) {
    const sign = signs.charAt(at)
    const digit = /[0-9]/.test(sign) ? sign : digitLike.get(sign)
    if (digit === sign) digits++
    if (place === 'letter') ways.push(/[A-Z]/.test(sign) ? [sign] : lettersLike(sign))
    else if (place === 'digit') ways.push(digit === undefined ? [] : [digit])
    else ways.push(digit === undefined || digit === sign ? [sign] : [sign, digit])
  }
  if (digits < digitsAtLeast || digits * 3 < signs.length || ways.some((way) => way.length === 0)) return []
  if (ways.filter((way) => way.length > 1).length > doubtsAtMost)
    return [ways.map(([first]) => first).join(''), ways.map((way) => way.at(-1)).join('')]
  return ways.reduce<string[]>((read, way) => read.flatMap((one) => way.map((sign) => one + sign)), [''])
}

const lettersLike = (sign: string) =>
  [...digitLike].flatMap(([letter, digit]) => (digit === sign ? [letter] : []))
