import type { Tables } from '#platform/server/db.ts'
import { NoteError, parseSignatureLine, requireSignature, splitNote } from '../tree/notes.ts'
import type { Signing } from '../witnessing/places.ts'

/**
 * The lines that our witnesses put under the checkpoint of this size, in the order they came. The table holds what the
 * server wrote there: a line that no key of theirs bears out is not handed on.
 */
export async function cosignaturesOf(
  db: Tables<'auditCosignatures'>,
  { size, note }: { size: number; note: string },
  witnesses: readonly Signing[],
): Promise<string[]> {
  if (witnesses.length === 0) return []
  const rows = await db
    .selectFrom('auditCosignatures')
    .where('size', '=', size)
    .where('witness', 'in', namesOf(witnesses))
    .where('line', 'is not', null)
    .orderBy('at')
    .orderBy('witness')
    .select('line')
    .execute()
  const { text } = splitNote(note)
  return rows.flatMap(({ line }) => (line !== null && holds(text, line, witnesses) ? [line] : []))
}

const namesOf = (witnesses: readonly Signing[]) => witnesses.map(({ name }) => name)

function holds(text: string, line: string, witnesses: readonly Signing[]): boolean {
  try {
    const signature = parseSignatureLine(line)
    const known = witnesses.find(({ vkey: { name, id } }) => name === signature.name && id === signature.id)
    if (known) requireSignature(text, signature, known.vkey)
    return known !== undefined
  } catch (error) {
    if (error instanceof NoteError) return false
    throw error
  }
}

/** So many lines are looked at: where none of them holds, our own signature has to do. */
const mostLooks = 50

/** The latest checkpoint that one of our witnesses signed, of more than `above` entries and at most `upTo`. */
export async function cosignedNote(
  db: Tables<'auditCosignatures' | 'auditCheckpoints'>,
  { above, upTo }: { above: number; upTo: number },
  witnesses: readonly Signing[],
): Promise<string | undefined> {
  if (witnesses.length === 0) return undefined
  const rows = await db
    .selectFrom('auditCosignatures as cosigned')
    .innerJoin('auditCheckpoints as signed', 'signed.size', 'cosigned.size')
    .where('cosigned.witness', 'in', namesOf(witnesses))
    .where('cosigned.line', 'is not', null)
    .where('cosigned.size', '>', above)
    .where('cosigned.size', '<=', upTo)
    .orderBy('cosigned.size', 'desc')
    .limit(mostLooks)
    .select(['signed.note', 'cosigned.line'])
    .execute()
  return rows.find(({ note, line }) => line !== null && holds(splitNote(note).text, line, witnesses))?.note
}

/** What the tree holds of an entry, and where; null: no number yet. */
export async function leafOfEntry(db: Tables<'auditLog'>, id: string) {
  return db.selectFrom('auditLog').where('id', '=', id).select(['leaf', 'index']).executeTakeFirst()
}
