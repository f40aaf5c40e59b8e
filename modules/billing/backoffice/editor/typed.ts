/** What people type into a line: « 2,5 », « 1 234,50 € », « 10 % ». A point is taken for a comma; what is none is null. */
import type { Language } from '#platform/ui/preferences.ts'

const plainOf = (typed: string): string =>
  typed
    .replaceAll(/[\s\u00A0\u202F€]/g, '')
    .replace('\u2212', '-')
    .replace(',', '.')
    // Half typed: « 12, » is 12 until its cents come.
    .replace(/\.$/, '')

/** @returns cents; a price below zero can be typed, and whoever checks the document says what is wrong with it */
export function centsIn(typed: string): number | null {
  const plain = plainOf(typed)
  return /^-?\d{1,9}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : null
}

/** @returns as the contract writes it, three decimals at most: '2.5', '-1' */
export function quantityIn(typed: string): string | null {
  const plain = plainOf(typed)
  const parts = /^(-?)0*(\d{1,9})(?:\.(\d{1,3}))?$/.exec(plain)
  if (!parts) return null
  const [, sign = '', whole = '0', decimals = ''] = parts
  const fraction = decimals.replace(/0+$/, '')
  return `${sign}${whole}${fraction && `.${fraction}`}`
}

export type Discount = { basisPoints: number; cents: number }

/** With « % » a part, else an amount; nothing typed is no discount. */
export function discountIn(typed: string): Discount | null {
  const plain = plainOf(typed)
  if (plain === '') return { basisPoints: 0, cents: 0 }
  const part = /^(\d{1,3}(?:\.\d{1,2})?)%$/.exec(plain)
  if (part) {
    const basisPoints = Math.round(Number(part[1]) * 100)
    return basisPoints <= 10_000 ? { basisPoints, cents: 0 } : null
  }
  const cents = centsIn(typed)
  return cents === null || cents < 0 ? null : { basisPoints: 0, cents }
}

const decimal = (text: string, language: Language) => (language === 'fr' ? text.replace('.', ',') : text)

/** How each stands in its field. */
export const typedCents = (cents: number, language: Language): string =>
  decimal((cents / 100).toFixed(2), language)
export const typedQuantity = decimal
export function typedDiscount({ basisPoints, cents }: Discount, language: Language): string {
  if (basisPoints > 0)
    return `${decimal(String(basisPoints / 100), language)}${language === 'fr' ? '\u00A0' : ''}%`
  return cents > 0 ? typedCents(cents, language) : ''
}

/** What can be read, as it stands in its field once it is left; anything else as it was typed. */
export const tidied = (language: Language) => ({
  price(typed: string): string {
    const cents = centsIn(typed)
    return cents === null ? typed : typedCents(cents, language)
  },
  quantity(typed: string): string {
    const quantity = quantityIn(typed)
    return quantity === null ? typed : typedQuantity(quantity, language)
  },
  discount(typed: string): string {
    const off = discountIn(typed)
    return off === null ? typed : typedDiscount(off, language)
  },
})
