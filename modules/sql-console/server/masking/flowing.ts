/**
 * What of classed columns may flow into what a statement gives: by names, over all its parts at once, so that a name that stands
 * for several things stands for all of them. Where rows are compared with classed values, what was made up for it
 * (a series, a list, a recursion) is as classed as those: it spells them.
 */
import type { ParsedStatement, Tree } from '../statements/parsing.ts'
import { namesOf, nodesOf, type Met } from '../statements/walking.ts'
import type { Columns } from './columns.ts'
import { columnsIn, isPlain, spellsOut } from './comparing.ts'
import { decidedIn, sortedBy } from './deciding.ts'
import { calls } from './functions.ts'
import { classed, made, marksOf, several, unclassed, worked, type Marks } from './marks.ts'
import {
  add,
  addLoose,
  atLeast,
  columnOf,
  emptyShape,
  renamed,
  sameShape,
  together,
  wholeOf,
  withMarks,
  type Shape,
} from './shapes.ts'
import { sourcesOf, type Source } from './sources.ts'

export type Flow = {
  met: Met[]
  /** Null where it is no query: PostgreSQL says how it would go about one, or how it is set up. */
  output: Shape | null
  /** Of an expression in it, with what comparing says. */
  of: (value: unknown) => Marks
  /** Of the rows of a query in it. */
  rows: (query: unknown) => Shape
  /** What everything in it tells, since rows are held against parts of it. */
  everywhere: Marks
  /** What says how many rows there are. */
  counting: Marks
  /** How much is asked of classed values by conditions. @see deciding.ts */
  asked: { weight: number; marks: Marks }
}

const system = new Set(['ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid'])
const still = new Set([
  'A_Const',
  'ParamRef',
  'SetToDefault',
  'SQLValueFunction',
  'MergeSupportFunc',
  'TypeName',
])
const queries = new Set(['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'])

/** Of a text: some tenths of a second, in which everybody else waits. */
export const patience = () => ({ steps: 300_000 })

