import type { RawBuilder } from 'kysely'
import { sql } from '#platform/server/db.ts'

/** How alike two words are that differ by one slip of the keyboard: « moreua » and « moreau » are 0.57. */
const alike = 0.4
/** Shorter ones are like too many others. */
const forgivenFrom = 4

export type Search = {
  /** What holds for patient `p` who has all of what was typed. */
  literal: RawBuilder<boolean>
  /** As well for one who has something like it: asked where nobody has what was typed. */
  forgiving: RawBuilder<boolean>
  /** 0: the last name begins with what was typed, 1: the first name does, 2: the rest. */
  rank: RawBuilder<number>
}

const liked = (text: string) => text.replaceAll(/[\\%_]/g, String.raw`\$&`)

/** What was typed, in any script; undefined where nothing was. */
export function searchOf(typed: string): Search | undefined {
  if (typed.trim() === '') return undefined
  const parts = typed.split(/[\s\-'’]+/u).filter((word) => word !== '')
  // Nothing but signs is looked for as it stands, and found nowhere.
  const words = parts.length > 0 ? parts : [typed.trim()]
  const first = words[0] ?? ''
  const phone = phoneIn(typed)
  const literal = all(words.map(holds))
  const forgiving = all(
    words.map((word) =>
      [...word].length < forgivenFrom
        ? holds(word)
        : sql<boolean>`(${holds(word)} or word_similarity(searchable(${word}), p.search) >= ${alike}::real)`,
    ),
  )
  const begins = (column: RawBuilder<string>) =>
    sql<boolean>`searchable(${column}) like searchable(${liked(first)}) || '%'`
  return {
    literal: phone ? sql<boolean>`(${literal} or ${hasPhone(phone)})` : literal,
    forgiving: phone ? sql<boolean>`(${literal} or ${hasPhone(phone)})` : forgiving,
    rank: sql<number>`case when ${begins(sql`p.last_name`)} then 0 when ${begins(sql`p.first_name`)} then 1 else 2 end`,
  }
}

const holds = (word: string) => sql<boolean>`p.search like '%' || searchable(${liked(word)}) || '%'`

const all = (conditions: RawBuilder<boolean>[]) => sql<boolean>`(${sql.join(conditions, sql` and `)})`

/** The digits that stay the same however the number is written, `639981234` of 06 39 98 12 34 and +33 6 39 98 12 34. */
export function phoneIn(typed: string): string | undefined {
  if (!/^\+?[\d\s.\-/()]+$/.test(typed.trim())) return undefined
  const digits = typed
    .trim()
    .replace(/^00/, '+')
    .replace(/^\+33\s*(\(0\))?/, '')
    .replaceAll(/\D/g, '')
    .replace(/^0/, '')
  return digits.length < 3 ? undefined : digits
}

export const hasPhone = (digits: string) =>
  sql<boolean>`regexp_replace(p.phone, '[^0-9]', '', 'g') like '%' || ${digits}::text || '%'`
