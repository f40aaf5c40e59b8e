/** Numbers as people read them out. */

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

/** « 06 39 98 12 34 » for a number of metropolitan France; others stay in their international form. */
export function phoneInWords(phone: string): string {
  const national = /^\+33(\d{9})$/.exec(phone)?.[1]
  return national ? `0${national}`.replaceAll(/(\d{2})(?=\d)/g, '$1\u00A0') : phone
}
