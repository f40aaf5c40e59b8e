/** How PostgreSQL goes about a statement, and how many pages it looks at for it. */
import type { Bounds } from './bounds.ts'
import type { Line } from './lines.ts'
import type { StatementReport } from './simulation.ts'
import type { Pages, PagesOf } from './touched.ts'

const planned = new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE'])
/** Stands before the text: places in what PostgreSQL says of it are counted from here. */
const asking = 'EXPLAIN (FORMAT JSON) '

/** @throws what PostgreSQL says against it, at its place in the text itself */
export async function planOf(
  line: Line,
  command: string,
  { text, parameters }: { text: string; parameters: unknown[] },
  bounds: Bounds,
): Promise<StatementReport['plan']> {
  if (!planned.has(command)) return null
  line.allow(bounds.arriving)
  // Never more than one statement, whatever the text says.
  const asked = {
    text: `${asking}${text}`,
    values: parameters,
    queryMode: 'extended',
    rowMode: 'array' as const,
    types: { getTypeParser: () => (value: string) => value },
  }
  const { rows } = await line.client.query<[string]>(asked).catch((error: unknown) => {
    if (error instanceof Error && 'position' in error && typeof error.position === 'string')
      error.position = String(Math.max(1, Number(error.position) - asking.length))
    throw error
  })
  const json = rows[0]?.[0] ?? ''
  // A list of a hundred thousand values is in its plan again.
  if (json.length > bounds.value) return null
  const [found] = JSON.parse(json) as { Plan: { [field: string]: unknown } }[] // one for a statement
  return found?.Plan ?? null
}

/**
 * What its plan took to be made is among them. What was dropped meanwhile is counted by nobody any more.
 * @param before of the same transaction: by table, or of the first statement all together
 */
export function buffersOf(before: PagesOf | Pages, after: PagesOf): StatementReport['buffers'] {
  const since = [...after].map(([oid, is]) => {
    const was = before instanceof Map ? (before.get(oid) ?? none) : none
    return { fetched: is.fetched - was.fetched, hit: is.hit - was.hit }
  })
  const all = since.reduce(
    (sum, one) => ({ fetched: sum.fetched + one.fetched, hit: sum.hit + one.hit }),
    'hit' in before ? { fetched: -before.fetched, hit: -before.hit } : none,
  )
  return { hit: Math.max(0, all.hit), read: Math.max(0, all.fetched - all.hit) }
}

const none: Pages = { fetched: 0, hit: 0 }
