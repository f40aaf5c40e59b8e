/** PostgreSQL's plan as a tree one can read: what each step costs by itself, and which one costs most. */
import type { Plan } from '#contract/sql-console'

export type PlanNode = {
  what: string
  /** On which table or index. */
  on: string | null
  /** Conditions, sort keys: as PostgreSQL writes them. */
  details: readonly { name: string; value: string }[]
  cost: number
  rowsExpected: number
  /** Null where nothing was run. */
  rows: number | null
  /** Milliseconds, of all its rounds together; null where nothing was measured. */
  ms: number | null
  /** What it takes by itself, of the whole: 0 to 1. */
  share: number
  isHottest: boolean
  /** It gave ten times as many rows as were expected, or a tenth. */
  isMisjudged: boolean
  children: readonly PlanNode[]
}

export type PlanTree = {
  root: PlanNode
  isMeasured: boolean
  planningMs: number | null
  executionMs: number | null
}

const told = [
  'Filter',
  'Index Cond',
  'Hash Cond',
  'Merge Cond',
  'Join Filter',
  'Recheck Cond',
  'Sort Key',
  'Group Key',
  'Join Type',
  'CTE Name',
  'Subplan Name',
]

/** @returns undefined for what is no plan */
export function planTree(plan: Plan | readonly Plan[]): PlanTree | undefined {
  const whole = (Array.isArray(plan) ? plan[0] : plan) as Record<string, unknown> | undefined
  const top = record(whole?.Plan) ?? (whole && 'Node Type' in whole ? whole : undefined)
  if (!whole || !top) return undefined
  const isMeasured = 'Actual Total Time' in top
  const weigh = (node: Record<string, unknown>) =>
    isMeasured ? (msOf(node) ?? 0) : figure(node['Total Cost'])
  const own = (node: Record<string, unknown>) =>
    Math.max(0, weigh(node) - childrenOf(node).reduce((sum, child) => sum + weigh(child), 0))
  const all: number[] = []
  const visit = (node: Record<string, unknown>): void => {
    all.push(own(node))
    childrenOf(node).forEach(visit)
  }
  visit(top)
  const sum = all.reduce((a, b) => a + b, 0)
  const most = Math.max(...all)
  let isFound = false
  const build = (node: Record<string, unknown>): PlanNode => {
    const weight = own(node)
    // Where two weigh the same, the first is it; a plan of one step has none that is hotter than others.
    const isHottest = !isFound && weight === most && most > 0 && all.length > 1
    if (isHottest) isFound = true
    const loops = figure(node['Actual Loops']) || 1
    const rows = 'Actual Rows' in node ? figure(node['Actual Rows']) * loops : null
    const rowsExpected = figure(node['Plan Rows']) * (rows === null ? 1 : loops)
    return {
      what: String(node['Node Type'] ?? ''),
      on:
        [node['Relation Name'] ?? node['Function Name'], node['Index Name']].filter(Boolean).join(' · ') ||
        null,
      details: told.flatMap((name) =>
        name in node ? [{ name, value: [node[name]].flat().join(', ') }] : [],
      ),
      cost: figure(node['Total Cost']),
      rowsExpected,
      rows,
      ms: msOf(node),
      share: sum === 0 ? 0 : weight / sum,
      isHottest,
      isMisjudged:
        rows !== null && Math.max(rows, 1) / Math.max(rowsExpected, 1) > 10
          ? true
          : rows !== null && Math.max(rowsExpected, 1) / Math.max(rows, 1) > 10,
      children: childrenOf(node).map(build),
    }
  }
  const root = build(top)
  const time = (name: string) => (name in whole ? figure(whole[name]) : null)
  return { root, isMeasured, planningMs: time('Planning Time'), executionMs: time('Execution Time') }
}

/** A plan that came as the only cell of `EXPLAIN (FORMAT JSON)`. */
export function planInRows(
  command: string,
  rows: readonly (readonly (string | null)[])[],
): PlanTree | undefined {
  if (command !== 'EXPLAIN' || rows.length !== 1) return undefined
  try {
    return planTree(JSON.parse(rows[0]?.[0] ?? 'null') as Plan[]) // what PostgreSQL writes
  } catch {
    return undefined
  }
}

const figure = (value: unknown): number => (typeof value === 'number' ? value : 0)
const record = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined

function childrenOf(node: Record<string, unknown>): Record<string, unknown>[] {
  const { Plans } = node
  return Array.isArray(Plans)
    ? Plans.map((one: unknown) => record(one)).filter((one) => one !== undefined)
    : []
}

/** Told for each round: a nested loop makes many. */
function msOf(node: Record<string, unknown>): number | null {
  return 'Actual Total Time' in node
    ? figure(node['Actual Total Time']) * (figure(node['Actual Loops']) || 1)
    : null
}
