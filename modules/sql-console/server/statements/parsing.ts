/** A text in statements, by PostgreSQL's own parser: nobody else knows where one ends. */
import { hasSqlDetails, loadModule, parseSync } from 'libpg-query'
import { placesOf, type Places } from './places.ts'

/** UTF-16 code units, the end not included: as editors and `slice` count. */
export type Place = { from: number; to: number }

/** What the parser makes of one: its tree is walked by shape (`walking.ts`), since every kind of node is met there. */
export type ParsedStatement = { tag: string; tree: Tree; at: number; text: string; place: Place }
export type Tree = { [field: string]: unknown }

export type UnreadableReason = 'syntax' | 'too_deep' | 'too_long' | 'too_many_statements' | 'unreadable'

export type Parsed =
  | { statements: ParsedStatement[]; places: Places }
  | { error: { reason: UnreadableReason; message: string; place: Place } }

/** Bytes of UTF-8. The parser takes half a second for as much. */
export const longestText = 1_000_000

/** Whoever has more to do writes a migration. */
const mostStatements = 500
const mostComments = 3_000

await loadModule()

/** Its stack overflowed: what it keeps in memory is what came after. Nobody who can begin anew asks it again. */
let isBroken = false
export const parserIsBroken = (): boolean => isBroken

/** Holds the thread for as long as it takes: a third of a millisecond for what people type, half a second for a megabyte. */
export function parse(text: string): Parsed {
  const whole = { from: 0, to: text.length }
  if (Buffer.byteLength(text) > longestText) return failed('too_long', '', whole)
  // Nothing that a text holds ends it for the parser and not for the server.
  const nul = text.indexOf('\0')
  if (nul >= 0) return failed('unreadable', 'U+0000', { from: nul, to: nul + 1 })
  if (!text.isWellFormed()) return failed('unreadable', 'UTF-16', whole)
  // It takes a time for each that grows with their number.
  if ((text.match(/\/\*/g)?.length ?? 0) > mostComments) return failed('too_deep', '', whole)
  try {
    const places = placesOf(text)
    const statements = statementsOf(text, places)
    const [firstBeyond] = statements.slice(mostStatements)
    return firstBeyond ? failed('too_many_statements', '', firstBeyond.place) : { statements, places }
  } catch (error) {
    // Thousands of parentheses: the parser's own stack ends, or that of who reads its tree.
    if (error instanceof Error && error.name === 'RuntimeError') isBroken = true
    if (error instanceof RangeError || (error instanceof Error && error.name === 'RuntimeError'))
      return failed('too_deep', '', whole)
    if (!(error instanceof Error)) throw error
    const { message, cursorPosition } = hasSqlDetails(error)
      ? { cursorPosition: undefined, ...error.sqlDetails, message: error.message }
      : { message: error.message, cursorPosition: undefined }
    if (/memory exhausted|stack depth/.test(message)) return failed('too_deep', '', whole)
    if (cursorPosition === undefined) throw error
    return failed('syntax', message, placesOf(text).wordAtCharacter(cursorPosition))
  }
}

const failed = (reason: UnreadableReason, message: string, place: Place) => ({
  error: { reason, message, place },
})

function statementsOf(text: string, places: Places): ParsedStatement[] {
  // The parser calls it a mistake to be asked for nothing.
  if (text.trim() === '') return []
  const { stmts = [] } = parseSync(text)
  return stmts.slice(0, mostStatements + 1).flatMap(({ stmt, stmt_location: at = 0, stmt_len: length }) => {
    const [[tag, tree] = []] = Object.entries(stmt ?? {})
    if (!tag) return []
    const place = places.trimmed(at, length === undefined ? undefined : at + length)
    return [
      {
        tag,
        tree: tree as Tree,
        at: places.byteAt(place.from),
        text: text.slice(place.from, place.to),
        place,
      },
    ] // each is a tag and its fields
  })
}
