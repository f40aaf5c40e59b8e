/** Having a second factor, and no longer: who changes it hears of it by mail, and whatever began without it ends. */
import type { Context } from '#platform/server/requests.ts'
import type { KeptCode } from '../factors/recovery-codes.ts'
import { momentFor } from '../letters.ts'
import { writeToMember } from '../members/letters.ts'
import type { MemberParts } from '../members/parts.ts'
import { membershipsOf } from '../members/queries.ts'
import { endMembersSessions, endMemberSignIns } from '../members/session-queries.ts'
import {
  deleteMemberFactors,
  memberFactorPlace,
  putMemberAuthenticator,
  replaceMemberRecoveryCodes,
} from './queries.ts'

type Person = { accountId: string; email: string; firstName: string; lastName: string; language: string }
type On = Pick<MemberParts, 'vault' | 'mail' | 'practiceUrl'>

/**
 * Enrols an authenticator, with the recovery codes that come with the first one. The account is locked by the caller.
 * @param but the session that enrols goes on
 */
export async function enrolMember(
  on: On,
  ctx: Context,
  person: Person,
  authenticator: { secret: Buffer; step: number; kept: readonly KeptCode[] | null },
  but?: string,
): Promise<void> {
  const { accountId } = person
  const now = ctx.clock.now()
  const secret = on.vault.seal(authenticator.secret, memberFactorPlace(accountId))
  await putMemberAuthenticator(ctx.db, { accountId, secret, lastStep: authenticator.step, now })
  if (authenticator.kept) await replaceMemberRecoveryCodes(ctx.db, accountId, authenticator.kept, now)
  await factorsChanged(on, ctx, person, 'authenticator_enrolled', but)
}

/** @returns false when there was nothing to remove */
export async function disenrolMember(
  on: On,
  ctx: Context,
  person: Person,
  change: 'authenticator_removed' | 'removed_by_holder' | 'removed_by_vendor',
  but?: string,
): Promise<boolean> {
  if (!(await deleteMemberFactors(ctx.db, person.accountId))) return false
  await endMemberSignIns(ctx.db, person.accountId)
  await factorsChanged(on, ctx, person, change, but)
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
