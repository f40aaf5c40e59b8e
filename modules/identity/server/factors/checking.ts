/** Whether a factor is right, by what is kept of it: what it proves, or why it is refused. Nothing is taken here. */
import { codeAlreadyUsed, codeWrong, passkeyRefused, type ShownFactor } from '#contract/identity'
import type { Refusal } from '#platform/contract/refusal.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Parts } from '../parts.ts'
import { openChallenge } from './challenges.ts'
import { wasAnswered, type RightFactor } from './kept-queries.ts'
import {
  credentialIdOf,
  holderOf,
  readAnswer,
  wentBack,
  type KeptPasskey,
  type RelyingParty,
  type Response,
} from './passkeys.ts'
import { readRecoveryCode, recoveryCodeIs } from './recovery-codes.ts'
import { stepOfCode } from './totp.ts'

type Kit = Pick<Parts, 'vault' | 'log'>
type On = { db: CentralDb; now: Date }

/** Whose factors, of either door: `party` made their passkeys, `place` is where their authenticator's secret is sealed. */
export type Holder = { id: string; party: RelyingParty; place: string }

type HeldPasskey = KeptPasskey & { id: string }
type HeldCode = { id: string; selector: string; codeHash: string; usedAt: Date | null }

/** What somebody could show. */
type Held = {
  authenticator: { secretSealed: Buffer; lastStep: string | number | null } | undefined
  passkeys: readonly HeldPasskey[]
  codes: readonly HeldCode[]
}

/** @param bound what a passkey's challenge must have been made for */
export async function verdictOn(
  kit: Kit,
  on: On,
  { held, bound, ...holder }: Holder & { held: Held; bound: string },
  shown: ShownFactor,
): Promise<Refusal | RightFactor> {
  switch (shown.method) {
    case 'totp':
      return checkTotp((sealed) => kit.vault.open(sealed, holder.place), held, shown.code, on.now)
    case 'recovery_code':
      return checkRecoveryCode(held, shown.code)
    case 'passkey':
      return checkAnswer(
        kit,
        on,
        { ...holder, bound, passkey: passkeyOf(held, shown.response) },
        shown.response,
      )
  }
}

function checkTotp(
  open: (sealed: Buffer) => Buffer,
  { authenticator }: Pick<Held, 'authenticator'>,
  code: string,
  now: Date,
) {
  if (!authenticator) return codeWrong
  const { secretSealed, lastStep } = authenticator
  const step = stepOfCode(open(secretSealed), code, now)
  if (step === null) return codeWrong
  return lastStep !== null && step <= Number(lastStep) ? codeAlreadyUsed : { factor: 'totp' as const, step }
}

async function checkRecoveryCode(held: Pick<Held, 'codes'>, text: string) {
  const typed = readRecoveryCode(text)
  if (!typed) return codeWrong
  const kept = held.codes.find(({ selector }) => selector === typed.selector)
  if (!(await recoveryCodeIs(kept?.codeHash, typed)) || !kept) return codeWrong
  return kept.usedAt ? codeAlreadyUsed : { factor: 'recovery_code' as const, codeId: kept.id }
}

function passkeyOf(held: Pick<Held, 'passkeys'>, response: Response) {
  const id = credentialIdOf(response)
  return id ? held.passkeys.find(({ credentialId }) => credentialId.equals(id)) : undefined
}

type Answering = Pick<Holder, 'id' | 'party'> & { bound: string; passkey: HeldPasskey | undefined }

/** Without the password the passkey itself must name its holder (WebAuthn section 7.2, step 6). */
export async function checkAnswerAlone(
  kit: Kit,
  on: On,
  about: Answering,
  response: Response,
): Promise<Refusal | RightFactor> {
  const verdict = await checkAnswer(kit, on, about, response)
  return holderOf(response) === about.id ? verdict : passkeyRefused
}

/** @param about `passkey`: the one that says it answered; `bound`: what its challenge must have been made for */
async function checkAnswer(
  { vault, log }: Kit,
  { db, now }: On,
  { id, party, bound, passkey }: Answering,
  response: Response,
): Promise<Refusal | RightFactor> {
  if (!passkey) return passkeyRefused
  const holder = holderOf(response)
  if (holder !== null && holder !== id) return passkeyRefused
  const open = (text: string) => openChallenge(vault, text, bound, now)
  const answer = await readAnswer(party, response, passkey, open)
  if (!answer || (await wasAnswered(db, answer.challenge))) return passkeyRefused
  if (wentBack(passkey, answer)) {
    log.warn({ holder: id, passkey: passkey.id }, 'the count of a passkey went back: it may have been copied')
    return passkeyRefused
  }
  return { factor: 'passkey', passkeyId: passkey.id, answer }
}
