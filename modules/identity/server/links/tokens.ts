/** Links that are mailed: 256 random bits, good once, for one person and one purpose; only their hash is kept. */
import type { Tables } from '#platform/server/db.ts'
import { hashOf, newToken } from '#platform/server/random.ts'

type Db = Tables<'staffLinks' | 'staffMembers'>

const hour = 3_600_000

/** How long each kind is good for. */
const lifetimes = {
  invitation: 7 * 24 * hour,
  password_reset: hour,
  factor_enrolment: 24 * hour,
  // Until the reset is over, whenever that is: `revokeLinks` ends it.
  factor_reset_refusal: 365 * 24 * hour,
} as const

export type LinkKind = keyof typeof lifetimes

export const expiryOf = (kind: LinkKind, now: Date): Date => new Date(now.getTime() + lifetimes[kind])

/**
 * Makes a link; the person's earlier ones of the same kind no longer work. (Refusals of a factor reset all do: each of
 * its mails carries one, and whichever mail is opened must be able to stop it.)
 * @param link `aboutId`: what it is about besides the person; `by`: who asked for it, null for the person or the system
 * @returns the token, which stands nowhere but in the mail
 */
export async function makeLink(
  db: Db,
  link: { staffId: string; kind: LinkKind; now: Date; by?: string | null; aboutId?: string | null },
): Promise<string> {
  const { staffId, kind, now } = link
  // Two made at once take turns, so that the second revokes the first.
  await db.selectFrom('staffMembers').where('id', '=', staffId).select('id').forNoKeyUpdate().execute()
  if (kind !== 'factor_reset_refusal') await revokeLinks(db, { staffId, kinds: [kind] }, now)
  const token = newToken()
  await db
    .insertInto('staffLinks')
    .values({
      tokenHash: hashOf(token),
      staffId,
      kind,
      aboutId: link.aboutId ?? null,
      createdAt: now,
      createdBy: link.by ?? null,
      expiresAt: expiryOf(kind, now),
    })
    .execute()
  return token
}

/** The link behind a token, with whom it is for; undefined when it is used, expired, revoked, another kind, or nobody's. */
export async function linkFor(db: Db, token: string, kind: LinkKind | readonly LinkKind[], now: Date) {
  const link = await db
    .selectFrom('staffLinks')
    .innerJoin('staffMembers', 'staffMembers.id', 'staffLinks.staffId')
    .where('tokenHash', '=', hashOf(token))
    .where('kind', 'in', [kind].flat())
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .where('suspendedAt', 'is', null)
    .select([
      'staffId',
      'kind',
      'aboutId',
      'expiresAt',
      'staffLinks.createdBy',
      'firstName',
      'lastName',
      'email',
      'language',
    ])
    .executeTakeFirst()
  return link && { ...link, kind: link.kind as LinkKind } // checked by the table
}

/** Uses a link up: one UPDATE, so that of many at once one wins. False when it was not, or is no longer, to be used. */
export async function useLink(db: Db, token: string, kind: LinkKind, now: Date): Promise<boolean> {
  const used = await db
    .updateTable('staffLinks')
    .set({ usedAt: now })
    .where('tokenHash', '=', hashOf(token))
    .where('kind', '=', kind)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('staffMembers')
          .whereRef('staffMembers.id', '=', 'staffLinks.staffId')
          .where('suspendedAt', 'is', null)
          .select('staffMembers.id'),
      ),
    )
    .executeTakeFirst()
  return used.numUpdatedRows > 0n
}

/** Ends somebody's links that are still good: of these kinds, or all. */
export async function revokeLinks(
  db: Db,
  { staffId, kinds }: { staffId: string; kinds?: readonly LinkKind[] },
  now: Date,
): Promise<void> {
  let query = db
    .updateTable('staffLinks')
    .set({ expiresAt: now })
    .where('staffId', '=', staffId)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
  if (kinds) query = query.where('kind', 'in', kinds)
  await query.execute()
}

/** Links nobody can use any more say nothing after a while. */
export async function forgetOldLinks(db: Db, now: Date): Promise<void> {
  await db
    .deleteFrom('staffLinks')
    .where('expiresAt', '<', new Date(now.getTime() - 90 * 24 * hour))
    .execute()
}
