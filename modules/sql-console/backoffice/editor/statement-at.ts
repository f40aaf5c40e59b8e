import type { Failure } from '#contract/sql-console'

/** Which part of a text is meant: what is selected, else the statement in which the cursor stands. */
export type Part = { from: number; to: number }
type Statement = Part

/** @returns undefined where no statement stands, and the text is meant as a whole */
export function statementAt(statements: readonly Statement[], cursor: number): number | undefined {
  if (statements.length === 0) return undefined
  // Behind the semicolon one is still in the statement one has just written.
  const before = statements.findLastIndex(({ from }) => from <= cursor)
  return before === -1 ? 0 : before
}

/** « ligne 3, colonne 12 », counted from 1. */
export function lineAndColumn(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, Math.max(0, Math.min(at, text.length)))
  const start = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: before.length - start + 1 }
}

/** Where a semicolon ends nothing: what stands in strings, names and comments. */
const closed =
  /\be'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$/gi

/** The statements of a text that the server's parser has read: each without what stands around it. */
export function statementsIn(text: string): Part[] {
  // As long as it was: a comment is nothing, a string is no semicolon.
  const bare = text.replaceAll(closed, (part) => (/^(?:--|\/\*)/.test(part) ? ' ' : 'x').repeat(part.length))
  return [...bare.matchAll(/[^;]+/g)].flatMap(({ index, 0: part }) => {
    const from = index + part.length - part.trimStart().length
    return part.trim() === '' ? [] : [{ from, to: from + part.trim().length }]
  })
}

/** Where a text failed: at the place PostgreSQL names, else the whole statement; undefined at the end of all. */
export function failedAt(
  text: string,
  { at, statement }: Pick<Failure, 'at' | 'statement'>,
): Part | undefined {
  if (at !== null) {
    const [word = ' '] = /^\S[\w$]*/.exec(text.slice(at)) ?? []
    return { from: at, to: at + word.length }
  }
  return statement === null ? undefined : statementsIn(text)[statement]
}

/** The highest `$n` outside of strings and comments: for texts too long to be checked as they are typed. */
export function parametersIn(text: string): number {
  const bare = text.replaceAll(
    /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$/g,
    ' ',
  )
  return [...bare.matchAll(/(?<![\w$])\$(\d{1,3})\b/g)].reduce((most, [, n]) => Math.max(most, Number(n)), 0)
}
