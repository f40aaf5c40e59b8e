/**
 * Conditions on classed columns are what a console is for: `WHERE email = 'claire@cabinet.fr'`. One that compares parts of them
 * with what stands in other columns spells them out instead, row by row: `ON numbers.n = ascii(substr(email, places.n, 1))`.
 */
import type { Tree } from '../statements/parsing.ts'
import { namesOf, nodesOf } from '../statements/walking.ts'
import { classed, worked, type Marks } from './marks.ts'

export type Marking = {
  of: (expression: unknown) => Marks
  /** Of the rows of a query. */
  rows: (query: unknown) => Marks
}

export const same = new Set(['=', '<>'])
const plainCalls = new Set(['lower', 'upper', 'btrim', 'ltrim', 'rtrim'])

export function spellsOut(condition: unknown, marking: Marking): boolean {
  const tree = (condition ?? {}) as { [tag: string]: Tree | undefined } // as the parser writes one
  const { BoolExpr: several, SubLink: link, A_Expr: compared } = tree
  if (several) return (several.args as unknown[]).some((one) => spellsOut(one, marking))
  // What it looks for, its own conditions say.
  if (link?.subLinkType === 'EXISTS_SUBLINK') return false
  if (link && link.subLinkType !== 'EXPR_SUBLINK')
    return isWorked(marking.of(link.testexpr) | marking.rows(link.subselect))
  if (!(marking.of(condition) & classed) || columnsIn(condition) < 2) return false
  const isEquality = compared !== undefined && same.has(namesOf(compared.name).at(-1) ?? '')
  return !(isEquality && isPlain(compared.lexpr, marking) && isPlain(compared.rexpr, marking))
}

const isWorked = (marks: Marks): boolean => (marks & classed) !== 0 && (marks & worked) !== 0

/** A value as it stands, in capitals or not. */
export function isPlain(expression: unknown, marking: Marking): boolean {
  const tree = (expression ?? {}) as { [tag: string]: Tree | undefined } // as the parser writes one
  if (columnsIn(expression) === 0) return true
  if (tree.ColumnRef) return !isWorked(marking.of(expression))
  if (tree.TypeCast) return isPlain(tree.TypeCast.arg, marking)
  if (tree.SubLink) return !isWorked(marking.rows(tree.SubLink.subselect))
  const { args } = tree.FuncCall ?? {}
  return (
    Array.isArray(args) &&
    args.length === 1 &&
    plainCalls.has(namesOf(tree.FuncCall?.funcname).at(-1) ?? '') &&
    isPlain(args[0], marking)
  )
}

export function columnsIn(expression: unknown): number {
  if (Array.isArray(expression)) return expression.reduce<number>((sum, one) => sum + columnsIn(one), 0)
  if (typeof expression !== 'object' || expression === null) return 0
  return [...nodesOf('', expression as Tree, 0)].filter(({ tag }) => tag === 'ColumnRef').length // a node
}
