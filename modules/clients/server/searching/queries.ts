import type { RawBuilder } from 'kysely'
import { andInside, inside, isLimited, type Within } from '#server/access'
import { sql, type Tables } from '#platform/server/db.ts'
import type { Part, Search } from './words.ts'

/** `_` is the only character of a plain word that LIKE understands otherwise. */
const liked = (word: string) => word.replaceAll('_', String.raw`\_`)

/** The text holds the word; one or two letters count at the beginning of a word only. Both forms have trigrams to look up. */
const holds = (word: string): RawBuilder<boolean> =>
  word.length > 2
    ? sql<boolean>`c.search_text like ${`%${liked(word)}%`}`
    : sql<boolean>`(c.search_text like ${`${liked(word)}%`} or c.search_text like ${`% ${liked(word)}%`})`

const holdsOrMeans = ({ literal, meant }: Part): RawBuilder<boolean> =>
  meant.length === 0
    ? holds(literal)
    : sql<boolean>`(${holds(literal)} or c.search_words && ${meant}::text[])`

/** Every word typed stands in the text of client `c`, or one it may have meant does. Nothing but signs finds nobody. */
export function found({ words }: Search): RawBuilder<boolean> {
  if (words.length === 0) return sql<boolean>`false`
  const each = words.map(({ literal, parts }) => {
    const [only] = parts
    if (!only) return holds(literal)
    if (parts.length === 1) return holdsOrMeans(only)
    return sql<boolean>`(${holds(literal)} or (${sql.join(parts.map(holdsOrMeans), sql` and `)}))`
  })
  return sql<boolean>`(${sql.join(each, sql` and `)})`
}

/**
 * 0: the last name begins with what was typed, 1: the first name does, 2: every word stands there as typed,
 * 3: the last name begins with what a forgiven word meant, 4: the rest.
 */
export function rank({ text, words }: Search): RawBuilder<number> {
  const asTyped = words.map(({ literal }) => holds(literal))
  const meant = words.flatMap(({ parts }) => parts.flatMap((part) => part.meant))
  return sql<number>`case when c.sort_name like ${`${liked(text)}%`} then 0
    when c.search_text like ${`${liked(text)}%`} then 1
    when ${asTyped.length === 0 ? sql`false` : sql.join(asTyped, sql` and `)} then 2
    when split_part(c.sort_name, ' ', 1) = any(${meant}::text[]) then 3 else 4 end`
}

type Words = Tables<'clients' | 'clientWords'>

/** The vocabulary is of all clients: who is limited knows the words of those inside. */
const knownTo = (mine: Within) =>
  isLimited(mine)
    ? sql`and exists (select from clients c where c.search_words && array[word] and ${inside(mine, sql`c`)})`
    : sql``

export async function knownAmong(db: Words, words: readonly string[], mine: Within): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    select word from client_words where word = any(${words}::text[]) ${knownTo(mine)}`.execute(db)
  return rows.map(({ word }) => word)
}

export async function someClientMatches(
  db: Tables<'clients'>,
  search: Search,
  mine: Within,
): Promise<boolean> {
  const { rows } = await sql<{ some: boolean }>`
    select exists (select from clients c where ${found(search)} ${andInside(mine, sql`c`)}) as some`.execute(
    db,
  )
  return rows[0]?.some ?? false
}

/** Known words whose beginning is one slip away from what was typed. The first letter is taken to be right. */
export async function wordsBeginningLike(db: Words, typed: string, mine: Within): Promise<string[]> {
  const swapped = Array.from({ length: typed.length - 1 }, (_, at) =>
    [typed.slice(0, at), typed[at + 1], typed[at], typed.slice(at + 2)].join(''),
  )
  const { rows } = await sql<{ word: string }>`
    select word from client_words
    where word >= ${typed.slice(0, 1)} and word < ${`${typed.slice(0, 1)}\u{10FFFF}`} and length(word) >= ${typed.length}
      and (levenshtein_less_equal(left(word, ${typed.length}), ${typed}, 1) <= 1
        or levenshtein_less_equal(left(word, ${typed.length - 1}), ${typed}, 1) <= 1
        or levenshtein_less_equal(left(word, ${typed.length + 1}), ${typed}, 1) <= 1
        or left(word, ${typed.length}) = any(${swapped})) ${knownTo(mine)}
    limit 500`.execute(db)
  return rows.map(({ word }) => word)
}
