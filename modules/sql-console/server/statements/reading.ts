/** A text as its statements, each judged. @see judging.ts */
import { judge, type Judged } from './judging.ts'
import { parse, type Place, type UnreadableReason } from './parsing.ts'

export type Statement = Judged & { text: string; place: Place }
export type Unreadable = {
  reason: UnreadableReason | 'empty'
  message: string
  place: Place
}
export type Read = { statements: Statement[] } | { unreadable: Unreadable }

export const changesSchema = (found: Read): boolean =>
  'statements' in found && found.statements.some(({ does }) => does === 'changes_schema')

export function read(text: string): Read {
  const parsed = parse(text)
  if ('error' in parsed) return { unreadable: parsed.error }
  if (parsed.statements.length === 0)
    return { unreadable: { reason: 'empty', message: '', place: { from: 0, to: text.length } } }
  try {
    return {
      statements: parsed.statements.map((statement) => ({
        ...judge(statement, parsed.places),
        text: statement.text,
        place: statement.place,
      })),
    }
  } catch (error) {
    // Thousands of terms, each within the other: our own stack ends before the parser's does.
    if (!(error instanceof RangeError)) throw error
    return { unreadable: { reason: 'too_deep', message: '', place: { from: 0, to: text.length } } }
  }
}
