/** Having second factors, and no longer: who changes them hears of it by mail, and whatever began without them ends. */
import { passkeyRefused } from '#contract/identity'
import { refuse, type Context } from '#platform/server/requests.ts'
import type { Challenge } from '../factors/challenges.ts'
import { insertPasskey, ofMembers, replaceRecoveryCodes, takeChallenge } from '../factors/kept-queries.ts'
import type { NewPasskey } from '../factors/passkeys.ts'
import type { KeptCode } from '../factors/recovery-codes.ts'
import { momentFor } from '../letters.ts'
import { writeToMember } from '../members/letters.ts'
import type { MemberParts } from '../members/parts.ts'
import { membershipsOf } from '../members/queries.ts'
import { endMembersSessions, endMemberSignIns } from '../members/session-queries.ts'
import {
  deleteMemberFactor,
  deleteMemberFactors,
  holdsFactor,
  memberFactorPlace,
  putMemberAuthenticator,
} from './queries.ts'

type Person = { accountId: string; email: string; firstName: string; lastName: string; language: string }
type On = Pick<MemberParts, 'vault' | 'mail' | 'practiceUrl'>

/** A factor that is right and not enrolled yet: an authenticator by its first code, or a passkey the browser made. */
export type NewFactor =
  | { factor: 'totp'; secret: Buffer; step: number; challenge: Challenge }
  | { factor: 'passkey'; passkey: NewPasskey; name: string }

/**
 * Enrols a factor, with the recovery codes that come with the first one. The account is locked by the caller.
 * @param kept codes made for the case that it is the first; @param but the session that enrols goes on
 * @returns whether it was the first, and the codes are kept; undefined when what was offered was taken up before
 */
export async function enrolMember(
  on: On,
  ctx: Context,
  person: Person,
  made: NewFactor,
  kept: readonly KeptCode[],
  but?: string,
): Promise<{ isFirst: boolean } | undefined> {
  const { accountId } = person
  const now = ctx.clock.now()
  const isFirst = !(await holdsFactor(ctx.db, accountId))
  if (made.factor === 'totp') {
    if (!(await takeChallenge(ctx.db, made.challenge))) return undefined
    const secret = on.vault.seal(made.secret, memberFactorPlace(accountId))
    await putMemberAuthenticator(ctx.db, { accountId, secret, lastStep: made.step, now })
  } else {
    const { passkey, name } = made
    if (!(await takeChallenge(ctx.db, passkey.challenge))) return undefined
    // One that somebody has already, whoever it is.
    if (!(await insertPasskey(ctx.db, ofMembers, accountId, { ...passkey, name, createdAt: now })))
      throw refuse(passkeyRefused)
  }
  if (isFirst) await replaceRecoveryCodes(ctx.db, ofMembers, accountId, kept, now)
  const changes = { totp: 'authenticator_enrolled', passkey: 'passkey_added' }
  await factorsChanged(on, ctx, person, changes[made.factor], but)
  return { isFirst }
}

/**
 * Removes one factor; with the last one go the recovery codes. The account is locked by the caller.
 * @param but the session that removes it goes on
 * @returns whether another one is left; undefined when there was no such factor
 */
export async function removeMemberFactor(
  on: On,
  ctx: Context,
  person: Person,
  which: Parameters<typeof deleteMemberFactor>[2],
  but: string,
): Promise<{ isOneLeft: boolean } | undefined> {
  const { accountId } = person
  if (!(await deleteMemberFactor(ctx.db, accountId, which))) return undefined
  const isOneLeft = await holdsFactor(ctx.db, accountId)
  if (!isOneLeft) await deleteMemberFactors(ctx.db, accountId)
  await endMemberSignIns(ctx.db, accountId)
  const change = which === 'authenticator' ? 'authenticator_removed' : 'passkey_removed'
  await factorsChanged(on, ctx, person, isOneLeft ? change : `last_${change}`, but)
  return { isOneLeft }
}

/** All of them, of whoever lost what they could show. @returns false when there was nothing to remove */
export async function disenrolMember(
  on: On,
  ctx: Context,
  person: Person,
  change: 'removed_by_holder' | 'removed_by_vendor',
): Promise<boolean> {
  if (!(await holdsFactor(ctx.db, person.accountId))) return false
  await deleteMemberFactors(ctx.db, person.accountId)
  await endMemberSignIns(ctx.db, person.accountId)
  await factorsChanged(on, ctx, person, change)
  return true
}

async function factorsChanged(on: On, ctx: Context, person: Person, change: string, but?: string) {
  const { accountId } = person
  const now = ctx.clock.now()
  await endMembersSessions(ctx.db, { accountId, ...(but && { but }) }, 'factor_changed', now)
  for (const { id, tenantId } of await membershipsOf(ctx.db, accountId, now)) {
    await ctx.tell({ topic: 'member_sessions', id })
    await ctx.tell({ topic: 'team', tenant: tenantId, needs: 'cabinet.members' })
  }
  await writeToMember(on, ctx.db, person, {
    about: 'factor_changed',
    values: { change, when: momentFor(person, now) },
    page: '/account',
  })
}
