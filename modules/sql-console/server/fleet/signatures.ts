/**
 * What a text did in one practice, without any value: held against what it did in the others. What most of them share is the norm,
 * and of who does otherwise it is told in what.
 */
import type { Difference, Effects, Report } from '#contract/sql-console'

export type Signature = {
  outcome: 'done' | 'failed'
  /** Of the failure. */
  code: string | null
  constraint: string | null
  version: number | null
  /** Of each statement that gave any: names and types, in turn. */
  columns: { [statement: string]: (readonly [name: string, type: string])[] }
  /** What is done to them, not how often. */
  tables: { [table: string]: string }
}

export function signatureOf(
  { failure, statements, atCommit }: Report,
  { version, constraint }: { version: number | null; constraint: string | null },
): Signature {
  const all = [...statements.map(({ effects }) => effects), atCommit.effects]
  const tables = new Map<string, Set<string>>()
  for (const effects of all)
    for (const [table, effect] of Object.entries(effects)) {
      const done = tables.get(table) ?? new Set()
      for (const way of waysOf(effect)) done.add(way)
      tables.set(table, done)
    }
  return {
    outcome: failure ? 'failed' : 'done',
    code: failure?.code ?? null,
    constraint,
    version,
    columns: Object.fromEntries(
      statements.flatMap(({ columns }, index) =>
        columns.length ? [[String(index), columns.map(({ name, type }) => [name, type] as const)]] : [],
      ),
    ),
    tables: Object.fromEntries(
      [...tables]
        .filter(([, ways]) => ways.size > 0)
        .map(([table, ways]) => [table, order.filter((way) => ways.has(way)).join(' ')] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
  }
}

const order = ['inserted', 'updated', 'deleted', 'truncated', 'dropped'] as const

const waysOf = (effect: Effects[string]) => order.filter((way) => effect[way] !== false && effect[way] !== 0)

/** What most have; of several as frequent the one that came first. */
export function normOf(signatures: readonly Signature[]): Signature | undefined {
  const counts = new Map<string, { signature: Signature; count: number }>()
  for (const signature of signatures) {
    const key = JSON.stringify(inTurn(signature))
    const known = counts.get(key) ?? { signature, count: 0 }
    counts.set(key, { ...known, count: known.count + 1 })
  }
  let norm: { signature: Signature; count: number } | undefined
  for (const one of counts.values()) if (!norm || one.count > norm.count) norm = one
  return norm?.signature
}

/** PostgreSQL keeps keys of JSON in an order of its own. */
const inTurn = ({ outcome, code, constraint, version, columns, tables }: Signature) => [
  outcome,
  code,
  constraint,
  version,
  entriesInTurn(columns),
  entriesInTurn(tables),
]
const entriesInTurn = (record: object) => Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1))

export function differencesFrom(norm: Signature, here: Signature): Difference[] {
  const found: Difference[] = []
  const hold = (about: Difference['about'], usual: string | null, is: string | null, name = '') => {
    if (usual !== is) found.push({ about, name, usual, here: is })
  }
  hold('outcome', norm.outcome, here.outcome)
  hold('code', norm.code, here.code)
  hold('constraint', norm.constraint, here.constraint)
  hold('schema_version', said(norm.version), said(here.version))
  // Whoever failed has done less: that says nothing more.
  if (norm.outcome !== here.outcome) return found
  for (const statement of union(norm.columns, here.columns)) {
    const [usual, is] = [norm.columns[statement] ?? [], here.columns[statement] ?? []]
    const names = [...new Set([...usual, ...is].map(([name]) => name))]
    const before = found.length
    for (const name of names) hold('column', typeOf(usual, name), typeOf(is, name), name)
    // The same in another order, or one of them more often.
    if (found.length === before) hold('column', list(usual), list(is))
  }
  for (const table of union(norm.tables, here.tables))
    hold('table', norm.tables[table] ?? null, here.tables[table] ?? null, table)
  return found
}

const said = (version: number | null) => (version === null ? null : String(version))
const typeOf = (columns: Signature['columns'][string], name: string) =>
  columns.find(([one]) => one === name)?.[1] ?? null
const list = (columns: Signature['columns'][string]) => columns.map(([name]) => name).join(', ') || null
const union = (one: object, other: object) =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].toSorted()
