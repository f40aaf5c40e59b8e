/**
 * What works on two values letter by letter, or point by point, deaf to every signal: of two long ones for minutes, whatever
 * `statement_timeout` says, with all locks held. One of the two is short, and can be seen to be.
 *
 * Found by calling each function and each operator of PostgreSQL that may be called here with made-up values of up to a megabyte, behind
 * a `statement_timeout` of 50 ms: these took more than 300 ms, and for four times as much sixteen times as long.
 */
import { namesOf } from './walking.ts'

const words = (text: string) => text.trim().split(/\s+/)

/** By which of its arguments, from 0; -1 is the last. Long texts in which something short is looked for take a moment. */
const functions: ReadonlyMap<string, number> = new Map([
  ...words(`position strpos replace split_part string_to_array string_to_table translate btrim ltrim rtrim array_to_string
    jsonb_exists_any jsonb_exists_all jsonb_delete`).map((name) => [name, 1] as const),
  ...words('normalize is_normalized').map((name) => [name, 0] as const),
  ...words('plainto_tsquery phraseto_tsquery').map((name) => [name, -1] as const),
])
const longestSought = 32

/** As they are called by who types them. */
const operators: ReadonlyMap<string, string> = new Map([
  ['~~', 'LIKE'],
  ['~~*', 'ILIKE'],
  ['!~~', 'NOT LIKE'],
  ['!~~*', 'NOT ILIKE'],
  ...words('&& @> <@ <-> ?| ?& @@ @@@ ?# ~=').map((name) => [name, name] as const),
])
const longestSide = 200
const mostElements = 200
const deepest = 20

/** What they make is as short as what they are given. */
const keepsShort = new Set(
  words(`lower upper unaccent like_escape concat btrim chr to_tsquery plainto_tsquery phraseto_tsquery websearch_to_tsquery
    to_jsonb jsonb_build_object jsonb_build_array quote_literal point box circle`),
)
/** A range is its two ends. */
const ranges = new Set(words('int4range int8range numrange daterange tsrange tstzrange now'))

/** As the parser writes it. */
type Node = { [field: string]: unknown }

/** @property parameters those on which it depends: their values are to be short, too */
export type Strain = { name: string; isShort: boolean; parameters: number[]; longest: number }

/** @returns nothing where it is none of those */
export function strainOf(tag: string, node: Node): Strain | undefined {
  const parameters: number[] = []
  const names = namesOf(node.funcname ?? node.operName ?? (tag === 'A_Expr' ? node.name : undefined))
  const name = names.at(-1) ?? ''
  if ('funcname' in node) {
    const place = functions.get(name)
    const args = Array.isArray(node.args) ? (node.args as unknown[]) : []
    const arg = place === undefined ? undefined : args.at(place)
    if (arg === undefined) return undefined
    const isShort = short(arg, longestSought, parameters)
    return { name, isShort, parameters, longest: longestSought }
  }
  const operator = operators.get(name)
  if (operator === undefined) return undefined
  const sides = tag === 'SubLink' ? [node.testexpr] : [node.rexpr, node.lexpr]
  for (const side of sides) {
    parameters.length = 0
    if (short(side, longestSide, parameters))
      return { name: operator, isShort: true, parameters, longest: longestSide }
  }
  return { name: operator, isShort: false, parameters: [], longest: longestSide }
}

function short(value: unknown, longest: number, parameters: number[], depth = 0): boolean {
  if (typeof value !== 'object' || value === null || depth > deepest) return false
  const [[tag, inner] = []] = Object.entries(value)
  if (tag === undefined || typeof inner !== 'object' || inner === null) return false
  const node = inner as Node // a tag and its fields
  const all = (list: unknown) =>
    Array.isArray(list) &&
    list.length <= mostElements &&
    list.every((one) => short(one, longest, parameters, depth + 1))
  if (tag === 'A_Const')
    return JSON.stringify(node.sval ?? node.fval ?? node.bsval ?? '').length <= longest + 20
  if (tag === 'ParamRef') return parameters.push(Number(node.number ?? 0)) > 0
  if (tag === 'SQLValueFunction') return true
  if (tag === 'TypeCast') return all([node.arg]) && !isPadded(node.typeName)
  if (tag === 'CollateClause') return all([node.arg])
  if (tag === 'A_ArrayExpr') return all(node.elements ?? [])
  if (tag === 'A_Expr') return namesOf(node.name).at(-1) === '||' && all([node.lexpr, node.rexpr])
  if (tag !== 'FuncCall') return false
  const name = namesOf(node.funcname).at(-1) ?? ''
  return ranges.has(name) || (keepsShort.has(name) && all(node.args ?? []))
}

/** `char(1000000)` makes something long of whatever it is given. */
function isPadded(type: unknown): boolean {
  const { typmods } = (type ?? {}) as { typmods?: { A_Const?: { ival?: { ival?: number } } }[] } // the parser's shape
  return typmods?.some(({ A_Const: one }) => !one || (one.ival?.ival ?? 0) > longestSide) ?? false
}
