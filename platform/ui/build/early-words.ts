/** Which words are said before any page is open: found in the code that is loaded by then. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseAst } from 'vite'

type Node = {
  type?: string
  value?: unknown
  importKind?: string
  exportKind?: string
  source?: { value?: unknown } | null
  key?: { name?: unknown }
  quasis?: { value: { cooked: string } }[]
}

/** `later`: what it imports when first wanted; `cards`: of those what it hands to the pages of others. */
type Said = { texts: Set<string>; heads: string[]; imports: string[]; later: string[]; cards: string[] }

/**
 * @param app the folder of the app: all its own code, menus that open later included
 * @param index what a module hands to the app; it and what it imports at once are there from the start
 * @returns tells whether a message may be asked for by that code: by its key, or by the head of a
 * key whose end is not known, such as `access.role.${role}`
 */
export function earlyWords(app: string, index: string): (key: string) => boolean {
  const shell = globSync(join(app, '**/*.{ts,tsx}')).filter((file) => !/\.test\.|gallery/.test(file))
  return wordsSaidIn([...shell, ...loadedWith(index)])
}

/** Tells whether these files may ask for a message. */
export function wordsSaidIn(files: readonly string[]): (key: string) => boolean {
  const said = files.map(saidIn)
  return (key) =>
    said.some(({ texts, heads }) => texts.has(key) || heads.some((head) => key.startsWith(head)))
}

/**
 * The words of cards: parts of many modules stand on one page, and each would bring all the words of its own.
 * @param indexes what the modules hand to the app
 */
export function cardWords(indexes: readonly string[]): (key: string) => boolean {
  const seen = new Set<string>()
  for (const index of indexes)
    for (const card of saidIn(index).cards) loadedWith(join(dirname(index), card), seen, { andLater: true })
  return wordsSaidIn([...seen])
}

/** A file and all it imports, by relative path: without being asked later, or then too. */
function loadedWith(
  file: string,
  seen = new Set<string>(),
  how: { andLater: boolean } = { andLater: false },
): Set<string> {
  if (seen.has(file) || !existsSync(file)) return seen
  seen.add(file)
  const { imports, later } = saidIn(file)
  for (const name of how.andLater ? [...imports, ...later] : imports)
    loadedWith(join(dirname(file), name), seen, how)
  return seen
}

const read = new Map<string, { code: string; said: Said }>()

function saidIn(file: string): Said {
  const code = readFileSync(file, 'utf8')
  const before = read.get(file)
  if (before?.code === code) return before.said
  const said: Said = { texts: new Set(), heads: [], imports: [], later: [], cards: [] }
  const visit = (node: unknown, isCard = false): void => {
    if (Array.isArray(node)) return node.forEach((one) => visit(one, isCard))
    if (typeof node !== 'object' || node === null) return
    const { type, value, importKind, exportKind, source, key, quasis } = node as Node
    if (importKind === 'type' || exportKind === 'type') return
    if (/^(Import|ExportNamed|ExportAll)Declaration$/.test(type ?? '') && typeof source?.value === 'string') {
      if (isBeside(source.value)) said.imports.push(source.value)
    }
    if (type === 'ImportExpression' && typeof source?.value === 'string' && isBeside(source.value))
      (isCard ? said.cards : said.later).push(source.value)
    if (type === 'Literal' && typeof value === 'string') said.texts.add(value)
    const head = type === 'TemplateLiteral' ? quasis?.[0]?.value.cooked : undefined
    if (head && /^[a-z_-]+\./.test(head)) said.heads.push(head)
    const isOfCards = isCard || (type === 'Property' && key?.name === 'cards')
    for (const child of Object.values(node)) visit(child, isOfCards)
  }
  visit(parseAst(code, { lang: file.endsWith('x') ? 'tsx' : 'ts' }, file).body)
  read.set(file, { code, said })
  return said
}

const isBeside = (name: string): boolean => /^\.\.?\/.*\.tsx?$/.test(name)
