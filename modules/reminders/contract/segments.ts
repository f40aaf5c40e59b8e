/** How an SMS is counted (3GPP TS 23.038, 23.040): what does not fit the small alphabet makes all of it cost double. */

/** The default alphabet, and what costs two of its signs. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const extended = new Set('^{}\\[~]|€\f')

export type SmsSize = {
  alphabet: 'gsm7' | 'ucs2'
  /** Signs of the alphabet; of a linked one fewer fit, since each part says which it is. */
  length: number
  parts: number
  /** Signs until one part more begins. */
  left: number
}

/** @example smsSize('Bonjour') // { alphabet: 'gsm7', length: 7, parts: 1, left: 153 } */
export function smsSize(text: string): SmsSize {
  const signs = [...text]
  const small = signs.every((sign) => basic.has(sign) || extended.has(sign))
  const length = small ? signs.reduce((sum, sign) => sum + (extended.has(sign) ? 2 : 1), 0) : text.length
  const [alone, linked] = small ? [160, 153] : [70, 67]
  if (length <= alone) return { alphabet: small ? 'gsm7' : 'ucs2', length, parts: 1, left: alone - length }
  const parts = partsOf(small ? signs.map((sign) => (extended.has(sign) ? 2 : 1)) : widths(signs), linked)
  return {
    alphabet: small ? 'gsm7' : 'ucs2',
    length,
    parts: parts.count,
    left: linked - parts.last,
  }
}

const widths = (signs: readonly string[]) => signs.map((sign) => sign.length)

/** No sign is cut in two: one that does not fit any more begins the next part. */
function partsOf(widthsOfSigns: readonly number[], linked: number): { count: number; last: number } {
  let count = 1
  let last = 0
  for (const width of widthsOfSigns) {
    if (last + width > linked) {
      count++
      last = 0
    }
    last += width
  }
  return { count, last }
}

/** What people type and the small alphabet lacks, where another sign says the same. */
const same: Record<string, string> = {
  '\u00A0': ' ',
  '\u202F': ' ',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '…': '...',
}

/** The same text with typographer's signs written plainly, as an SMS leaves. */
export function plainSms(text: string): string {
  return text
    .replaceAll(/«[\u00A0\u202F ]?|[\u00A0\u202F ]?»/g, '"')
    .replaceAll(/[\u00A0\u202F’‘“”–—…]/g, (sign) => same[sign] ?? sign)
}
