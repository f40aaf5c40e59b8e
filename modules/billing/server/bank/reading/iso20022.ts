/**
 * ISO 20022 documents, strictly. Nothing of XML's own machinery is used: a document that declares a type or an entity is none
 * of a bank's, and is refused before it is parsed.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { NoStatement } from './statement.ts'

export type Node = Record<string, unknown>

/** May stand more than once. */
const lists = new Set([
  'Stmt',
  'Ntry',
  'NtryDtls',
  'TxDtls',
  'Ustrd',
  'Strd',
  'OrgnlPmtInfAndSts',
  'TxInfAndSts',
  'StsRsnInf',
])

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  isArray: (name) => lists.has(name),
})

/** Any ISO 20022 document, strictly. */
export function parsed(text: string): Node {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new NoStatement('unreadable')
  if (deeperThan(text, 40)) throw new NoStatement('unreadable')
  if (XMLValidator.validate(text, { allowBooleanAttributes: false }) !== true)
    throw new NoStatement('unreadable')
  return parser.parse(text) as Node // an object of what stands in it
}

/** Tags still open at once: a document nested thousands deep would exhaust whoever reads it. */
function deeperThan(text: string, most: number): boolean {
  let depth = 0
  for (const [tag] of text.matchAll(/<\/?[A-Za-z_][^<>]*>/g)) {
    if (tag.startsWith('</')) depth--
    else if (!tag.endsWith('/>') && ++depth > most) return true
  }
  return false
}

export function nodeAt(node: unknown, ...path: readonly string[]): Node {
  let at = node
  for (const name of path) at = typeof at === 'object' && at !== null ? (at as Node)[name] : undefined
  return typeof at === 'object' && at !== null && !Array.isArray(at) ? (at as Node) : {}
}

export function listAt(node: unknown, ...path: readonly string[]): Node[] {
  const last = path.at(-1) ?? ''
  const value = nodeAt(node, ...path.slice(0, -1))[last]
  return Array.isArray(value) ? (value as Node[]) : []
}

/** Text of a leaf, whether or not it bears attributes. */
export function textAt(node: unknown, ...path: readonly string[]): string {
  const value = nodeAt(node, ...path.slice(0, -1))[path.at(-1) ?? '']
  const text = typeof value === 'object' && value !== null ? (value as Node)['#text'] : value
  return typeof text === 'string' ? unescaped(text).trim() : ''
}

const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The five of XML and characters by their number; anything else stays as it is written. */
export function unescaped(text: string): string {
  return text.replaceAll(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi,
    (whole, decimal, hex, name) => {
      if (name) return names[String(name).toLowerCase()] ?? whole
      const point = decimal ? Number(decimal) : Number.parseInt(String(hex), 16)
      return point > 0 && point <= 0x10_ff_ff ? String.fromCodePoint(point) : ''
    },
  )
}
