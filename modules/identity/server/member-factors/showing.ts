/**
 * Showing a second factor, for the second step of signing in and for a step-up alike: checked before the transaction,
 * taken within it, once. The kernel is the staff's (`../factors/`); only what is kept of a factor stands elsewhere.
 */
import { codeAlreadyUsed, passkeyRefused, type Factor, type ShownFactor } from '#contract/identity'
import { refuse, type Before, type Context } from '#platform/server/requests.ts'
import { checkAnswerAlone, verdictOn, type Holder } from '../factors/checking.ts'
import { ofMembers, takeRight, type RightFactor } from '../factors/kept-queries.ts'
import { boundTo } from '../factors/offering.ts'
import { credentialIdOf, relyingPartyAt, type Response } from '../factors/passkeys.ts'
import { momentFor } from '../letters.ts'
import { writeToMember } from '../members/letters.ts'
import type { MemberParts } from '../members/parts.ts'
import { heldMemberFactors, memberFactorPlace, memberPasskeyByCredential } from './queries.ts'

type Person = { accountId: string; email: string }

/** A factor that is right and not taken yet. */
export type CheckedMemberFactor = Person & RightFactor

type Kit = Pick<MemberParts, 'guard' | 'vault' | 'log' | 'practiceUrl'>

const holderAt = ({ practiceUrl }: Pick<Kit, 'practiceUrl'>, id: string): Holder => ({
  id,
  party: relyingPartyAt(practiceUrl),
  place: memberFactorPlace(id),
})

/**
 * @param person `bound`: what the passkey's challenge must have been made for; `signedIn`: whether a session asks: then
 * its refusal is written down as that of the endpoint
 * @throws {TooMany} and the refusals `code_wrong`, `code_already_used`, `passkey_refused`
 */
export async function checkMemberFactor(
  kit: Kit,
  { db, request, clock }: Pick<Before, 'db' | 'request' | 'clock'>,
  person: Person & { bound: string; signedIn?: boolean },
  shown: ShownFactor,
): Promise<CheckedMemberFactor> {
  const { accountId, email, bound, signedIn = false } = person
  const { guard } = kit
  await guard.members.beforeFactor(request, person)
  const who = { ...holderAt(kit, accountId), held: await heldMemberFactors(db, accountId), bound }
  const verdict = await verdictOn(kit, { db, now: clock.now() }, who, shown)
  if (!('code' in verdict)) return { ...verdict, accountId, email }
  await guard.members.failed(request, { kind: 'factor_wrong', accountId, signedIn })
  throw refuse(verdict)
}

/**
 * Checks a passkey that stands for e-mail address, password and second factor at once: its holder says who they are.
 * @returns also whom it lets in
 * @throws {TooMany} and the refusal `passkey_refused`, the same whatever is wrong
 */
export async function checkMemberPasskeyAlone(
  kit: Kit,
  { db, request, clock }: Pick<Before, 'db' | 'request' | 'clock'>,
  response: Response,
) {
  const { members } = kit.guard
  await members.beforePasskey(request)
  const credentialId = credentialIdOf(response)
  const passkey = credentialId ? await memberPasskeyByCredential(db, credentialId) : undefined
  if (!passkey) {
    await members.failed(request, { kind: 'account_unknown', accountId: null })
    throw refuse(passkeyRefused)
  }
  const { accountId, email, firstName, lastName, language } = passkey
  const about = { ...holderAt(kit, accountId), bound: boundTo.memberSignIn, passkey }
  const verdict = await checkAnswerAlone(kit, { db, now: clock.now() }, about, response)
  if ('code' in verdict) {
    await members.failed(request, { kind: 'factor_wrong', accountId })
    throw refuse(verdict)
  }
  const checked: CheckedMemberFactor = { ...verdict, accountId, email }
  return { checked, person: { accountId, email, firstName, lastName, language } }
}

/** Within the transaction; who comes second is refused as if the factor had been used long ago. */
export async function takeMemberFactor(
  parts: Pick<MemberParts, 'guard' | 'mail' | 'practiceUrl'>,
  ctx: Context,
  checked: CheckedMemberFactor,
  person: { email: string; firstName: string; lastName: string; language: string },
): Promise<Factor> {
  const { db, clock, request } = ctx
  const { accountId, factor } = checked
  const now = clock.now()
  if (!(await takeRight(db, ofMembers, accountId, checked, now))) {
    // Written by a connection of its own: it stays when this refusal rolls everything else back.
    const signedIn = ctx.memberIfAny?.accountId === accountId
    await parts.guard.members.failed(request, { kind: 'factor_wrong', accountId, signedIn })
    throw refuse(factor === 'passkey' ? passkeyRefused : codeAlreadyUsed)
  }
  parts.guard.members.factorAccepted(ctx, checked)
  if (factor === 'recovery_code')
    await writeToMember(parts, db, person, {
      about: 'factor_changed',
      values: { change: 'recovery_code_used', when: momentFor(person, now) },
      page: '/account',
    })
  return factor
}
