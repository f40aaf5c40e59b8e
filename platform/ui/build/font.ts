/** Inter as the apps use it: three of its nine weights, which is three fifths of the file a telephone waits for. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import subsetFont from 'subset-font'
import type { Plugin } from 'vite'

const weights = { min: 400, max: 600 }
const parts = ['latin', 'latin-ext'] as const

/**
 * Style sheets name it `@lean-inter/latin.woff2`.
 * @param cache a folder where what was made once is found again
 */
export function leanInter(cache: string): Plugin {
  return {
    name: 'lean-inter',
    config: async () => ({ resolve: { alias: { '@lean-inter': await made(cache) } } }),
  }
}

async function made(cache: string): Promise<string> {
  const files = createRequire(import.meta.url).resolve('@fontsource-variable/inter/unicode.json')
  const ranges = JSON.parse(readFileSync(files, 'utf8')) as Record<string, string> // the package's own
  const whole = parts.map((part) => ({
    part,
    characters: charactersOf(ranges[part] ?? ''),
    bytes: readFileSync(join(files, `../files/inter-${part}-wght-normal.woff2`)),
  }))
  const hash = createHash('sha256').update(JSON.stringify(weights))
  for (const { bytes, characters } of whole) hash.update(bytes).update(characters)
  const folder = join(cache, `inter-${hash.digest('hex').slice(0, 12)}`)
  mkdirSync(folder, { recursive: true })
  for (const { part, bytes, characters } of whole) {
    const file = join(folder, `${part}.woff2`)
    if (existsSync(file)) continue
    const options = { targetFormat: 'woff2', variationAxes: { wght: weights } } as const
    writeFileSync(`${file}.${process.pid}`, await subsetFont(bytes, characters, options))
    renameSync(`${file}.${process.pid}`, file)
  }
  return folder
}

/** @param range as a style sheet says it: `U+0000-00FF,U+0131` */
function charactersOf(range: string): string {
  return range
    .split(',')
    .map((piece) => {
      const [from = 0, to = from] = piece
        .replace('U+', '')
        .split('-')
        .map((code) => Number.parseInt(code, 16))
      return Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at)).join('')
    })
    .join('')
}
