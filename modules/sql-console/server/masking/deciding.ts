/**
 * What is classed may decide what a statement gives without standing in it. A condition answers yes or no of a row, which is what a
 * console is for; many of them in one text, or rows that are put in order, or together, by parts of a value, spell it.
 */
import type { Tree } from '../statements/parsing.ts'
import { namesOf, nodesOf } from '../statements/walking.ts'
import { isPlain, same, type Marking } from './comparing.ts'
import { classed, guarded, made, several, worked, type Marks } from './marks.ts'
import { columnOf, wholeOf, type Shape } from './shapes.ts'

/** What questions weigh: of what nobody is ever shown; of a part of a value; whether it is the one that was typed. */
const weights = { guarded: 6, part: 3, same: 1 }
/** Of a text: a search in some columns of some tables, and no alphabet. */
export const heaviest = 30

/** @returns `spelled`: of what is asked as of many parts at once */
export function decidedIn(
  conditions: readonly unknown[],
  marking: Marking,
): { weight: number; marks: Marks; spelled: Marks } {
  const asked = conditions.flatMap((condition) => questions(condition, marking))
  return {
    weight: asked.reduce((sum, { marks, isSame }) => sum + weightOf(marks, isSame), 0),
    marks: asked.reduce((all, { marks }) => all | (marks & classed), 0),
    spelled: asked.reduce((all, { marks, isSpelled }) => all | (isSpelled ? marks & classed : 0), 0),
  }
}

const weightOf = (marks: Marks, isSame: boolean) =>
  marks & guarded ? weights.guarded : isSame ? weights.same : weights.part

type Question = { marks: Marks; isSame: boolean; isSpelled: boolean }

function questions(condition: unknown, marking: Marking): Question[] {
  const tree = (condition ?? {}) as { [tag: string]: Tree | undefined } // as the parser writes one
  const { BoolExpr: several_, SubLink: link, A_Expr: compared } = tree
  if (several_) return (several_.args as unknown[]).flatMap((one) => questions(one, marking))
  // What it looks for, its own conditions ask.
  if (link?.subLinkType === 'EXISTS_SUBLINK') return []
  if (link && link.subLinkType !== 'EXPR_SUBLINK') {
    const marks = marking.of(link.testexpr) | marking.rows(link.subselect)
    return marks & classed ? [{ marks, isSame: !(marks & worked), isSpelled: false }] : []
  }
  const marks = marking.of(condition)
  if (!(marks & classed)) return []
  const sides = compared ? [compared.lexpr, compared.rexpr] : [condition]
  const isSame =
    compared !== undefined &&
    same.has(namesOf(compared.name).at(-1) ?? '') &&
    sides.every((side) => isPlain(side, marking))
  return [{ marks, isSame, isSpelled: sides.some((side) => isOfMany(side, marking)) }]
}

/** What stands there is of many parts, or of many values that were made up beside it. */
function isOfMany(side: unknown, marking: Marking): boolean {
  if (typeof side !== 'object' || side === null) return false
  const columns = [...nodesOf('', side as Tree, 0)].filter(({ tag }) => tag === 'ColumnRef') // a node
  return columns.some(({ node }) => {
    const marks = marking.of({ ColumnRef: node })
    return (marks & classed) !== 0 && (marks & (several | made)) !== 0
  })
}

type Sorting = Marking & { shape: (select: Tree) => Shape }

/** What rows are put in order or together by, where that is a part of a classed value, or beside what was made up. */
export function sortedBy(at: Tree, marking: Sorting): Marks {
  const items = (list: unknown) => (Array.isArray(list) ? (list as Tree[]) : [])
  const keys = [
    ...items(at.sortClause).map(({ SortBy: by }) => (by as Tree | undefined)?.node),
    ...items(at.groupClause),
    ...items(at.distinctClause),
    // Of a window.
    ...items(at.partitionClause),
    ...items(at.orderClause).map(({ SortBy: by }) => (by as Tree | undefined)?.node),
  ]
  const isDistinct =
    items(at.distinctClause).length === 1 && Object.keys(items(at.distinctClause)[0] ?? {}).length === 0
  const targets = items(at.targetList).map(({ ResTarget: target }) => target as Tree)
  const told = [
    ...keys.map((key) => keyMarks(key, at, targets, marking)),
    ...(isDistinct ? targets.map(({ val }) => tellingMarks(val, marking.of(val), marking)) : []),
    ...(merging.has(String(at.op)) && at.all !== true ? [telling(wholeOf(marking.shape(at)))] : []),
  ]
  return told.reduce((all, marks) => all | marks, 0)
}

const merging = new Set(['SETOP_UNION', 'SETOP_INTERSECT', 'SETOP_EXCEPT'])

/** `ORDER BY 2`, or by what a column of the result is called, is by what stands there. */
function keyMarks(key: unknown, select: Tree, targets: Tree[], marking: Sorting): Marks {
  const { A_Const: constant, ColumnRef: column } = (key ?? {}) as { [tag: string]: Tree | undefined } // as parsed
  const place = (constant?.ival as { ival?: number } | undefined)?.ival
  const [name, more] = namesOf(column?.fields)
  if (select.op !== undefined && select.op !== 'SETOP_NONE') {
    const shape = marking.shape(select)
    if (place !== undefined) return telling(shape.ordered?.[place - 1]?.marks ?? wholeOf(shape))
    return telling(name !== undefined && more === undefined ? columnOf(shape, name) : wholeOf(shape))
  }
  const meant =
    place === undefined
      ? more === undefined && targets.find((target) => target.name === name && name !== undefined)
      : targets[place - 1]
  const value = meant ? meant.val : key
  return tellingMarks(value, marking.of(value), marking)
}

const telling = (marks: Marks): Marks => (marks & classed && marks & (worked | made) ? marks & classed : 0)
const tellingMarks = (value: unknown, marks: Marks, marking: Marking): Marks =>
  marks & classed && (marks & made || (marks & worked && !isPlain(value, marking))) ? marks & classed : 0
