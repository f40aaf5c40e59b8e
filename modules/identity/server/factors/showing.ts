/**
 * Showing a second factor, for the second step of signing in and for a step-up alike. It is checked before the
 * transaction, while no connection is held, and taken within it, once: of many at the same time one wins.
 */
import { codeAlreadyUsed, passkeyRefused, type ShownFactor } from '#contract/identity'
import { refuse, type Before, type Context } from '#platform/server/requests.ts'
import { provenBy, type Proof } from '../opening-sessions.ts'
import type { Parts } from '../parts.ts'
import { factorPlace } from '../sealed.ts'
import { checkAnswerAlone, verdictOn, type Holder } from './checking.ts'
import { ofStaff, takeRight, type RightFactor } from './kept-queries.ts'
import { boundTo } from './offering.ts'
import { credentialIdOf, relyingPartyAt, type Response } from './passkeys.ts'
import { heldFactors, passkeyByCredential } from './queries.ts'

/** A factor that is right and not taken yet. */
export type Checked = RightFactor & { staffId: string }

type Kit = Pick<Parts, 'vault' | 'guard' | 'log' | 'backofficeUrl'>

const holderAt = ({ backofficeUrl }: Pick<Kit, 'backofficeUrl'>, id: string): Holder => ({
  id,
  party: relyingPartyAt(backofficeUrl),
  place: factorPlace(id),
})

/**
 * Checks a factor somebody shows; for a write's `before`. The try is counted before, a failure is told to the guard.
 * @param who `bound`: what the passkey's challenge must have been made for
 * @throws {TooMany} and the refusals `code_wrong`, `code_already_used`, `passkey_refused`
 */
export async function checkFactor(
  kit: Kit,
  { db, request, clock, actorIfAny }: Pick<Before, 'db' | 'request' | 'clock' | 'actorIfAny'>,
  { staffId, bound }: { staffId: string; bound: string },
  shown: ShownFactor,
): Promise<Checked> {
  await kit.guard.beforeFactor(request, staffId)
  const who = { ...holderAt(kit, staffId), held: await heldFactors(db, staffId), bound }
  const verdict = await verdictOn(kit, { db, now: clock.now() }, who, shown)
  if (!('code' in verdict)) return { ...verdict, staffId }
  const signedIn = actorIfAny?.staffId === staffId
  await kit.guard.failed(request, { kind: 'factor_wrong', staffId, factor: shown.method, signedIn })
  throw refuse(verdict)
}

/**
 * Checks a passkey that stands for e-mail address, password and second factor at once: its holder says who they are.
 * @returns also whom it lets in
 * @throws {TooMany} and the refusal `passkey_refused`, the same whatever is wrong
 */
export async function checkPasskeyAlone(
  kit: Kit,
  { db, request, clock }: Pick<Before, 'db' | 'request' | 'clock'>,
  response: Response,
): Promise<{ checked: Checked; person: { firstName: string; lastName: string; email: string } }> {
  await kit.guard.beforePasskey(request)
  const credentialId = credentialIdOf(response)
  const passkey = credentialId ? await passkeyByCredential(db, credentialId) : undefined
  const fail = async (kind: 'account_unknown' | 'account_suspended' | 'factor_wrong') => {
    await kit.guard.failed(request, { kind, staffId: passkey?.staffId ?? null, factor: 'passkey' })
    return refuse(passkeyRefused)
  }
  if (!passkey) throw await fail('account_unknown')
  const { staffId } = passkey
  const about = { ...holderAt(kit, staffId), bound: boundTo.signIn, passkey }
  const verdict = await checkAnswerAlone(kit, { db, now: clock.now() }, about, response)
  if ('code' in verdict) throw await fail('factor_wrong')
  if (passkey.suspendedAt) throw await fail('account_suspended')
  return { checked: { ...verdict, staffId }, person: passkey }
}

/**
 * Takes what was checked; within the transaction. Who comes second is refused as if the factor had been used long ago.
 */
export async function takeFactor(
  { guard }: Pick<Kit, 'guard'>,
  { db, request, clock, actorIfAny }: Pick<Context, 'db' | 'request' | 'clock' | 'actorIfAny'>,
  checked: Checked,
): Promise<Proof> {
  const { staffId, factor } = checked
  if (await takeRight(db, ofStaff, staffId, checked, clock.now())) return provenBy(factor, staffId)
  // Written by a connection of its own: it stays when this refusal rolls everything else back.
  const signedIn = actorIfAny?.staffId === staffId
  await guard.failed(request, { kind: 'factor_wrong', staffId, factor, signedIn })
  throw refuse(factor === 'passkey' ? passkeyRefused : codeAlreadyUsed)
}
