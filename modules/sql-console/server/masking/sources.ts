/** What the names in a statement can stand for: its tables, and whatever is called something in it, of all its parts together. */
import type { Tree } from '../statements/parsing.ts'
import { namesOf, type Met } from '../statements/walking.ts'
import type { Columns, Table } from './columns.ts'

/** Which rows are meant. `node` is what its shape is kept by. */
export type Source =
  | { is: 'table'; table: Table; renamed: string[] }
  /** Of PostgreSQL itself, which says how a database is made and nothing of what it holds. */
  | { is: 'catalogue' }
  | { is: 'rows'; node: Tree }
  /** A join that is called something, or a table that nobody knows. */
  | { is: 'anything' | 'unknown' }

export type Sources = {
  byName: Map<string, Source[]>
  /** Of one entry of a FROM, or of what is written to. */
  byNode: Map<Tree, Source[]>
  all: Source[]
}

const rowsMade = new Set(['RangeSubselect', 'RangeFunction', 'RangeTableFunc', 'JsonTable'])
const isCatalogue = (schema: string, name: string) =>
  schema === 'pg_catalog' || schema === 'information_schema' || (!schema && name.startsWith('pg_'))

export function sourcesOf(met: Met[], columns: Columns): Sources {
  const byName = new Map<string, Source[]>()
  const byNode = new Map<Tree, Source[]>()
  const all: Source[] = []
  const add = (name: unknown, node: Tree, sources: Source[]) => {
    if (typeof name === 'string') byName.set(name, [...(byName.get(name) ?? []), ...sources])
    byNode.set(node, sources)
    all.push(...sources)
  }
  const expressions = new Map<string, Tree[]>()
  for (const { tag, node } of met)
    if (tag === 'CommonTableExpr')
      expressions.set(String(node.ctename), [...(expressions.get(String(node.ctename)) ?? []), node])

  function tableOf(node: Tree): Source[] {
    const [schema, name] = [String(node.schemaname ?? ''), String(node.relname)]
    const within = schema === '' ? (expressions.get(name) ?? []) : []
    const table = columns.byName.get(schema === '' || schema === 'public' ? name : `${schema}.${name}`)
    const renamed = namesOf((node.alias as Tree | undefined)?.colnames) // as parsed
    return [
      ...within.map((expression): Source => ({ is: 'rows', node: expression })),
      ...(table ? [{ is: 'table', table, renamed } as const] : []),
      ...(!table && isCatalogue(schema, name) ? [{ is: 'catalogue' } as const] : []),
      ...(!table && !isCatalogue(schema, name) && within.length === 0 ? [{ is: 'unknown' } as const] : []),
    ]
  }

  for (const { tag, node, parent } of met) {
    const alias = (node.alias as Tree | undefined)?.aliasname // as parsed
    if (typeof node.relname === 'string') {
      const sources = tableOf(node)
      add(alias ?? node.relname, node, sources)
      if (tag === 'relation' && parent?.tag.endsWith('Stmt'))
        for (const name of ['old', 'new', 'excluded']) add(name, node, sources)
    } else if (rowsMade.has(tag)) {
      add(alias, node, [{ is: 'rows', node }])
      if (alias === undefined) for (const name of calledIn(node)) add(name, node, [{ is: 'rows', node }])
    } else if (tag === 'JoinExpr') {
      const using = (node.join_using_alias as Tree | undefined)?.aliasname // as parsed
      for (const name of [alias, using]) if (name !== undefined) add(name, node, [{ is: 'anything' }])
    }
  }
  // RETURNING WITH (OLD AS before)
  for (const { tag, node } of met)
    if (tag === 'ReturningOption') add(node.value, node, byName.get('old') ?? [])
  return { byName, byNode, all }
}

/** Without an alias a function's rows are called as it is. */
function calledIn(node: Tree): string[] {
  if (!Array.isArray(node.functions)) return []
  return node.functions.flatMap((entry: { List?: { items?: { FuncCall?: Tree }[] } }) =>
    (entry.List?.items ?? []).flatMap(({ FuncCall: call }) => namesOf(call?.funcname).slice(-1)),
  )
}
