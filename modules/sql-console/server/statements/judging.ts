/** What a parsed statement may hold: a list of what is known, in which all else is refused with its reason and its place. */
import { drawnBy, unrepeatable, type Drawn } from './drawing.ts'
import { mayBeColumn, mayBeFieldOfValue } from './fields.ts'
import { whyNotCalled, type FunctionReason } from './functions.ts'
import { kindOf, type StatementKind } from './kinds.ts'
import type { ParsedStatement, Place, Tree } from './parsing.ts'
import type { Places } from './places.ts'
import { whyNotNamed, type RelationReason } from './relations.ts'
import { ddlRefusals } from './schema-changes.ts'
import { strainOf } from './straining.ts'
import { namesOf, nodesOf, type Met } from './walking.ts'

export type Refusal = { reason: Reason; name: string; place: Place }
export type Reason =
  | StatementReason
  | FunctionReason
  | RelationReason
  | 'locks_rows'
  | 'select_into'
  | 'temporary'
  | 'tablespace'
  | 'concurrently'
  | 'option'
  | 'expression'
  | 'explain_runs'
  | 'operator'
  | 'cursor'
  | 'uninterruptible'

type StatementReason = Exclude<StatementKind, { may: string }>['reason']

export type Judged = {
  command: string
  /** What it does at most: reads; writes rows; changes the schema. */
  does: 'reads' | 'writes' | 'changes_schema'
  refusals: Refusal[]
  /** The highest `$n`. */
  parameters: number
  /** What it makes anew each time, where it calls what is never the same. */
  drawn?: Drawn | undefined
  /** Behind `(x).`: no function is called so, which the database says, and a column of what it names (`strange-functions.ts`). */
  fields?: Named[]
  /** Where each of them stands first. */
  parametersAt?: Named[]
  /** Those that stand beside what may be long, where nobody can interrupt it: so many characters at most. */
  short?: (Named & { longest: number })[]
  /** Of the tables it names, and of whatever it drops, without their schema. */
  names: string[]
  /** What it calls, or might: whose functions have these names the database knows. */
  called: Named[]
}
export type Named = { name: string; place: Place }

/** Of expressions and queries: nothing here does more than its parts, and its parts are looked at too. */
const expressions = new Set(
  `SelectStmt InsertStmt UpdateStmt DeleteStmt MergeStmt MergeWhenClause ResTarget ColumnRef String Integer Float Boolean
  BitString A_Star A_Const A_Expr BoolExpr NullTest BooleanTest CaseExpr CaseWhen CoalesceExpr MinMaxExpr SubLink FuncCall
  NamedArgExpr TypeCast TypeName CollateClause A_ArrayExpr A_Indirection A_Indices RowExpr ParamRef SQLValueFunction RangeVar
  RangeSubselect RangeFunction RangeTableSample JoinExpr SortBy WindowDef GroupingSet GroupingFunc LockingClause
  CommonTableExpr MultiAssignRef SetToDefault List IndexElem ReturningOption JsonObjectConstructor
  JsonArrayConstructor JsonArrayQueryConstructor JsonArrayAgg JsonObjectAgg JsonAggConstructor JsonKeyValue JsonValueExpr JsonFormat
  JsonReturning JsonOutput JsonIsPredicate JsonParseExpr JsonScalarExpr JsonSerializeExpr JsonFuncExpr JsonArgument
  JsonBehavior JsonTable JsonTableColumn JsonTablePathSpec CTESearchClause CTECycleClause
  MergeSupportFunc ColumnDef`.split(/\s+/),
)

/** Beside them, in what changes a schema or explains. Whoever lets these in looks into them. */
const definitions = new Set(
  'Constraint AlterTableCmd ATAlterConstraint DefElem TableLikeClause StatsElem'.split(' '),
)

