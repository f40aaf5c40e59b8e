import type { MailState } from '#contract/mail'
import { sql, type Tables } from '#platform/server/db.ts'

type Db = Tables<'outgoingMails'>

/** Beyond this many nobody counts any more. */
export const countedUpTo = 10_000

export type Filter = { state?: MailState | undefined; q?: string | undefined }

const line = [
  'id',
  'createdAt',
  'template',
  'language',
  'toEmail',
  'toName',
  'subject',
  'state',
  'tries',
  'lastError',
  'sentAt',
] as const

export type LineRow = Omit<Awaited<ReturnType<typeof mailsPage>>[number], 'exactAt'>

export async function mailsPage(
  db: Db,
  wanted: { filter: Filter; before: { at: string; id: string } | undefined; limit: number },
) {
  let query = matching(db, wanted.filter)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(wanted.limit)
  if (wanted.before)
    query = query.where(
      sql<boolean>`(created_at, id) < (${wanted.before.at}::timestamptz, ${wanted.before.id}::uuid)`,
    )
  // The cursor must hold all six decimals, which a JavaScript date drops.
  return query
    .select([
      ...line,
      sql<string>`to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('exactAt'),
    ])
    .execute()
}

/** At most one more than is counted. */
export async function mailsCounted(db: Db, filter: Filter): Promise<number> {
  const counted = matching(db, filter)
    .select('id')
    .limit(countedUpTo + 1)
  const { total } = await db
    .selectFrom(counted.as('counted'))
    .select(sql<number>`count(*)`.as('total'))
    .executeTakeFirstOrThrow()
  return total
}

export async function mailById(db: Db, id: string) {
  return db
    .selectFrom('outgoingMails')
    .where('id', '=', id)
    .select([...line, 'bodySealed'])
    .executeTakeFirst()
}

/** Captured mails that can still be read, newest first. */
export async function latestCaptured(db: Db, limit: number) {
  return db
    .selectFrom('outgoingMails')
    .where('state', '=', 'captured')
    .where('bodySealed', 'is not', null)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .select([...line, 'bodySealed'])
    .$narrowType<{ bodySealed: Buffer }>()
    .execute()
}

function matching(db: Db, { state, q }: Filter) {
  let query = db.selectFrom('outgoingMails')
  if (state) query = query.where('state', '=', state)
  // What LIKE would take for a pattern stands for itself.
  if (q) query = query.where('toEmail', 'ilike', `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`)
  return query
}
