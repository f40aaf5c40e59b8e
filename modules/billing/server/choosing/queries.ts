import { inside, type Within } from '#server/access'
import { sql, type Tables } from '#platform/server/db.ts'

type Db = Tables<'clients'>

const who = ['id', 'firstName', 'lastName', 'email', 'city'] as const

/** Of clients that may be invoiced, those whose name, e-mail or city holds all the words; without a word, the latest. */
export const billableClients = (db: Db, q: string, mine: Within, limit: number) =>
  db
    .selectFrom('clients')
    .where('trashedAt', 'is', null)
    .where('status', '<>', 'excluded')
    .where(inside(mine, sql`clients`))
    .where(
      q === ''
        ? sql<boolean>`true`
        : sql<boolean>`plain_text(${q}) <> '' and clients.search_text like all (
            select '%' || word || '%' from unnest(string_to_array(replace(plain_text(${q}), '_', '\\_'), ' ')) as word)`,
    )
    .orderBy(q === '' ? sql`created_at desc` : sql`last_name, first_name`)
    .orderBy('id')
    .limit(limit)
    .select(who)
    .execute()

/** @returns undefined where they are not there, or not theirs to see */
export const clientSeen = (db: Db, id: string, mine: Within) =>
  db
    .selectFrom('clients')
    .where('id', '=', id)
    .where(inside(mine, sql`clients`))
    .select([...who, 'status', 'trashedAt'])
    .executeTakeFirst()
