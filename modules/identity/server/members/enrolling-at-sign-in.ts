/**
 * The first factor of somebody whose practice asks everybody for one, between the right password and the first session.
 * It takes the password alone, so it is for those who have none: whoever holds one is asked for that, here and before.
 */
import { codeWrong, enrolAtSignIn, passkeyRefused, signInExpired } from '#contract/identity'
import { handle, refuse, type Before, type Handler } from '#platform/server/requests.ts'
import { openEnrolment, sealEnrolment } from '../account/enrolments.ts'
import { openChallenge } from '../factors/challenges.ts'
import { boundTo, newPasskeyOptions } from '../factors/offering.ts'
import { readNewPasskey, relyingPartyAt, type Response } from '../factors/passkeys.ts'
import { newRecoveryCodes } from '../factors/recovery-codes.ts'
import { authenticatorToScan, newTotpSecret, stepOfCode } from '../factors/totp.ts'
import { enrolMember, type NewFactor } from '../member-factors/enrolling.ts'
import { holdsFactor } from '../member-factors/queries.ts'
import { enter, provenByFactor } from './entering.ts'
import type { MemberParts } from './parts.ts'
import type { Place } from './places.ts'
import { lockAccount } from './queries.ts'
import { endMemberSignIn } from './session-queries.ts'
import { chosen, startedBy, type Started } from './started-sign-ins.ts'

/** A secret that was offered is enrolled by the sign-in it was offered to. */
const secretBoundTo = (tokenHash: Buffer) => `member sign-in ${tokenHash.toString('base64url')}`

/** Everything the page of the first factor shows: a secret to scan or to type, and how to make a passkey instead. */
export async function offerOfFirstMemberFactor(
  { vault, practiceUrl }: Pick<MemberParts, 'vault' | 'practiceUrl'>,
  who: { id: string; email: string; firstName: string; lastName: string; tokenHash: Buffer },
  place: Place,
  now: Date,
) {
  const { id, email, tokenHash } = who
  const secret = newTotpSecret()
  return {
    step: 'enrolment' as const,
    memberId: place.id,
    practice: place.name,
    ...(await authenticatorToScan(secret, email)),
    enrolment: sealEnrolment(vault, secret, secretBoundTo(tokenHash), now),
    passkey: await newPasskeyOptions(vault, {
      party: relyingPartyAt(practiceUrl),
      person: { id, email, name: `${who.firstName} ${who.lastName}` },
      exclude: [],
      bound: boundTo.firstPasskey(tokenHash),
      now,
    }),
  }
}

export function enrollingAtSignIn(parts: MemberParts): Handler {
  return handle(
    enrolAtSignIn,
    async (ctx, { body }) => {
      const started = await startedBy(ctx)
      const place = await chosen(parts, ctx, started, body.memberId)
      const made =
        body.method === 'totp'
          ? authenticatorOf(ctx, started, body)
          : await passkeyOf(ctx, started, body.response)
      await parts.enterPractice({ ...started, ...place, memberId: place.id })
      return { started, place, made, ...(await newRecoveryCodes()) }
    },
    async (ctx, _input, { started, place, made, codes, kept }) => {
      const { id: accountId, email, begunAt, tokenHash } = started
      await lockAccount(ctx.db, accountId)
      // Somebody else who knows the password was first, and has shown a factor of theirs.
      if (await holdsFactor(ctx.db, accountId)) throw refuse(signInExpired)
      if (!(await endMemberSignIn(ctx.db, tokenHash))) throw refuse(signInExpired)
      if (!(await enrolMember(parts, ctx, { ...started, accountId }, made, kept))) throw refuse(signInExpired)
      const proof = provenByFactor({ accountId, email, begunAt, factor: made.factor })
      return { me: await enter(parts, ctx, proof, place), recoveryCodes: codes }
    },
  )

  /** Not counted: who types codes of a secret they were just shown guesses nothing. */
  function authenticatorOf(
    { clock }: Before,
    { tokenHash }: Started,
    shown: { enrolment: string; code: string },
  ): NewFactor {
    const offered = openEnrolment(parts.vault, shown.enrolment, secretBoundTo(tokenHash), clock.now())
    if (!offered) throw refuse(signInExpired)
    const step = stepOfCode(offered.secret, shown.code, clock.now())
    if (step === null) throw refuse(codeWrong)
    return { factor: 'totp', secret: offered.secret, step, challenge: offered }
  }

  async function passkeyOf(
    { clock, request }: Before,
    { tokenHash }: Started,
    response: Response,
  ): Promise<NewFactor> {
    const open = (text: string) =>
      openChallenge(parts.vault, text, boundTo.firstPasskey(tokenHash), clock.now())
    const passkey = await readNewPasskey(relyingPartyAt(parts.practiceUrl), response, open)
    if (!passkey) throw refuse(passkeyRefused)
    const name = parts.sentences.say(request.language, 'identity.factors.first_passkey')
    return { factor: 'passkey', passkey, name }
  }
}
