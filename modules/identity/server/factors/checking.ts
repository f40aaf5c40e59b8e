/** Whether a factor is right, by what is kept of it: what it proves, or why it is refused. Nothing is taken here. */
import { codeAlreadyUsed, codeWrong, passkeyRefused, type ShownFactor } from '#contract/identity'
import type { Refusal } from '#platform/contract/refusal.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Parts } from '../parts.ts'
import { factorPlace } from '../sealed.ts'
import { openChallenge } from './challenges.ts'
import {
  credentialIdOf,
  holderOf,
  readAnswer,
  relyingPartyAt,
  wentBack,
  type Answer,
  type KeptPasskey,
  type Response,
} from './passkeys.ts'
import { wasAnswered, type HeldFactors } from './queries.ts'
import { readRecoveryCode, recoveryCodeIs } from './recovery-codes.ts'
import { stepOfCode } from './totp.ts'

/** What a right factor is taken by. */
export type RightFactor =
  | { factor: 'totp'; step: number }
  | { factor: 'recovery_code'; codeId: string }
  | { factor: 'passkey'; passkeyId: string; answer: Answer }

type Kit = Pick<Parts, 'vault' | 'log' | 'backofficeUrl'>

/** @param who `held`: their factors; `bound`: what a passkey's challenge must have been made for */
export async function verdictOn(
  kit: Kit,
  on: { db: CentralDb; now: Date },
  who: { staffId: string; held: HeldFactors; bound: string },
  shown: ShownFactor,
): Promise<Refusal | RightFactor> {
  const { staffId, held, bound } = who
  switch (shown.method) {
    case 'totp':
      return checkTotp((sealed) => kit.vault.open(sealed, factorPlace(staffId)), held, shown.code, on.now)
    case 'recovery_code':
      return checkRecoveryCode(held, shown.code)
    case 'passkey':
      return checkAnswer(
        kit,
        on,
        { staffId, bound, passkey: passkeyOf(held, shown.response) },
        shown.response,
      )
  }
}

type HeldCode = { id: string; selector: string; codeHash: string; usedAt: Date | null }

/** @param open gives the secret; where it is sealed depends on whose it is */
export function checkTotp(
  open: (sealed: Buffer) => Buffer,
  held: { authenticator: { secretSealed: Buffer; lastStep: string | number | null } | undefined },
  code: string,
  now: Date,
) {
  if (!held.authenticator) return codeWrong
  const { secretSealed, lastStep } = held.authenticator
  const step = stepOfCode(open(secretSealed), code, now)
  if (step === null) return codeWrong
  return lastStep !== null && step <= Number(lastStep) ? codeAlreadyUsed : { factor: 'totp' as const, step }
}

export async function checkRecoveryCode(held: { codes: readonly HeldCode[] }, text: string) {
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

/** @param about `passkey`: the one that says it answered; `bound`: what its challenge must have been made for */
export async function checkAnswer(
  { vault, log, backofficeUrl }: Kit,
  { db, now }: { db: CentralDb; now: Date },
  about: { staffId: string; bound: string; passkey: (KeptPasskey & { id: string }) | undefined },
  response: Response,
): Promise<Refusal | RightFactor> {
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
