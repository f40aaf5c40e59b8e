import type { Tables } from '#platform/server/db.ts'
import { meaningOf, type Search } from './meaning.ts'
import { someClientMatches, wordsBeginningLike } from './queries.ts'

/** A shorter beginning is one slip away from too many words. */
const shortestBeginning = 5

/**
 * What was typed, with what it may have meant. A word is forgiven one slip; and when that finds nobody at all, it may be
 * the mistyped beginning of a word, since people read results while they type.
 */
export async function understand(
  db: Tables<'clients' | 'clientWords'>,
  q: string | undefined,
): Promise<Search | undefined> {
  if (!q) return undefined
  const search = meaningOf(q)
  const beginnings = search.words
    .flatMap((word) => word.parts)
    .filter((part) => part.literal.length >= shortestBeginning)
  if (beginnings.length === 0 || (await someClientMatches(db, search))) return search
  for (const part of beginnings) part.meant = [...part.meant, ...(await wordsBeginningLike(db, part.literal))]
  return search
}
