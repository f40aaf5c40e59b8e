/**
 * What a browser needs of a contract: where an endpoint is, not what it takes and gives. The server checks both, so an
 * app is built without those shapes, and what else of a contract a page does not use is left out with them: to build
 * some hundred shapes takes a telephone longer than to draw the page.
 */
import { parseAst, type Plugin } from 'vite'

type Node = { type: string; start: number; end: number }
type Named = { type: string; name?: string; value?: unknown }
type Property = Node & { key?: Named; value: Node & { properties?: Property[] } }
type Value = Node & { callee?: Named; arguments?: { properties?: Property[] }[] }
type Declaration = Node & {
  declaration?: Declaration | null
  kind?: string
  declarations?: { init: Value | null }[]
}
type Edit = { start: number; end: number; text: string }

/** @param withInputs the app reads filters by the shape of an endpoint's query: what endpoints take is kept */
export function leanContracts({ withInputs }: { withInputs: boolean }): Plugin {
  return {
    name: 'lean-contracts',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { id: /\/(modules\/[\w-]+|platform)\/contract(\/[\w-]+)?\.ts$/ },
      handler: (code, id) => ({ code: leanContract(code, id, withInputs), map: null }),
    },
  }
}

/** Exported for its test. */
export function leanContract(code: string, id: string, withInputs: boolean): string {
  const edits: Edit[] = []
  // The parser's own types know every node there is; of them only these are looked at.
  for (const statement of parseAst(code, { lang: 'ts' }, id).body as unknown as Declaration[]) {
    const declared = statement.declaration ?? statement
    if (declared.kind !== 'const') continue
    for (const { init } of declared.declarations ?? [])
      if (init && /^(Call|Object)Expression$/.test(init.type)) edits.push(...lean(init, withInputs))
  }
  return edits.toSorted((one, other) => other.start - one.start).reduce(apply, code)
}

/** Called where it is declared and only if somebody uses it: the bundler is told that nothing else comes of it. */
function lean(value: Value, withInputs: boolean): Edit[] {
  const parts = value.callee?.name === 'endpoint' ? (value.arguments?.[0]?.properties ?? []) : []
  return [
    { start: value.start, end: value.start, text: '/* @__PURE__ */ (() => (' },
    ...parts.flatMap((part) => without(part, withInputs)),
    { start: value.end, end: value.end, text: '))()' },
  ]
}

function without({ key, value, start, end }: Property, withInputs: boolean): Edit[] {
  const name = key?.name
  if (name === 'summary') return [{ start, end, text: `summary: ''` }]
  if (name === 'input' && !withInputs) return [{ start, end, text: 'input: {}' }]
  if (name !== 'output') return []
  const isStream = value.properties?.some((part) => part.key?.name === 'stream') ?? false
  return [{ start, end, text: `output: ${isStream ? '{ stream: [] }' : '{}'}` }]
}

function apply(code: string, { start, end, text }: Edit): string {
  return code.slice(0, start) + text + code.slice(end)
}
