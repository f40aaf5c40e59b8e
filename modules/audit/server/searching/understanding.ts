import type { Within } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import { plainText } from '#platform/server/plain-text.ts'
import { objectsNamed } from './names.ts'
import { vocabulary } from './vocabulary.ts'

/** What was typed may mean any of these. */
export type Meant = {
  /** As it was typed: the id of an entry, an object, an actor, a subject or an operation. */
  exactly: string
  /** The verb says all of it, or the kind of object does. */
  verbs: readonly string[]
  objectTypes: readonly string[]
  /** Objects whose name holds all words; or the reason does. */
  named: readonly string[]
  words: readonly string[]
  /** « modifié dupont »: the verb says the words it knows, name or reason hold the rest. */
  split: { verbs: readonly string[]; named: readonly string[]; words: readonly string[] } | undefined
}

/** @param mine the clients whose names are looked through */
export async function understand(db: CentralDb, q: string, mine: Within | undefined): Promise<Meant> {
  const words = plainText(q).split(' ').filter(Boolean)
  const known = words.filter((word) => vocabulary.verbsSaying([word]).length > 0)
  const rest = words.filter((word) => !known.includes(word))
  const sayable = known.length > 0 && rest.length > 0 ? vocabulary.verbsSaying(known) : []
  const [named, restNamed] = await Promise.all([
    objectsNamed(db, words, mine),
    sayable.length > 0 ? objectsNamed(db, rest, mine) : [],
  ])
  return {
    exactly: q,
    verbs: vocabulary.verbsSaying(words),
    objectTypes: vocabulary.objectTypesSaying(words),
    named,
    words,
    split: sayable.length > 0 ? { verbs: sayable, named: restNamed, words: rest } : undefined,
  }
}
