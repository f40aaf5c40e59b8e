/**
 * Showing a second factor, for the second step of signing in and for a step-up alike: checked before the transaction,
 * taken within it, once. The kernel is the staff's (`../../factors/`); only what is kept of a factor stands elsewhere.
 */
import { codeAlreadyUsed, codeWrong, type MemberFactor, type ShownMemberFactor } from '#contract/identity'
import { refuse, type Before, type Context } from '#platform/server/requests.ts'
import { checkRecoveryCode, checkTotp } from '../factors/checking.ts'
import type { MemberParts } from '../members/parts.ts'
import { writeToMember } from '../members/letters.ts'
import { momentFor } from '../letters.ts'
import {
  heldMemberFactors,
  memberFactorPlace,
  takeMemberRecoveryCode,
  takeMemberStep,
  type HeldMemberFactors,
} from './queries.ts'

type Person = { accountId: string; email: string }

/** A factor that is right and not taken yet. */
export type CheckedMemberFactor = Person &
  ({ factor: 'totp'; step: number } | { factor: 'recovery_code'; codeId: string })

export function memberMethodsOf({ authenticator, codesLeft }: HeldMemberFactors): MemberFactor[] {
  if (!authenticator) return []
  return codesLeft > 0 ? ['totp', 'recovery_code'] : ['totp']
}

/**
 * @param signedIn whether a session asks: then its refusal is written down as that of the endpoint
 * @throws {TooMany} and the refusals `code_wrong`, `code_already_used`
 */
export async function checkMemberFactor(
  { guard, vault }: Pick<MemberParts, 'guard' | 'vault'>,
  { db, request, clock }: Pick<Before, 'db' | 'request' | 'clock'>,
  person: Person,
  shown: ShownMemberFactor,
  signedIn = false,
): Promise<CheckedMemberFactor> {
  const { accountId, email } = person
  await guard.members.beforeFactor(request, person)
  const held = await heldMemberFactors(db, accountId)
  const open = (sealed: Buffer) => vault.open(sealed, memberFactorPlace(accountId))
  const verdict =
    shown.method === 'totp'
      ? checkTotp(open, held, shown.code, clock.now())
      : // Codes belong to an authenticator: without one nobody is asked for them.
        held.authenticator
        ? await checkRecoveryCode(held, shown.code)
        : codeWrong
  if (!('code' in verdict)) return { ...verdict, accountId, email }
  await guard.members.failed(request, { kind: 'factor_wrong', accountId, signedIn })
  throw refuse(verdict)
}

/** Within the transaction; who comes second is refused as if the factor had been used long ago. */
export async function takeMemberFactor(
  parts: Pick<MemberParts, 'guard' | 'mail' | 'practiceUrl'>,
  ctx: Context,
  checked: CheckedMemberFactor,
  person: { email: string; firstName: string; lastName: string; language: string },
): Promise<MemberFactor> {
  const { db, clock, request } = ctx
  const now = clock.now()
  const taken =
    checked.factor === 'totp'
      ? await takeMemberStep(db, checked.accountId, checked.step, now)
      : await takeMemberRecoveryCode(db, checked.codeId, now)
  if (!taken) {
    // Written by a connection of its own: it stays when this refusal rolls everything else back.
    const { accountId } = checked
    const signedIn = ctx.memberIfAny?.accountId === accountId
    await parts.guard.members.failed(request, { kind: 'factor_wrong', accountId, signedIn })
    throw refuse(codeAlreadyUsed)
  }
  parts.guard.members.factorAccepted(ctx, checked)
  if (checked.factor === 'recovery_code')
    await writeToMember(parts, db, person, {
      about: 'factor_changed',
      values: { change: 'recovery_code_used', when: momentFor(person, now) },
      page: '/account',
    })
  return checked.factor
}
