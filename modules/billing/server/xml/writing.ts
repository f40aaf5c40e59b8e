/** The few pieces every element of the XML is made of. Text is escaped here and nowhere else. */

export type Xml = { readonly xml: string }
export type Child = Xml | string | null | readonly Child[]

/**
 * One element; what is null is left out, and an element without content is not written at all: the rule sheets refuse empty ones.
 * @example element('ram:ID', 'FA-2026-000123', { schemeID: '0002' })
 */
export function element(
  name: string,
  content: Child,
  attributes: Readonly<Record<string, string>> = {},
): Xml | null {
  const inside = written(content)
  if (inside === '') return null
  const bare = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
  return { xml: `<${name}${bare.join('')}>${inside}</${name}>` }
}

function written(content: Child): string {
  if (content === null) return ''
  if (typeof content === 'string') return escaped(content)
  if ('xml' in content) return content.xml
  return content.map(written).join('')
}

// XML 1.0 section 2.2: these cannot be written at all, not even escaped.
// oxlint-disable-next-line no-control-regex
const unwritable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu
const special: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escaped = (text: string) =>
  text.replace(unwritable, '\uFFFD').replace(/[&<>"]/g, (character) => special[character] ?? character)

/** @returns cents as `24.17` (BR-DEC: two decimals, a point) */
export function amount(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0')
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** @returns basis points as a percentage, `5.50` */
export const percentage = (basisPoints: number): string => amount(basisPoints)

/** Format 102 of UNTDID 2379: `20261121`. */
export const day = (name: string, on: string | null, prefix: 'udt' | 'qdt' = 'udt') =>
  on === null
    ? null
    : element(name, element(`${prefix}:DateTimeString`, on.replaceAll('-', ''), { format: '102' }))
