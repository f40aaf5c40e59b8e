/** An amount as people type it, in cents: « 60 », « 60,5 », « 1 234,50 € »; null where it is none. */
export function centsIn(typed: string): number | null {
  const plain = typed.replaceAll(/[\s\u00A0\u202F€]/g, '').replace(',', '.')
  if (!/^\d{1,6}(\.\d{1,2})?$/.test(plain)) return null
  return Math.round(Number(plain) * 100)
}

/** How it stands in a field: « 60,50 ». */
export const typedOf = (cents: number): string => (cents / 100).toFixed(2).replace('.', ',')
