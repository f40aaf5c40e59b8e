/** Numbers as people read them out. */
import { phoneByPairs } from '#contract/clients'

/** SIREN « 732 829 320 », SIRET « 732 829 320 00074 » (INSEE's own grouping); anything else as it stands. */
export function groupedNumber(number: string): string {
  return number.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})?$/, (_, a: string, b: string, c: string, d?: string) =>
    [a, b, c, d].filter(Boolean).join('\u00A0'),
  )
}

/** A company's number is the first nine digits of its establishments'. */
export function sirenOf(siret: string | null): string | null {
  return siret && /^\d{14}$/.test(siret) ? siret.slice(0, 9) : null
}

/** « 06 39 98 12 34 » for a number of metropolitan France, never broken over two lines; others in their international form. */
export function phoneInWords(phone: string): string {
  const pairs = phoneByPairs(phone)
  return pairs === phone ? phone : pairs.replaceAll(' ', '\u00A0')
}
