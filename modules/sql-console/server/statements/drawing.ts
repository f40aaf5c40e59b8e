/**
 * What a statement makes anew each time it runs, and in which columns: what it writes there is held to nobody's approval, so it must be
 * no more than that. Of one that is not understood it is all.
 */
import type { Tree } from './parsing.ts'
import { namesOf, nodesOf, type Met } from './walking.ts'

/** Called by a text, these give something else each time. */
const neverTheSame = new Set(
  `array_sample array_shuffle clock_timestamp statement_timestamp timeofday random random_normal gen_random_uuid uuidv4 uuidv7
  pg_database_size pg_indexes_size pg_relation_size pg_table_size pg_total_relation_size pg_backend_pid
  pg_current_xact_id pg_current_xact_id_if_assigned txid_current txid_current_if_assigned inet_client_port`.split(
    /\s+/,
  ),
)

export const unrepeatable = (called: readonly { name: string }[]): string[] => [
  ...new Set(called.map(({ name }) => name).filter((name) => neverTheSame.has(name))),
]

/** `all`: anything it writes, in any table. Else of the one table it writes to, those columns. */
export type Drawn = 'all' | { table: string; columns: string[] }

/** @param calledBy what a node calls, or might */
export function drawnBy(tag: string, tree: Tree, calledBy: (met: Met) => string[]): Drawn | undefined {
  const draws = (part: unknown): boolean =>
    [...nodesOf('', { part } as Tree, 0)].some((met) => calledBy(met).some((name) => neverTheSame.has(name)))
  const columns =
    tag === 'UpdateStmt' ? updated(tree, draws) : tag === 'InsertStmt' ? inserted(tree, draws) : undefined
  const table = (tree.relation as Tree | undefined)?.relname // as parsed
  return columns && typeof table === 'string' ? { table, columns } : 'all'
}

type Draws = (part: unknown) => boolean
type Target = { ResTarget?: { name?: string; val?: unknown } }

/** Which rows are meant is seen by their keys; what is returned is written nowhere. */
function updated(tree: Tree, draws: Draws): string[] | undefined {
  const { targetList, whereClause: _where, returningClause: _given, returningList: _list, ...rest } = tree
  if (draws(rest)) return undefined
  return (targetList as Target[]).flatMap(({ ResTarget: target }) =>
    target?.name !== undefined && draws(target.val) ? [target.name] : [],
  )
}

function inserted(tree: Tree, draws: Draws): string[] | undefined {
  const { selectStmt, returningClause: _given, returningList: _list, ...rest } = tree
  const names = ((tree.cols ?? []) as Target[]).map(({ ResTarget: target }) => target?.name ?? '')
  const select = (selectStmt as { SelectStmt?: Tree } | undefined)?.SelectStmt
  // What it falls back on may take over what would have been inserted.
  if (!select || names.length === 0 || tree.onConflictClause || draws(rest)) return undefined
  const { valuesLists, targetList, ...others } = select
  if (draws(others)) return undefined
  const rows = valuesLists
    ? (valuesLists as { List?: { items?: unknown[] } }[]).map(({ List: list }) => list?.items ?? [])
    : [((targetList ?? []) as Target[]).map(({ ResTarget: target }) => target?.val)]
  // A star stands for columns that nobody counts here.
  if (rows.some((row) => row.length > names.length || row.some(isStar))) return undefined
  return names.filter((_name, place) => rows.some((row) => draws(row[place])))
}

const isStar = (value: unknown): boolean => {
  const { ColumnRef: column } = (value ?? {}) as { ColumnRef?: { fields?: unknown[] } } // as parsed
  return (column?.fields ?? []).some((field) => namesOf([field])[0] === '')
}
