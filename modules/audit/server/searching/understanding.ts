import type { Within } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import { plainText } from '#platform/server/plain-text.ts'
import { objectsNamed } from './names.ts'
import { vocabulary } from './vocabulary.ts'

/** What was typed: an id, whole, or what may mean any of these. */
export type Meant = { id: string } | Said

export type Said = {
  /** As it was typed: how an object or an actor without a uuid is called. */
  exactly: string
  /** « 421 », « n° 421 »: the place of an entry in the tree; it may be something else besides. */
  number: number | undefined
  /** The verb says all of it, or the kind of object does. */
  verbs: readonly string[]
  objectTypes: readonly string[]
  /** Objects whose name holds all words; or the reason does. */
  named: readonly string[]
  words: readonly string[]
  /** « modifié dupont »: the verb says the words it knows, name or reason hold the rest. */
  split: { verbs: readonly string[]; named: readonly string[]; words: readonly string[] } | undefined
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** They stand in half of all sentences and tell nothing apart; two letters and less are taken for such too. */
const smallWords = new Set(['les', 'des', 'une', 'aux', 'dans', 'the', 'and'])
const says = (word: string) => word.length > 2 && !smallWords.has(word)

/** @param mine the clients whose names are looked through */
export async function understand(db: CentralDb, q: string, mine: Within | undefined): Promise<Meant> {
  if (uuid.test(q)) return { id: q.toLowerCase() }
  const words = plainText(q).split(' ').filter(Boolean)
  const verbs = vocabulary.verbsSaying(words)
  const split = verbs.length === 0 ? splitOf(words.filter(says)) : undefined
  const [named, restNamed] = await Promise.all([
    objectsNamed(db, words, mine),
    split ? objectsNamed(db, split.words, mine) : [],
  ])
  return {
    exactly: q,
    number: numberIn(q),
    verbs,
    objectTypes: vocabulary.objectTypesSaying(words),
    named,
    words,
    split: split && { ...split, named: restNamed },
  }
}

/** Also grouped by thousands, as the screen writes numbers. */
function numberIn(q: string): number | undefined {
  const [, digits] = /^(?:n[°º]|no\.?|#)?\s*(\d{1,12}|\d{1,3}(?:[\s,]\d{3}){1,3})$/i.exec(q.trim()) ?? []
  return digits === undefined ? undefined : Number(digits.replaceAll(/[\s,]/g, ''))
}

/** The words that verbs say, with those verbs, and the words that none says; undefined where one of both is missing. */
function splitOf(words: readonly string[]): { verbs: string[]; words: string[] } | undefined {
  const known = words.filter((word) => vocabulary.verbsSaying([word]).length > 0)
  const rest = words.filter((word) => !known.includes(word))
  const verbs = vocabulary.verbsSaying(known)
  return verbs.length > 0 && rest.length > 0 ? { verbs, words: rest } : undefined
}
