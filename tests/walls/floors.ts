import { parseAst } from 'vite'

/** One import that stands in a file, `type` ones included: they bind two floors just as well. */
type Import = { from: string; names: string }

/** Every module a file names, statically or by `import()`. */
export function importsOf(code: string, file: string): string[] {
  const found: Import[] = []
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (typeof node !== 'object' || node === null) return
    const { type, source } = node as { type?: string; source?: { value?: unknown } | null }
    const names =
      type === 'ImportDeclaration' ||
      type === 'ExportNamedDeclaration' ||
      type === 'ExportAllDeclaration' ||
      type === 'ImportExpression'
    if (names && typeof source?.value === 'string') found.push({ from: source.value, names: type ?? '' })
    for (const value of Object.values(node)) visit(value)
  }
  visit(parseAst(code, { lang: file.endsWith('x') ? 'tsx' : 'ts' }, file).body)
  return found.map((one) => one.from)
}

type Place = { floor: 'platform' | 'modules' | 'apps' | 'db' | 'elsewhere'; part: string; folder: string }

/** `modules/clients/server/index.ts` -> modules, clients, server. */
export function placeOf(path: string): Place {
  const [floor = '', part = '', folder = ''] = path.split('/')
  const known = floor === 'platform' || floor === 'modules' || floor === 'apps' || floor === 'db'
  return {
    floor: known ? floor : 'elsewhere',
    part,
    folder: folder.includes('.') ? folder.split('.')[0]! : folder,
  } // split gives a part
}

/** #sequencer is the face of the audit module's server folder for a process that loads nothing else of it. */
const named = /^#(contract|server|sequencer|backoffice|practice)\/([a-z-]+)$/

/** What is wrong with a file naming this import, or undefined: the one-way rule of docs/ARCHITECTURE, by name. */
export function violation(
  path: string,
  specifier: string,
  neighbours: Readonly<Record<string, readonly string[]>>,
): string | undefined {
  const from = placeOf(path)
  const target = targetOf(path, specifier)
  if (!target || from.floor === 'elsewhere') return undefined

  if (from.floor === 'platform') {
    if (target.floor === 'modules' || target.floor === 'apps') return `the platform names ${target.floor}`
    if (target.floor === 'platform') return runtimeViolation(from.part, target.part)
    return undefined
  }
  if (from.floor === 'modules') {
    if (target.floor === 'apps') return 'a module names an app'
    if (target.floor === 'platform') return runtimeViolation(sideOf(from.folder), target.part)
    if (target.floor !== 'modules') return undefined
    if (target.part === from.part) return sideViolation(from.folder, target.folder)
    if (!named.test(specifier)) return `reaches inside its neighbour ${target.part}`
    if (!(neighbours[from.part] ?? []).includes(target.part))
      return `${target.part} is not listed as a neighbour of ${from.part}`
    return sideViolation(from.folder, target.folder)
  }
  if (from.floor === 'apps') {
    if (target.floor === 'apps' && target.part !== from.part) return 'an app names another app'
    // Messages are data that the apps gather; they have no name in the imports map since there are two a module.
    if (target.floor === 'modules' && target.folder === 'messages') return undefined
    if (target.floor === 'modules' && !named.test(specifier))
      return `reaches inside the module ${target.part}`
    if (target.floor === 'modules' && target.folder !== 'contract' && target.folder !== from.part)
      return `mounts ${target.folder} in ${from.part}`
    if (target.floor === 'platform')
      return runtimeViolation(from.part === 'server' ? 'server' : 'ui', target.part)
  }
  return undefined
}

function targetOf(path: string, specifier: string): Place | undefined {
  const alias = named.exec(specifier)
  // Both groups matched.
  if (alias)
    return {
      floor: 'modules',
      part: alias[2]!,
      folder: alias[1] === 'sequencer' ? 'server' : alias[1]!,
    }
  if (specifier.startsWith('#platform/')) return placeOf(specifier.slice(1))
  if (specifier.startsWith('#db/')) return placeOf(specifier.slice(1))
  if (specifier.startsWith('.')) return placeOf(new URL(specifier, `file:///${path}`).pathname.slice(1))
  return undefined
}

const sideOf = (folder: string) =>
  folder === 'server' ? 'server' : folder === 'backoffice' || folder === 'practice' ? 'ui' : 'contract'

/** contract <- server, contract <- ui; server and ui never meet. */
function runtimeViolation(from: string, target: string): string | undefined {
  if (target === from || target === 'contract') return undefined
  return `${from} code names platform/${target}`
}

function sideViolation(from: string, target: string): string | undefined {
  if (target === from || target === 'contract' || target === 'messages' || sideOf(target) === 'contract')
    return undefined
  return `${from} code names ${target} code`
}
