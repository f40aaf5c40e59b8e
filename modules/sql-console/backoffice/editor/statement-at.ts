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

/** The highest `$n` outside of strings and comments: for texts too long to be checked as they are typed. */
export function parametersIn(text: string): number {
  const bare = text.replaceAll(
    /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$/g,
    ' ',
  )
  return [...bare.matchAll(/(?<![\w$])\$(\d{1,3})\b/g)].reduce((most, [, n]) => Math.max(most, Number(n)), 0)
}
