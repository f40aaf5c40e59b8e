/**
 * A text as the log tells it: as it was typed, or as it may stand in the vendor's log where it names a practice's people (decision 25).
 * Whatever it is padded with, every statement that runs is there, with its beginning and its end.
 */
import { scanSync } from 'libpg-query'
import type { Read } from '../statements/reading.ts'
import type { Typed } from './keeping.ts'

/** Of a text, or of all its parameters. */
export const mostLogged = 100_000

export type InTheLog = {
  /** Without comments, each value and each quoted name an ellipsis; nothing of what is refused. */
  wordless: string
  /** Where it is too long, of each statement as much as of any other, without comments and the middle of what is long. */
  typed: string
}

/** @throws what the scanner says: what cannot be told is not run */
export function inTheLog(text: string, found: Read): InTheLog {
  const isWhole = text.length <= mostLogged
  if (!('statements' in found) || found.statements.some(({ refusals }) => refusals.length > 0))
    return { wordless: '', typed: shortened(text, mostLogged) }
  const { statements } = found
  const told = statements.map((one) => tokensOf(one.text, isWhole))
  return {
    wordless: together(
      told.map((one) => one.wordless),
      statements,
    ),
    typed: isWhole
      ? text
      : together(
          told.map((one) => one.typed),
          statements,
        ),
  }
}

/** What was typed, as it stands in each entry of what is done with it. */
export const logged = (tenantId: string | null, { parameters }: Pick<Typed, 'parameters'>, told: InTheLog) =>
  tenantId === null
    ? { text: told.typed, parameters: fairly(parameters, mostLogged) }
    : { text: told.wordless }

/**
 * Of all of it, whatever is left out.
 * @param digest by which whoever keeps the text knows that this was it: keyed, of a practice by its own key
 */
export const whole = (text: string, digest: Uint8Array) => ({
  characters: text.length,
  digest: Buffer.from(digest).toString('hex'),
})

const comments = new Set(['SQL_COMMENT', 'C_COMMENT'])
const numbers = new Set(['ICONST', 'FCONST'])
/** Of a value, or a name: longer ones hide what comes behind them. */
const longestToken = 300

function together(all: readonly string[], statements: readonly { names: readonly string[] }[]): string {
  const kept = fairly(all, mostLogged)
  const told = kept.join('; ')
  return kept.every((one, index) => one === all[index]) ? told : `${told}\n-- ${namesOf(statements)}`
}

/** Where the middle of something is missing: of which tables it speaks. Quoted ones may be anybody's name. */
function namesOf(statements: readonly { names: readonly string[] }[]): string {
  const names = new Set(statements.flatMap(({ names }) => names))
  return shortened(
    [...names]
      .filter((name) => /^[a-z_][a-z0-9_$]*$/.test(name))
      .toSorted()
      .join(', '),
    800,
  )
}

/** One blank for several, or for a comment. Whatever stands in quotes is a value, of whichever kind: the scanner has no name for some. */
function tokensOf(text: string, onlyWordless: boolean): InTheLog {
  const bytes = Buffer.from(text)
  const isPlain = bytes.length === text.length
  let [bare, typed] = ['', '']
  let at = 0
  let isApart = false
  for (const { start, end, tokenName } of scanSync(text).tokens) {
    const isComment = comments.has(tokenName)
    isApart ||= isComment || start > at
    at = end
    if (isComment) continue
    const token = isPlain ? text.slice(start, end) : bytes.toString('utf8', start, end)
    const blank = isApart && bare ? ' ' : ''
    bare += blank + (numbers.has(tokenName) || /['"]|^\$(?!\d+$)/.test(token) ? '…' : token)
    if (!onlyWordless) typed += blank + shortened(token, longestToken)
    isApart = false
  }
  return { wordless: bare, typed }
}

/** Those that are short leave their part to those that are long. */
function fairly<Value extends string | null>(values: readonly Value[], most: number): (Value | string)[] {
  let left = most
  let waiting = values.length
  for (const length of values.map((value) => value?.length ?? 0).toSorted((a, b) => a - b)) {
    if (length > left / waiting) break
    left -= length
    waiting--
  }
  const each = waiting ? Math.floor(left / waiting) : most
  return values.map((value) => (value === null ? value : shortened(value, each)))
}

/** Of what says how much is missing, and what stands between two statements. */
const sign = 14

/** Its beginning, how much is missing, and its end. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  const room = Math.max(0, most - sign)
  const [first, last] = [Math.floor((room * 2) / 3), Math.floor(room / 3)]
  // No half of a letter: nothing would keep it.
  return `${text.slice(0, first)} …${text.length - first - last}… ${text.slice(text.length - last)}`.toWellFormed()
}
