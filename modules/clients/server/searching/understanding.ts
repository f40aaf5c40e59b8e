import type { Within } from '#server/access'
import type { Tables } from '#platform/server/db.ts'
import { oneSlipAway } from './one-slip.ts'
import { knownAmong, someClientMatches, wordsBeginningLike } from './queries.ts'
import { wordsOf, type Part, type Search } from './words.ts'

/** Shorter words are one slip away from too many others; longer ones are no words. */
const forgiven = ({ literal }: Part) => literal.length >= 4 && literal.length <= 30
const maybeBeginning = ({ literal }: Part) => literal.length >= 5 && literal.length <= 30

/**
 * What was typed, with what it may have meant. A word is forgiven one slip; and when that finds nobody at all, it may be
 * the mistyped beginning of a word, since people read results while they type. For
 * who is limited only words of clients inside are known: what is found must not tell whose names there are outside.
 */
export async function understand(
  db: Tables<'clients' | 'clientWords'>,
  q: string | undefined,
  mine: Within,
): Promise<Search | undefined> {
  if (!q) return undefined
  const search = wordsOf(q)
  const parts = search.words.flatMap((word) => word.parts).filter(forgiven)
  if (parts.length === 0) return search

  // Thousands of words may be one slip away, but few of them are anybody's: those are all the list is searched for.
  const slips = parts.map((part) => oneSlipAway(part.literal))
  const known = new Set(await knownAmong(db, slips.flat(), mine))
  for (const [at, part] of parts.entries()) part.meant = (slips[at] ?? []).filter((word) => known.has(word))

  const beginnings = parts.filter((part) => maybeBeginning(part) && !known.has(part.literal))
  if (beginnings.length === 0 || (await someClientMatches(db, search, mine))) return search
  for (const part of beginnings)
    part.meant = [...part.meant, ...(await wordsBeginningLike(db, part.literal, mine))]
  return search
}