/** @param nullsTell whether null in a column may say something of what is classed, since it was put there for it */
export function flowOf(
  { tag, tree }: ParsedStatement,
  columns: Columns,
  nullsTell = false,
  left = patience(),
): Flow {
  if (left.steps <= 0) throw new RangeError('too much to follow')
  const met = [...nodesOf(tag, tree, 0)]
  const sources = sourcesOf(met, columns)
  if (met.length > 50_000 || sources.all.length > 200) throw new RangeError('too much to follow')
  const step = (count: number) => {
    if ((left.steps -= count) <= 0) throw new RangeError('too much to follow')
  }
  step(met.length)
  const kept = new Map<Tree, Shape>()
  const isRecursive = met.some(({ node }) => node.recursive === true)
  const windows = met.flatMap(({ node }) => (Array.isArray(node.windowClause) ? node.windowClause : []))
  let strict = false
  /** What was found in this turn already: one part stands within many. */
  const found = { marks: new Map<unknown, Marks>(), shapes: new Map<unknown, Shape>() }
  const once = <T>(of: Map<unknown, T>, part: unknown, work: () => T): T => {
    const known = of.get(part)
    if (known !== undefined) return known
    step(1)
    const now = work()
    of.set(part, now)
    return now
  }
  let comparing: Marks = 0
  /** What decides how many rows there are, not by comparing. */
  let counting: Marks = 0

  const isMade = met.some(
    ({ tag: one, node }) =>
      calls.makesRows(one, node) || (Array.isArray(node.valuesLists) && node.valuesLists.length > 1),
  )
  // Names that a join gives to the columns of several tables: nobody follows which is which.
  const isJumbled = met.some(
    ({ tag: one, node }) => one === 'JoinExpr' && (node.alias as Tree | undefined)?.colnames,
  )
  const notFound = () => (strict ? unclassed | worked : 0)

  const marking = {
    of: (one: unknown) => expression(one),
    rows: (one: unknown) => wholeOf(inner(one)),
    shape: (one: Tree) => query('SelectStmt', one),
  }
  const isWorked = (marks: Marks) => (marks & classed) !== 0 && (marks & worked) !== 0
  const either = (marks: Marks[]) => marks.reduce((all, one) => all | one, 0)
  const pooled = either(
    sources.all.flatMap((source) =>
      source.is === 'table' ? source.table.columns.map(({ is }) => marksOf(is)) : [],
    ),
  )

  // ── names

  const tables = new Map<Source, Shape>()
  function shapeOf(source: Source): Shape {
    const known = tables.get(source)
    if (known) return known
    const found = emptyShape()
    if (source.is === 'table') {
      for (const { name, is } of source.table.columns) add(found, name, isJumbled ? pooled : marksOf(is))
      const shape = renamed(found, source.renamed)
      tables.set(source, shape)
      return shape
    }
    if (source.is === 'rows') return kept.get(source.node) ?? found
    found.ordered = null
    found.mayHaveOthers = true
    found.others = source.is === 'anything' ? everything() : source.is === 'unknown' ? unclassed : 0
    return found
  }
  function everything(): Marks {
    step(sources.all.length)
    return sources.all.reduce(
      (all, source) => all | (source.is === 'anything' ? unclassed : wholeOf(shapeOf(source))),
      0,
    )
  }
  const called = (name: string): Source[] => sources.byName.get(name) ?? []

  function column(fields: unknown): Marks {
    const parts = Array.isArray(fields) ? fields : []
    const all = namesOf(parts)
    const isStar = parts.some((part: Tree) => part.A_Star !== undefined)
    const [name = '', table] = all.toReversed()
    if (isStar) return all.length < 2 ? everything() : wholeRow(table ?? '')
    if (table === undefined) return bare(name)
    const found = called(table)
    if (found.length === 0) return notFound()
    return either(found.map((source) => ofTable(source, name) ?? columnOf(shapeOf(source), name)))
  }
  /** Where a row lies and who wrote it, unless a column is called so. */
  const ofTable = (source: Source, name: string): Marks | undefined =>
    system.has(name) && source.is === 'table' && !shapeOf(source).named.has(name) ? 0 : undefined
  const wholeRow = (name: string): Marks => {
    const found = called(name)
    return found.length === 0 ? notFound() : either(found.map((source) => wholeOf(shapeOf(source))))
  }
  const bare = (name: string): Marks => once(found.marks, name, () => bareNow(name))
  function bareNow(name: string): Marks {
    step(sources.all.length)
    const all = sources.all
      .map(shapeOf)
      .flatMap((shape) => [
        ...(shape.named.has(name) ? [columnOf(shape, name)] : []),
        ...(shape.mayHaveOthers ? [shape.others] : []),
      ])
    if (sources.byName.has(name)) all.push(wholeRow(name))
    if (all.length === 0) return system.has(name) ? 0 : notFound()
    return either(all)
  }

  // ── expressions

  function expression(value: unknown): Marks {
    if (Array.isArray(value)) return either(value.map(expression))
    if (typeof value !== 'object' || value === null) return 0
    const entries = Object.entries(value)
    const [[tagged, inner] = []] = entries
    if (entries.length === 1 && tagged !== undefined && /^[A-Z]/.test(tagged))
      return node(tagged, inner as Tree) // as the parser writes one
    return either(entries.map(([, field]) => expression(field)))
  }

  const node = (one: string, tree: Tree): Marks => once(found.marks, tree, () => nodeNow(one, tree))
  function nodeNow(one: string, tree: Tree): Marks {
    if (still.has(one)) return 0
    if (one === 'ColumnRef') return column(tree.fields)
    if (queries.has(one)) return wholeOf(query(one, tree))
    if (one === 'NullTest') {
      const marks = expression(tree.arg)
      return (tree.arg as Tree).ColumnRef && !(marks & worked) && !nullsTell ? 0 : workedOut(marks)
    }
    if (one === 'SubLink') {
      const inside = tree.subselect as Tree // a query, tagged
      if (tree.subLinkType === 'EXISTS_SUBLINK') return workedOut(compared(inside))
      const within = either([tree.testexpr, inside].map(expression))
      const isPicked = tree.subLinkType === 'EXPR_SUBLINK' || tree.subLinkType === 'ARRAY_SUBLINK'
      return workedOut(isPicked ? within : within | compared(inside))
    }
    if (one === 'FuncCall') {
      if (calls.counts(tree) && !(nullsTell && tree.args !== undefined) && !isCountedByParts(tree))
        return workedOut((counting & classed) | (isMade || isRecursive || calls.makes(tree) ? made : 0))
      const named = tree.over === undefined ? [] : windows
      return (
        workedOut(either([...Object.values(tree), named].map(expression))) | (calls.makes(tree) ? made : 0)
      )
    }
    return workedOut(either(Object.values(tree).map(expression)))
  }
  const workedOut = (marks: Marks): Marks => (marks & classed ? marks | worked : marks)
  /** How many values there are, or how many different ones, says what they are, once they were worked out. */
  function isCountedByParts({ args }: Tree): boolean {
    const list = Array.isArray(args) ? args : []
    return list.some((one) => isWorked(expression(one)) && !isPlain(one, marking))
  }

  /** What conditions in a part of the statement look at. */
  function compared(part: Tree): Marks {
    const [[name = '', inner] = []] = Object.entries(part)
    const nodes = [...nodesOf(name, inner as Tree, 0)]
    step(nodes.length)
    return either(nodes.map(({ node: at }) => conditions(at)))
  }
  const conditionsOf = (at: Tree): unknown[] => [
    at.whereClause,
    at.havingClause,
    at.quals,
    at.joinCondition,
    at.condition,
    at.agg_filter,
  ]
  const within = new WeakMap<Tree, object>()
  function conditions(at: Tree): Marks {
    // A key of its own: what is looked at is not what flows.
    const key = within.get(at) ?? {}
    within.set(at, key)
    return once(found.marks, key, () => conditionsNow(at))
  }
  function conditionsNow(at: Tree): Marks {
    const fields = conditionsOf(at)
    const shared = namesOf(at.usingClause).map(bare)
    return either([...fields.map(expression), ...shared, at.isNatural === true ? everything() : 0])
  }
  function counts({ tag: one, node: at }: Met): Marks {
    const fields = [at.limitCount, at.limitOffset, at.startOffset, at.endOffset]
    return expression(calls.makesRows(one, at) || one === 'RangeTableSample' ? Object.values(at) : fields)
  }

  // ── queries

  const query = (one: string, tree: Tree): Shape => once(found.shapes, tree, () => queryNow(one, tree))
  function queryNow(one: string, tree: Tree): Shape {
    if (one !== 'SelectStmt') {
      const { exprs } = (tree.returningClause ?? {}) as { exprs?: unknown } // as parsed
      const from = [tree.relation, tree.sourceRelation, tree.fromClause, tree.usingClause]
      return targets(exprs ?? tree.returningList, from, false)
    }
    const base =
      tree.larg && tree.rarg
        ? together(
            withMarks(query('SelectStmt', tree.larg as Tree), constants(tree.larg as Tree)), // as parsed
            withMarks(query('SelectStmt', tree.rarg as Tree), constants(tree.rarg as Tree)),
          )
        : Array.isArray(tree.valuesLists)
          ? values(tree.valuesLists)
          : targets(tree.targetList, [tree.fromClause], true)
    return isRecursive ? withMarks(base, made) : base
  }
  /** `SELECT 1 UNION SELECT 2` is a list like any other. */
  const constants = (tree: Tree): Marks =>
    Array.isArray(tree.fromClause) || tree.larg || tree.valuesLists ? 0 : made

  function values(lists: { List?: { items?: unknown[] } }[]): Shape {
    const found = emptyShape()
    const width = lists[0]?.List?.items?.length ?? 0
    for (let place = 0; place < width; place++) {
      const marks = either(lists.map(({ List: list }) => expression(list?.items?.[place])))
      add(found, `column${place + 1}`, marks | (lists.length > 1 ? made : 0))
    }
    return found
  }

  function targets(list: unknown, from: unknown[], isSelect: boolean): Shape {
    const found = emptyShape()
    for (const { ResTarget: target } of (list ?? []) as { ResTarget: Tree }[]) {
      const value = (target.val ?? {}) as { ColumnRef?: Tree; A_Indirection?: Tree; FuncCall?: Tree } // as parsed
      const fields = (value.ColumnRef?.fields ?? []) as Tree[]
      if (fields.some((field) => field.A_Star !== undefined)) star(found, fields, from, isSelect)
      else {
        const marks = expression(value) | (isOfSeveral(value) ? several : 0)
        const steps = JSON.stringify(value.A_Indirection?.indirection ?? '')
        if (steps.includes('A_Star')) found.ordered = null
        const own = fields.length > 0 ? namesOf(fields).at(-1) : undefined
        const name = typeof target.name === 'string' ? target.name : own
        add(found, name ?? null, marks)
        // So it is called where nobody called it anything else.
        const function_ = name === undefined ? namesOf(value.FuncCall?.funcname).at(-1) : undefined
        if (function_ !== undefined) found.named.set(function_, (found.named.get(function_) ?? 0) | marks)
      }
    }
    return found
  }

  /** Which part it is stands in another column, or was made up: `substr(remark, numbers.n, 1)`. */
  function isOfSeveral(value: unknown): boolean {
    if (!isWorked(expression(value)) || columnsIn(value) < 2) return false
    return [...nodesOf('', value as Tree, 0)].some(
      ({ tag: one, node: at }) => one === 'ColumnRef' && !(column(at.fields) & classed),
    )
  }

  /** In turn only where tables stand side by side: a join by names puts its columns elsewhere. */
  function star(found: Shape, fields: Tree[], from: unknown[], isSelect: boolean): void {
    const names = namesOf(fields)
    const [table] = names.slice(0, -1).toReversed()
    const entries = table === undefined ? entriesOf(from) : called(table)
    const text = JSON.stringify(from)
    const isInTurn =
      isSelect && (table === undefined ? !/"(?:usingClause|isNatural)"/.test(text) : entries.length === 1)
    for (const shape of entries.map(shapeOf)) {
      if (isInTurn && shape.ordered && found.ordered)
        for (const { name, marks } of shape.ordered) add(found, name, marks)
      else addLoose(found, shape)
    }
    if (entries.length === 0) {
      found.ordered = null
      found.mayHaveOthers = true
      found.others |= notFound()
    }
  }
  function entriesOf(from: unknown): Source[] {
    if (Array.isArray(from)) return from.flatMap(entriesOf)
    if (typeof from !== 'object' || from === null) return []
    const tree = from as Tree
    const joined = tree.JoinExpr as Tree | undefined
    if (joined) return [...entriesOf(joined.larg), ...entriesOf(joined.rarg)]
    const own = sources.byNode.get(tree)
    if (own) return own
    const sampled = tree.RangeTableSample as Tree | undefined
    if (sampled) return entriesOf(sampled.relation)
    return Object.values(tree).flatMap((inner) => sources.byNode.get(inner as Tree) ?? [])
  }

  // ── until nothing flows any further

  function rowsOf({ tag: one, node: at }: Met): Shape | undefined {
    const alias = (at.alias ?? {}) as Tree
    if (one === 'RangeSubselect') return renamed(inner(at.subquery), namesOf(alias.colnames))
    if (one === 'CommonTableExpr') {
      const found = renamed(inner(at.ctequery), namesOf(at.aliascolnames))
      if (!at.search_clause && !at.cycle_clause) return found
      return { ...found, ordered: null, others: found.others | wholeOf(found), mayHaveOthers: true }
    }
    if (!calls.makesRows(one, at) || one === 'FuncCall') return undefined
    const marks = expression(Object.values(at)) | made
    return { ...emptyShape(), ordered: null, others: workedOut(marks), mayHaveOthers: true }
  }
  function inner(tree: unknown): Shape {
    const [[one, inside] = []] = Object.entries((tree ?? {}) as Tree)
    return one === undefined ? emptyShape() : query(one, inside as Tree)
  }

  function settle(): void {
    for (let turn = 0; ; turn++) {
      found.marks.clear()
      found.shapes.clear()
      const before = `${comparing} ${counting}`
      const changed = met.filter((at) => {
        const found = rowsOf(at)
        if (!found) return false
        const was = kept.get(at.node)
        const now = was && turn > 8 ? atLeast(was, found) : found
        if (was && sameShape(was, now)) return false
        kept.set(at.node, now)
        return true
      })
      comparing |= either(met.map(({ node: at }) => conditions(at)))
      counting |= either(met.map(counts))
      if (changed.length === 0 && before === `${comparing} ${counting}`) return
    }
  }
  settle()
  strict = true
  settle()

  const isSpelled = met.some(
    ({ node: at }) =>
      conditionsOf(at).some((condition) => spellsOut(condition, marking)) ||
      namesOf(at.usingClause).some((shared) => isWorked(bare(shared))) ||
      (at.isNatural === true && isWorked(everything())),
  )
  const asked = decidedIn(
    met.flatMap(({ node: at }) => conditionsOf(at)),
    marking,
  )
  const sorted = either(met.map(({ node: at }) => sortedBy(at, marking)))
  const everywhere = ((isSpelled ? comparing : 0) | counting | sorted | asked.spelled) & classed
  const spelled = (marks: Marks): Marks => {
    const said = everywhere | (marks & made ? comparing & classed : 0)
    return said ? marks | said | worked : marks
  }
  const told = (shape: Shape): Shape => {
    const named = new Map([...shape.named].map(([name, marks]) => [name, spelled(marks)]))
    const ordered = shape.ordered?.map((one) => ({ ...one, marks: spelled(one.marks) })) ?? null
    return { ...shape, named, ordered, others: spelled(shape.others) }
  }
  return {
    met,
    output: queries.has(tag) ? told(query(tag, tree)) : null,
    of: (value) => spelled(expression(value)),
    rows: (value) => told(inner(value)),
    everywhere,
    counting: counting & classed,
    asked,
  }
}
