/** The first factor of an account, between the right password and the first session: nothing else can be done there. */
import { codeWrong, passkeyRefused, signInExpired, type verifySecondFactor } from '#contract/identity'
import type { ParsedInput } from '#platform/contract/endpoint.ts'
import { refuse, type Before, type Context } from '#platform/server/requests.ts'
import { provenBy, type Proof } from '../opening-sessions.ts'
import type { Parts } from '../parts.ts'
import { factorPlace } from '../sealed.ts'
import { openChallenge } from './challenges.ts'
import { insertPasskey, ofStaff, replaceRecoveryCodes, takeChallenge, wasAnswered } from './kept-queries.ts'
import { boundTo, newPasskeyOptions } from './offering.ts'
import { readNewPasskey, relyingPartyAt, type NewPasskey } from './passkeys.ts'
import { heldFactors, lockFactors, putAuthenticator, spendEnrolmentLink } from './queries.ts'
import { newRecoveryCodes, type KeptCode } from './recovery-codes.ts'
import { authenticatorToScan, stepOfCode } from './totp.ts'

type Shown = ParsedInput<typeof verifySecondFactor>['body']
type Kit = Pick<Parts, 'vault' | 'guard' | 'backofficeUrl' | 'sentences'>

/** A sign-in under way that is to enrol a factor. */
export type Enrolling = {
  staffId: string
  tokenHash: Buffer
  enrolmentSecretSealed: Buffer
  enrolmentLinkHash: Buffer | null
}

/** A first factor that is right and not enrolled yet, with the recovery codes that come with it. */
export type FirstFactor = { codes: string[]; kept: KeptCode[] } & (
  | { factor: 'totp'; secretSealed: Buffer; step: number }
  | { factor: 'passkey'; passkey: NewPasskey }
)

/** Everything the page of the first factor shows: a secret to scan or to type, and how to make a passkey instead. */
export async function offerOfFirstFactor(
  kit: Kit,
  about: {
    person: { id: string; email: string; name: string }
    secret: Buffer
    tokenHash: Buffer
    now: Date
  },
) {
  const { person, secret, tokenHash, now } = about
  return {
    ...(await authenticatorToScan(secret, person.email)),
    passkey: await newPasskeyOptions(kit.vault, {
      party: relyingPartyAt(kit.backofficeUrl),
      person,
      exclude: [],
      bound: boundTo.firstPasskey(tokenHash),
      now,
    }),
  }
}

/** @throws {TooMany} and the refusals `code_wrong`, `passkey_refused`, `sign_in_expired` */
export async function checkFirstFactor(
  kit: Kit,
  { db, request, clock }: Pick<Before, 'db' | 'request' | 'clock'>,
  enrolling: Enrolling,
  shown: Shown,
): Promise<FirstFactor> {
  const { staffId } = enrolling
  const held = await heldFactors(db, staffId)
  if (held.authenticator || held.passkeys.length > 0) throw refuse(signInExpired)
  await kit.guard.beforeFactor(request, staffId)
  const right = await rightFirstFactor(kit, db, enrolling, shown, clock.now())
  if ('code' in right) {
    const factor = shown.method === 'new_passkey' ? 'passkey' : shown.method
    await kit.guard.failed(request, { kind: 'factor_wrong', staffId, factor })
    throw refuse(right)
  }
  return { ...right, ...(await newRecoveryCodes()) }
}

async function rightFirstFactor(
  { vault, backofficeUrl }: Kit,
  db: Before['db'],
  { staffId, tokenHash, enrolmentSecretSealed: secretSealed }: Enrolling,
  shown: Shown,
  now: Date,
) {
  if (shown.method === 'totp') {
    const step = stepOfCode(vault.open(secretSealed, factorPlace(staffId)), shown.code, now)
    return step === null ? codeWrong : { factor: 'totp' as const, secretSealed, step }
  }
  if (shown.method !== 'new_passkey') return shown.method === 'passkey' ? passkeyRefused : codeWrong
  const open = (text: string) => openChallenge(vault, text, boundTo.firstPasskey(tokenHash), now)
  const passkey = await readNewPasskey(relyingPartyAt(backofficeUrl), shown.response, open)
  if (!passkey || (await wasAnswered(db, passkey.challenge))) return passkeyRefused
  return { factor: 'passkey' as const, passkey }
}

/** Enrols it with its recovery codes; of two browsers that do so at once, one does. @throws the refusals of the check */
export async function enrolFirstFactor(
  { sentences }: Pick<Kit, 'sentences'>,
  { db, clock, request }: Pick<Context, 'db' | 'clock' | 'request'>,
  { staffId, enrolmentLinkHash: tokenHash }: Enrolling,
  first: FirstFactor,
): Promise<Proof> {
  const { enrolmentNeedsLink } = await lockFactors(db, staffId)
  const held = await heldFactors(db, staffId)
  if (held.authenticator || held.passkeys.length > 0) throw refuse(signInExpired)
  const now = clock.now()
  if (enrolmentNeedsLink && !(tokenHash && (await spendEnrolmentLink(db, { staffId, tokenHash, now }))))
    throw refuse(signInExpired)
  if (first.factor === 'totp') {
    const { secretSealed, step: lastStep } = first
    await putAuthenticator(db, { staffId, secretSealed, lastStep, enrolledAt: now })
  } else {
    const name = sentences.say(request.language, 'identity.factors.first_passkey')
    if (!(await takeChallenge(db, first.passkey.challenge))) throw refuse(passkeyRefused)
    if (!(await insertPasskey(db, ofStaff, staffId, { ...first.passkey, name, createdAt: now })))
      throw refuse(passkeyRefused)
  }
  await replaceRecoveryCodes(db, ofStaff, staffId, first.kept, now)
  return provenBy(first.factor, staffId)
}
