/** How a log tells that it goes on under another key: a note about the new one, signed with one it had. */
import type { Signer, Vkey } from '../tree/keys.ts'
import { openNote, NoteError, signNote } from '../tree/notes.ts'

/** No tree head and no certificate begins so. */
const textOf = (successor: Vkey) => `magestionpsy audit-log successor v1\nkey: ${successor.text}\n`

export const introductionOf = (successor: Vkey, by: Signer): string => signNote(textOf(successor), by)

/** @param known keys that belong to the log already */
export function introduces(introduction: string, successor: Vkey, known: readonly Vkey[]): boolean {
  try {
    return openNote(introduction, known).text === textOf(successor)
  } catch (error) {
    if (error instanceof NoteError) return false
    throw error
  }
}
