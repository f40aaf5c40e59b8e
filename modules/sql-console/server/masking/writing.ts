/** What a text writes where it is not looked for: a name among the notes of an invoice, an address among the codes. */
import type { ParsedStatement, Tree } from '../statements/parsing.ts'
import { namesOf, type Met } from '../statements/walking.ts'
import type { Columns, Table } from './columns.ts'
import type { Flow } from './flowing.ts'
import { classed, marksOf, uncovered, unclassed, type Marks } from './marks.ts'
import { wholeOf } from './shapes.ts'

const changing = new Set(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'])

export type Written = {
  /** Classes that are put where others stand, or none. */
  spreads: Marks
  /** Something worked out of what is classed is written, so that null may say something of it. */
  reworks: boolean
}
type Write = { table: Table | undefined; column: string; marks: Marks }

export function writtenBy(flow: Flow, columns: Columns): Written {
  const writes = flow.met.flatMap((met) => writesOf(met, flow, columns))
  // Which rows are changed is told, too.
  const told = flow.met.some(({ tag }) => changing.has(tag)) ? flow.everywhere : 0
  return {
    spreads: writes.reduce(
      (all, { table, column, marks }) => all | uncovered(marks, into(table, column)),
      told,
    ),
    reworks: writes.some(({ marks }) => (marks & classed) !== 0),
  }
}

function into(table: Table | undefined, column: string): Marks {
  const is = table?.columns.find(({ name }) => name === column)?.is
  return is === undefined ? unclassed : marksOf(is)
}

function writesOf({ tag, node, parent }: Met, flow: Flow, columns: Columns): Write[] {
  const table = tableOf(node.relation, columns)
  if (tag === 'UpdateStmt') return set(node.targetList, table, flow)
  if (tag === 'onConflictClause') return set(node.targetList, tableOf(parent?.node.relation, columns), flow)
  if (tag === 'InsertStmt') return insertion(node, table, flow)
  if (tag !== 'MergeWhenClause') return []
  const target = tableOf(parent?.node.relation, columns)
  if (node.commandType !== 'CMD_INSERT') return set(node.targetList, target, flow)
  const values = Array.isArray(node.values) ? node.values : []
  const named = namedIn(node.targetList, target)
  return values.map((value, place) => ({ table: target, column: named[place] ?? '', marks: flow.of(value) }))
}

function insertion(node: Tree, table: Table | undefined, flow: Flow): Write[] {
  if (!node.selectStmt) return []
  const rows = flow.rows(node.selectStmt)
  const named = namedIn(node.cols, table)
  if (rows.ordered && rows.ordered.length <= named.length)
    return rows.ordered.map(({ marks }, place) => ({ table, column: named[place] ?? '', marks }))
  return named.map((column) => ({ table, column, marks: wholeOf(rows) }))
}

const set = (list: unknown, table: Table | undefined, flow: Flow): Write[] =>
  ((list ?? []) as { ResTarget: Tree }[]).map(({ ResTarget: target }) => ({
    table,
    column: String(target.name),
    marks: flow.of(target.val),
  }))

const namedIn = (list: unknown, table: Table | undefined): string[] =>
  Array.isArray(list)
    ? list.map(({ ResTarget: target }: { ResTarget: Tree }) => String(target.name))
    : (table?.columns.map(({ name }) => name) ?? [''])

function tableOf(relation: unknown, columns: Columns): Table | undefined {
  const { relname, schemaname } = (relation ?? {}) as Tree
  const schema = schemaname === undefined || schemaname === 'public' ? '' : `${String(schemaname)}.`
  return columns.byName.get(`${schema}${String(relname)}`)
}

const remaking = new Set(['RenameStmt', 'AlterTableStmt', 'CreateStmt', 'CreateTableAsStmt', 'ViewStmt'])

/** Tables that a statement makes, renames or remakes: what they were called says no more what they hold. */
export function remadeBy({ tag, tree }: ParsedStatement): string[] {
  if (!remaking.has(tag)) return []
  const into = (tree.into as Tree | undefined)?.rel // as parsed
  const called = [tree.relation, tree.view, into].map((one) => (one as Tree | undefined)?.relname)
  const objects = namesOf((tree.object as { List?: { items?: unknown } } | undefined)?.List?.items).slice(-1)
  return [...called, tree.newname, ...objects].filter((name) => typeof name === 'string')
}

/** As they are known, without those. */
export function without(columns: Columns, remade: ReadonlySet<string>): Columns {
  if (remade.size === 0) return columns
  const isKnown = ([, { name }]: [unknown, Table]) => !remade.has(name)
  return {
    byNumber: new Map([...columns.byNumber].filter(isKnown)),
    byName: new Map([...columns.byName].filter(isKnown)),
    names: columns.names,
  }
}
