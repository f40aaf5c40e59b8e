/** What a member holds to show who they are, and takes away again. */
import { factorRequired, type MemberAccount } from '#contract/identity'
import type { CentralDb } from '#platform/server/db.ts'
import { found, refuse, type Context } from '#platform/server/requests.ts'
import { heldShown } from '../account/showing.ts'
import { removeMemberFactor } from '../member-factors/enrolling.ts'
import { heldMemberFactors } from '../member-factors/queries.ts'
import type { MemberParts } from './parts.ts'
import { placesOf } from './places.ts'
import { accountById, lockAccount } from './queries.ts'

/** Who asks, locked: whoever signs in, or changes the factors, at this moment takes turns with them. */
export async function lockedPerson(ctx: Context) {
  const { accountId } = ctx.member
  return { ...found(await lockAccount(ctx.db, accountId)), accountId }
}

/** One's own means of signing in, without a secret among them. */
export async function accountOf(
  parts: MemberParts,
  db: CentralDb,
  accountId: string,
): Promise<MemberAccount> {
  const { firstName, lastName, email } = found(await accountById(db, accountId))
  const places = await placesOf(parts, db, accountId)
  return {
    name: `${firstName} ${lastName}`,
    email,
    ...heldShown(await heldMemberFactors(db, accountId)),
    requiredBy: places.filter((place) => place.secondFactorRequired).map(({ name }) => name),
  }
}

/** @returns the account as it is then; undefined when it held no such factor. @throws the refusal `factor_required` */
export async function removeOwnFactor(
  parts: MemberParts,
  ctx: Context,
  which: 'authenticator' | { passkey: string },
): Promise<MemberAccount | undefined> {
  const person = await lockedPerson(ctx)
  const removed = await removeMemberFactor(parts, ctx, person, which, ctx.member.sessionId)
  if (!removed) return undefined
  const account = await accountOf(parts, ctx.db, person.accountId)
  const [practice] = account.requiredBy
  // What was removed comes back with the transaction.
  if (!removed.isOneLeft && practice !== undefined) throw refuse(factorRequired, { values: { practice } })
  return account
}
