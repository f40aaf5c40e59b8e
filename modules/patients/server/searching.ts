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
  /** Whom to offer first, from 0: whose names begin with all that was typed stand before whose town or e-mail has it. */
  rank: RawBuilder<number>
}

const liked = (text: string) => text.replaceAll(/[\\%_]/g, String.raw`\$&`)

/** What was typed, in any script; undefined where nothing was. */
export function searchOf(typed: string): Search | undefined {
  if (typed.trim() === '') return undefined
  const digits = digitsSearch(typed)
  if (digits) return digits
  const parts = typed.split(/[\s\-'’]+/u).filter((word) => word !== '')
  // Nothing but signs is looked for as it stands, and found nowhere.
  const words = parts.length > 0 ? parts : [typed.trim()]
  const first = words[0] ?? ''
  const begins = (column: RawBuilder<string>) =>
    sql<boolean>`searchable(${column}) like searchable(${liked(first)}) || '%'`
  const named = all(words.map(beginsName))
  const inOrder = beginInOrder(words)
  return {
    literal: all(words.map(holds)),
    forgiving: all(
      words.map((word) =>
        [...word].length < forgivenFrom
          ? holds(word)
          : sql<boolean>`(${holds(word)} or word_similarity(searchable(${word}), p.search) >= ${alike}::real)`,
      ),
    ),
    rank: sql<number>`case when ${inOrder} then 0 when ${named} then 3 else 6 end +
      case when ${begins(sql`p.last_name`)} then 0 when ${begins(sql`p.first_name`)} then 1 else 2 end`,
  }
}

/** A telephone is looked for as one number, however its digits were parted, and a date as somebody's birth. */
function digitsSearch(typed: string): Search | undefined {
  const phone = phoneIn(typed)
  if (phone === undefined) return undefined
  const date = dateIn(typed)
  const born = date ? sql<boolean>`p.born_on = ${date}::date` : sql<boolean>`false`
  const literal = sql<boolean>`(${hasPhone(phone)} or ${born} or ${holds(typed.trim())})`
  return { literal, forgiving: literal, rank: sql<number>`case when ${born} then 0 else 1 end` }
}

const holds = (word: string) => sql<boolean>`p.search like '%' || searchable(${liked(word)}) || '%'`

/** As it is searched, with a space between any two words of a name. */
const parted = (names: RawBuilder<string>) => sql<string>`translate(searchable(${names}), '-''’', '   ')`

/** A word of one of the names begins so: « laure » of Marie-Laure, « zor » of Le Zorzi. */
const beginsName = (word: string) =>
  sql<boolean>`' ' || ${parted(sql`p.last_name || ' ' || p.first_name || ' ' || p.birth_name`)}
    like '% ' || searchable(${liked(word)}) || '%'`

/** Each word begins one of the names after the other: « luc l » is Leïla Luciani, whose first name begins with the second. */
function beginInOrder(words: readonly string[]): RawBuilder<boolean> {
  const pattern = sql<string>`searchable(${words.map(liked).join('% ')}) || '%'`
  return sql<boolean>`(${parted(sql`p.last_name || ' ' || p.first_name`)} like ${pattern}
    or ${parted(sql`p.first_name || ' ' || p.last_name`)} like ${pattern})`
}

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

/** `1987-03-09` of 09/03/1987, 9.3.1987 and 9 3 1987; undefined where that is no day. */
function dateIn(typed: string): string | undefined {
  const [, day, month, year] = /^(\d{1,2})[\s/.-](\d{1,2})[\s/.-](\d{4})$/.exec(typed.trim()) ?? []
  if (!day || !month || !year) return undefined
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const read = new Date(`${written}T00:00:00Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(written) ? written : undefined
}

export const hasPhone = (digits: string) =>
  sql<boolean>`regexp_replace(p.phone, '[^0-9]', '', 'g') like '%' || ${digits}::text || '%'`
