import { parseAst } from 'vite'

type Node = { type?: string; name?: { name?: string }; value?: unknown; start?: number; raw?: string }

// Attributes whose text a person reads or hears.
const spoken = new Set([
  'title',
  'label',
  'alt',
  'placeholder',
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
  'description',
  'heading',
  'help',
  'caption',
  'text',
  'tooltip',
  'header',
])

const word = /\p{L}{2,}/u

/** Text a component says that stands in the code instead of in messages/: JSX text, and literals in spoken attributes. */
export function textsIn(code: string, file: string): string[] {
  const found: string[] = []
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (typeof node !== 'object' || node === null) return
    const { type, name, value } = node as Node
    if (type === 'JSXText' && typeof value === 'string' && word.test(value)) found.push(value.trim())
    if (type === 'JSXAttribute' && spoken.has(name?.name ?? '')) {
      const text = literalOf(value)
      if (text !== undefined && word.test(text)) found.push(text)
    }
    if (type === 'JSXExpressionContainer') {
      const text = literalOf(node)
      if (text !== undefined && word.test(text) && !insideAttribute.has(node)) found.push(text)
    }
    if (type === 'JSXAttribute' && value) insideAttribute.add(value)
    for (const child of Object.values(node)) visit(child)
  }
  const insideAttribute = new WeakSet<object>()
  visit(parseAst(code, { lang: 'tsx' }, file).body)
  return found
}

/** The text of `"…"`, `{'…'}` or a template without holes. */
function literalOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const node = value as {
    type?: string
    value?: unknown
    expression?: unknown
    quasis?: { value: { cooked: string } }[]
    expressions?: unknown[]
  }
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node.type === 'JSXExpressionContainer') return literalOf(node.expression)
  if (node.type === 'TemplateLiteral') return node.quasis?.map((part) => part.value.cooked).join(' ')
  return undefined
}

/** Every literal key handed to `t('…')` or `say(language, '…')`, and every string that looks like a key of these messages. */
export function keysIn(code: string, file: string): { asked: string[]; mentioned: string[] } {
  const asked: string[] = []
  const mentioned: string[] = []
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (typeof node !== 'object' || node === null) return
    const call = node as {
      type?: string
      callee?: { name?: string; property?: { name?: string } }
      arguments?: unknown[]
      value?: unknown
    }
    if (call.type === 'CallExpression') {
      const name = call.callee?.name ?? call.callee?.property?.name
      const key =
        name === 't'
          ? literalOf(call.arguments?.[0])
          : name === 'say'
            ? literalOf(call.arguments?.[1])
            : undefined
      if (key !== undefined && /^[a-zA-Z_-]+\.[\w.-]+$/.test(key)) asked.push(key)
    }
    if (
      call.type === 'Literal' &&
      typeof call.value === 'string' &&
      /^[a-zA-Z_-]+(\.[\w-]+)+$/.test(call.value)
    )
      mentioned.push(call.value)
    for (const child of Object.values(node)) visit(child)
  }
  visit(parseAst(code, { lang: file.endsWith('x') ? 'tsx' : 'ts' }, file).body)
  return { asked, mentioned }
}
