/**
 * Showing a second factor, for the second step of signing in and for a step-up alike. It is checked before the
 * transaction, where a failure stays counted, and taken within it, once: of many at the same time one wins.
 */
import { codeAlreadyUsed, codeWrong, passkeyRefused, type Factor, type ShownFactor } from '#contract/identity'
import type { Refusal } from '#platform/contract/refusal.ts'
import { refuse, type Before, type Context } from '#platform/server/requests.ts'
import { provenBy, type Proof } from '../opening-sessions.ts'
import type { Parts } from '../parts.ts'
import { factorPlace } from '../sealed.ts'
import { newChallenge, openChallenge } from './challenges.ts'
import {
  askForPasskey,
  credentialIdOf,
  holderOf,
  readAnswer,
  relyingPartyAt,
  wentBack,
  type Answer,
  type KeptPasskey,
  type Response,
} from './passkeys.ts'
import {
  countPasskeyUse,
  heldFactors,
  passkeyByCredential,
  takeChallenge,
  takeRecoveryCode,
  takeStep,
  wasAnswered,
  type HeldFactors,
} from './queries.ts'
import { readRecoveryCode, recoveryCodeIs } from './recovery-codes.ts'
import { stepOfCode } from './totp.ts'

/** A factor that is right and not taken yet. */
export type Checked = { staffId: string } & (
  | { factor: 'totp'; step: number }
  | { factor: 'recovery_code'; codeId: string }
  | { factor: 'passkey'; passkeyId: string; answer: Answer }
)

type Kit = Pick<Parts, 'vault' | 'guard' | 'log' | 'backofficeUrl'>

/** What challenges are bound to. */
export const boundTo = {
  signIn: 'sign-in by a passkey alone',
  secondStep: (tokenHash: Buffer) => `second step ${tokenHash.toString('base64url')}`,
  stepUp: (sessionId: string) => `step-up ${sessionId}`,
}

export function methodsOf(held: HeldFactors): Factor[] {
  return [
    ...(held.authenticator ? (['totp'] as const) : []),
    ...(held.passkeys.length > 0 ? (['passkey'] as const) : []),
    ...(held.codesLeft > 0 ? (['recovery_code'] as const) : []),
  ]
}

/** What the browser needs to show one of these passkeys; null when there is none. */
export async function passkeyOptions(
  { vault, backofficeUrl }: Kit,
  passkeys: readonly KeptPasskey[],
  bound: string,
  now: Date,
): Promise<Record<string, unknown> | null> {
  if (passkeys.length === 0) return null
  const challenge = newChallenge(vault, bound, now)
  return askForPasskey(relyingPartyAt(backofficeUrl), { challenge, allow: passkeys })
}

/**
 * Checks a factor somebody shows; for a write's `before`. The try is counted before, a failure is told to the guard.
 * @param who `bound`: what the passkey's challenge must have been made for
 * @throws {TooMany} and the refusals `code_wrong`, `code_already_used`, `passkey_refused`
 */
export async function checkFactor(
  kit: Kit,
  { db, request, clock }: Pick<Before, 'db' | 'request' | 'clock'>,
  who: { staffId: string; bound: string },
  shown: ShownFactor,
): Promise<Checked> {
  await kit.guard.beforeFactor(request, who.staffId)
  const held = await heldFactors(db, who.staffId)
  const now = clock.now()
  const verdict =
    shown.method === 'totp'
      ? checkTotp(kit, who.staffId, held, shown.code, now)
      : shown.method === 'recovery_code'
        ? await checkRecoveryCode(held, shown.code)
        : await checkAnswer(
            kit,
            { db, now },
            { ...who, passkey: passkeyOf(held, shown.response) },
            shown.response,
          )
  if (!('code' in verdict)) return { ...verdict, staffId: who.staffId }
  await kit.guard.failed(request, { kind: 'factor_wrong', staffId: who.staffId, factor: shown.method })
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
  const verdict = await checkAnswer(
    kit,
    { db, now: clock.now() },
    { staffId, bound: boundTo.signIn, passkey },
    response,
  )
  // Without the password the passkey alone must name its holder (WebAuthn section 7.2, step 6).
  if ('code' in verdict || holderOf(response) !== staffId) throw await fail('factor_wrong')
  if (passkey.suspendedAt) throw await fail('account_suspended')
  return { checked: { ...verdict, staffId }, person: passkey }
}

/**
 * Takes what was checked; within the transaction. Who comes second is refused as if the factor had been used long ago.
 */
export async function takeFactor(
  { guard }: Pick<Kit, 'guard'>,
  { db, request, clock }: Pick<Context, 'db' | 'request' | 'clock'>,
  checked: Checked,
): Promise<Proof> {
  const now = clock.now()
  const { staffId, factor } = checked
  const refusal =
    checked.factor === 'totp'
      ? (await takeStep(db, staffId, checked.step, now))
        ? null
        : codeAlreadyUsed
      : checked.factor === 'recovery_code'
        ? (await takeRecoveryCode(db, checked.codeId, now))
          ? null
          : codeAlreadyUsed
        : (await takeChallenge(db, checked.answer.challenge)) &&
            (await countPasskeyUse(db, checked.passkeyId, checked.answer, now))
          ? null
          : passkeyRefused
  if (!refusal) return provenBy(factor, staffId)
  // Written by a connection of its own: it stays when this refusal rolls everything else back.
  await guard.failed(request, { kind: 'factor_wrong', staffId, factor })
  throw refuse(refusal)
}

function checkTotp({ vault }: Kit, staffId: string, held: HeldFactors, code: string, now: Date) {
  if (!held.authenticator) return codeWrong
  const { secretSealed, lastStep } = held.authenticator
  const step = stepOfCode(vault.open(secretSealed, factorPlace(staffId)), code, now)
  if (step === null) return codeWrong
  return lastStep !== null && step <= Number(lastStep) ? codeAlreadyUsed : { factor: 'totp' as const, step }
}

async function checkRecoveryCode(held: HeldFactors, text: string) {
  const typed = readRecoveryCode(text)
  if (!typed) return codeWrong
  const kept = held.codes.find(({ selector }) => selector === typed.selector)
  if (!(await recoveryCodeIs(kept?.codeHash, typed)) || !kept) return codeWrong
  return kept.usedAt ? codeAlreadyUsed : { factor: 'recovery_code' as const, codeId: kept.id }
}

function passkeyOf(held: HeldFactors, response: Response) {
  const id = credentialIdOf(response)
  return id ? held.passkeys.find(({ credentialId }) => credentialId.equals(id)) : undefined
}

async function checkAnswer(
  { vault, log, backofficeUrl }: Kit,
  { db, now }: Pick<Before, 'db'> & { now: Date },
  about: { staffId: string; bound: string; passkey: (KeptPasskey & { id: string }) | undefined },
  response: Response,
): Promise<Refusal | { factor: 'passkey'; passkeyId: string; answer: Answer }> {
  const { staffId, bound, passkey } = about
  if (!passkey) return passkeyRefused
  const holder = holderOf(response)
  if (holder !== null && holder !== staffId) return passkeyRefused
  const open = (text: string) => openChallenge(vault, text, bound, now)
  const answer = await readAnswer(relyingPartyAt(backofficeUrl), response, passkey, open)
  if (!answer || (await wasAnswered(db, answer.challenge))) return passkeyRefused
  if (wentBack(passkey, answer)) {
    log.warn({ staffId, passkey: passkey.id }, 'the count of a passkey went back: it may have been copied')
    return passkeyRefused
  }
  return { factor: 'passkey', passkeyId: passkey.id, answer }
}
