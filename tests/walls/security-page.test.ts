import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Requirement = { id: string; level: number; paraphrase: string }
const { requirements } = JSON.parse(readFileSync('tests/data/asvs5-authentication.json', 'utf8')) as {
  requirements: Requirement[]
}
const page = readFileSync('docs/security.md', 'utf8')

/** `| V6.2.1 | what it asks | verdict |` */
const rows = [...page.matchAll(/^\| (V[678]\.\d+\.\d+) \| (.+?) \| (.+) \|$/gm)].map(
  ([, id = '', asks = '', verdict = '']) => ({ id, asks, verdict }),
)

test('every requirement of ASVS V6, V7 and V8 has one verdict on the security page', () => {
  expect(requirements.length).toBe(68)
  expect(rows.map((row) => row.id)).toEqual(requirements.map((requirement) => requirement.id))
  expect(rows.map((row) => row.asks)).toEqual(requirements.map((requirement) => requirement.paraphrase))
})

/** `file.test.ts` › *the title of a test in it* */
const proof = /`([^`]+\.(?:test|spec)\.ts)` › \*([^*]+)\*/g

test.each(rows.map((row) => [row.id, row] as const))(
  '%s names tests that exist, or says why it does not apply',
  (_, { verdict }) => {
    const proofs = [...verdict.matchAll(proof)]
    if (verdict.startsWith('does not apply')) expect(verdict).toMatch(/^does not apply: .{20,}/)
    else expect(proofs, 'a test that proves it').not.toEqual([])
    for (const [, file = '', title = ''] of proofs) {
      expect(existsSync(file), file).toBe(true)
      expect(titlesIn(file), `${file} has no test "${title.trim()}"`).toContain(title.trim())
    }
  },
)

/** As they stand in the source, quotes as they are read. */
function titlesIn(file: string): string[] {
  const source = readFileSync(file, 'utf8')
  const titles = source.matchAll(
    /\b(?:test|test\.step|describe)(?:\.each\([\s\S]*?\))?\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`([^`]*)`)/g,
  )
  return [...titles].map(([, single, double, template]) =>
    (single ?? double ?? template ?? '').replaceAll(/\\(['"])/g, '$1'),
  )
}
