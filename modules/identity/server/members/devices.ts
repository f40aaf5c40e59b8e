/** Browsers members signed in from before, known again by a cookie of their own. It opens nothing; tries are only counted apart. */
import { sql, type Tables } from '#platform/server/db.ts'
import type { Context, RequestFacts } from '#platform/server/requests.ts'
import { hashOf, newToken } from '#platform/server/random.ts'

type Db = Tables<'memberDevices' | 'memberAccounts'>

const yearInSeconds = 365 * 24 * 3600

/** The asking browser, if whoever has this address signed in from it before. @param email null: anybody's, where a passkey has not yet said who comes */
export async function knownMemberDevice(
  db: Db,
  { cookies }: Pick<RequestFacts, 'cookies'>,
  email: string | null,
): Promise<{ id: string; accountId: string } | undefined> {
  const token = cookies['device']
  if (!token) return undefined
  let query = db
    .selectFrom('memberDevices')
    .innerJoin('memberAccounts', 'memberAccounts.id', 'memberDevices.accountId')
    .where('tokenHash', '=', hashOf(token))
  if (email !== null) query = query.where('email', '=', email.toLowerCase())
  return query.select(['memberDevices.id', 'accountId']).limit(1).executeTakeFirst()
}

export async function makeMemberDeviceKnown(
  ctx: Pick<Context, 'db' | 'clock' | 'request' | 'setCookie'>,
  accountId: string,
): Promise<void> {
  const token = ctx.request.cookies['device']
  // Only a token that came from here is kept, another person's on a shared computer say: one that somebody planted
  // would be known to whoever planted it.
  const kept = token !== undefined && (await cameFromHere(ctx.db, token)) ? token : newToken()
  ctx.setCookie('device', kept, { maxAgeSeconds: yearInSeconds })
  const now = ctx.clock.now()
  await ctx.db
    .insertInto('memberDevices')
    .values({ accountId, tokenHash: hashOf(kept), createdAt: now, lastSeenAt: now })
    .onConflict((conflict) => conflict.columns(['accountId', 'tokenHash']).doUpdateSet({ lastSeenAt: now }))
    .execute()
}

async function cameFromHere(db: Db, token: string): Promise<boolean> {
  const one = await db
    .selectFrom('memberDevices')
    .where('tokenHash', '=', hashOf(token))
    .select(sql`1`.as('one'))
    .limit(1)
    .executeTakeFirst()
  return one !== undefined
}

export async function forgetMemberDevices(db: Db, lastSeenBefore: Date): Promise<void> {
  await db.deleteFrom('memberDevices').where('lastSeenAt', '<', lastSeenBefore).execute()
}