const writes = new Set(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'])

export function judge({ tag, tree, place, at: start }: ParsedStatement, places: Places): Judged {
  const kind = kindOf(tag, tree)
  if ('reason' in kind)
    return {
      command: kind.command,
      does: 'reads',
      refusals: [{ reason: kind.reason, name: kind.command, place }],
      parameters: 0,
      names: [],
      called: [],
    }
  const refusals: Refusal[] = kind.may === 'explain' ? explainRefusals(tree, places, start) : []
  const names = new Set<string>()
  const called = new Map<string, Named>()
  let parameters = 0
  const parametersAt = new Map<string, Named>()
  const fields: Named[] = []
  const short = new Map<string, Named & { longest: number }>()
  let writesRows = false
  let isFirst = true
  // One by one and none kept: a text of a megabyte has a million of them.
  for (const met of nodesOf(tag, tree, start)) {
    if (refusals.length < enough) {
      if (kind.may === 'change_schema') refusals.push(...ddlRefusals(met, places))
      if (!isFirst) refusals.push(...refusalsOf(met, places, kind.may !== 'query'))
      refusals.push(...clausesRefused(met, places))
    }
    isFirst = false
    const strain = strainOf(met.tag, met.node)
    if (strain && !strain.isShort && refusals.length < enough)
      refusals.push({ reason: 'uninterruptible', name: strain.name, place: places.wordAt(met.at) })
    for (const number of strain?.parameters ?? []) {
      const one = { name: `$${number}`, place: places.wordAt(met.at), longest: strain?.longest ?? 0 }
      if (!(one.longest >= (short.get(one.name)?.longest ?? Infinity))) short.set(one.name, one)
    }
    for (const name of namedBy(met.tag, met.node)) names.add(name)
    for (const name of calledBy(met))
      if (!called.has(name)) called.set(name, { name, place: places.nameAt(met.at) })
    const field = fieldOfRow(met)
    if (field !== undefined && !mayBeFieldOfValue(field))
      fields.push({ name: field, place: places.nameAt(met.at) })
    if (met.tag === 'ParamRef') {
      const name = `$${Number(met.node.number ?? 0)}`
      parameters = Math.max(parameters, Number(met.node.number ?? 0))
      if (!parametersAt.has(name)) parametersAt.set(name, { name, place: places.wordAt(met.at) })
    }
    if (met.tag === 'LockingClause' || (writes.has(met.tag) && kind.may !== 'explain')) writesRows = true
  }
  return {
    command: kind.command,
    does: kind.may === 'change_schema' ? 'changes_schema' : writesRows ? 'writes' : 'reads',
    refusals: inTurn(refusals),
    parameters,
    names: [...names],
    called: [...called.values()],
    parametersAt: [...parametersAt.values()],
    ...(fields.length > 0 && { fields }),
    ...(short.size > 0 && { short: [...short.values()] }),
    ...(unrepeatable([...called.values()]).length > 0 && { drawn: drawnBy(tag, tree, calledBy) }),
  }
}

/** Whoever has read a hundred reasons needs no other. */
const enough = 100

/** What may turn out to be a function: those called, and what stands behind a dot. */
function calledBy({ tag, tagged, node }: Met): string[] {
  if (tag === 'FuncCall' || ('funcname' in node && !tagged)) return namesOf(node.funcname).slice(-1)
  if (tag === 'A_Indirection') return namesOf(node.indirection).filter(Boolean)
  if (tag !== 'ColumnRef') return []
  const names = namesOf(node.fields)
  return names.length > 1 ? names.slice(-1).filter(Boolean) : []
}

/** `(p).name`, and `((p).place).name` not: what stands before the dot is called something, and may be a row. */
function fieldOfRow({ tag, node }: Met): string | undefined {
  const { ColumnRef: row } = (tag === 'A_Indirection' ? node.arg : {}) as { ColumnRef?: Tree } // as parsed
  const steps = namesOf(node.indirection)
  const isPlain = row !== undefined && !namesOf(row.fields).includes('') && steps.length === 1
  return isPlain ? steps[0] || undefined : undefined
}

function namedBy(tag: string, node: Met['node']): string[] {
  if (typeof node.relname === 'string') return [node.relname]
  if (tag !== 'DropStmt' || !Array.isArray(node.objects)) return []
  return node.objects.flatMap((item: { List?: { items?: unknown }; TypeName?: { names?: unknown } }) =>
    namesOf(item.List?.items ?? item.TypeName?.names).slice(-1),
  )
}

function refusalsOf(met: Met, places: Places, defines: boolean): Refusal[] {
  const { tag, tagged, node, at } = met
  if (tag === 'FuncCall' || ('funcname' in node && !tagged)) {
    const names = namesOf(node.funcname)
    const reason = whyNotCalled(names)
    return reason ? [{ reason, name: names.join('.'), place: places.nameAt(at) }] : []
  }
  if (tag === 'RangeVar' || 'relname' in node) return tableRefusals(met, places)
  if (tag === 'A_Expr' || tag === 'SubLink' || tag === 'SortBy') {
    const names = namesOf(node.name ?? node.operName ?? node.useOp)
    const schema = names.slice(0, -1).join('.')
    if (schema && schema !== 'pg_catalog' && schema !== 'public')
      return [{ reason: 'operator', name: names.join('.'), place: places.wordAt(at) }]
  }
  if (tag === 'A_Indirection' || tag === 'ColumnRef') {
    const isValue = tag === 'A_Indirection'
    const names = namesOf(isValue ? node.indirection : node.fields)
    const [behind = ''] = names.toReversed()
    // Every step into a value; of a column, what stands last, and alone it is a column indeed.
    const asked = isValue ? names.filter(Boolean) : names.length > 1 && behind ? [behind] : []
    const isOfValue = isValue && fieldOfRow(met) === undefined
    const strange = asked.find((name) => !(isOfValue ? mayBeFieldOfValue(name) : mayBeColumn(name)))
    if (strange !== undefined)
      return [{ reason: whyNotCalled([strange]) ?? 'function', name: strange, place: places.nameAt(at) }]
  }
  // Reading XML is libxml's, which nobody can interrupt.
  if ((tag === 'TypeName' || 'typmods' in node || 'typemod' in node) && namesOf(node.names).at(-1) === 'xml')
    return [{ reason: 'expression', name: 'xml', place: places.nameAt(at) }]
  if (tag === 'RangeTableSample') {
    const names = namesOf(node.method)
    if (!['bernoulli', 'system'].includes(names.join('.')))
      return [{ reason: 'function', name: names.join('.'), place: places.wordAt(at) }]
  }
  if (tagged && !expressions.has(tag) && !(defines && definitions.has(tag)))
    return [
      { reason: tag === 'CurrentOfExpr' ? 'cursor' : 'expression', name: tag, place: places.wordAt(at) },
    ]
  return []
}

const target = new Set(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'])

function tableRefusals({ tag, node, at, parent }: Met, places: Places): Refusal[] {
  const said = {
    database: String(node.catalogname ?? ''),
    schema: String(node.schemaname ?? ''),
    name: String(node.relname ?? ''),
  }
  const isTarget = tag === 'relation' && parent !== undefined && target.has(parent.tag)
  const isSchema =
    parent !== undefined &&
    (parent.tag === 'into' ||
      (parent.tag.endsWith('Stmt') && !target.has(parent.tag) && parent.tag !== 'SelectStmt'))
  const reason = whyNotNamed(said, isTarget || isSchema ? 'write' : 'read')
  const name = [said.database, said.schema, said.name].filter(Boolean).join('.')
  return reason ? [{ reason, name, place: places.nameAt(at) }] : []
}

/** What a clause makes of a statement that is allowed without it. */
function clausesRefused({ tag, node, at }: Met, places: Places): Refusal[] {
  if (tag === 'SelectStmt' || tag === 'larg' || tag === 'rarg' || tag === 'selectStmt')
    if (node.intoClause) return [{ reason: 'select_into', name: 'INTO', place: places.wordAt(at) }]
  return []
}

const explainOptions = new Set([
  'format',
  'costs',
  'verbose',
  'settings',
  'generic_plan',
  'summary',
  'memory',
])

/** It runs what it explains when it is to measure it: a simulation does that, and says more. */
function explainRefusals(tree: ParsedStatement['tree'], places: Places, start: number): Refusal[] {
  const options = (tree.options ?? []) as { DefElem?: { defname?: string; location?: number } }[] // the parser's shape
  return options.flatMap(({ DefElem: option }) =>
    option?.defname !== undefined && explainOptions.has(option.defname)
      ? []
      : [
          {
            reason: 'explain_runs' as const,
            name: option?.defname ?? '',
            place: places.wordAt(option?.location ?? start),
          },
        ],
  )
}

/** What nobody knows comes with what is refused by name, and says nothing beside it. */
function inTurn(all: Refusal[]): Refusal[] {
  const seen = new Set<string>()
  const named = all.filter(({ reason, name }) => reason !== 'expression' || !/^[A-Z]/.test(name))
  const refusals = named.length > 0 ? named : all
  return refusals
    .filter(({ reason, place }) => {
      const key = `${reason} ${place.from}`
      return !seen.has(key) && seen.add(key)
    })
    .toSorted((a, b) => a.place.from - b.place.from)
}
