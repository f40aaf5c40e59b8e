import { toString as toQrCode } from 'qrcode'
import {
  codeAlreadyUsed,
  codeWrong,
  credentialsWrong,
  passkeyRefused,
  signIn,
  signInExpired,
  verifySecondFactor,
  type Factor,
} from '#contract/identity'
import { handle, refuse, type Handler } from '#platform/server/requests.ts'
import { hashOf, newToken } from '#platform/server/random.ts'
import type { Parts } from './parts.ts'
import { passwordIs } from './passwords.ts'
import {
  beginSignIn,
  endSignIn,
  enrolSecondFactor,
  staffByEmail,
  startedSignIn,
  takeStep,
} from './queries.ts'
import { factorPlace } from './sealed.ts'
import { openSession, provenBy } from './opening-sessions.ts'
import { me } from './sessions.ts'
import { enrolmentOf, newTotpSecret, stepOfCode } from './totp.ts'

const minutesForSecondStep = 5

/** anonymous -> password verified (five minutes, a cookie of its own, no session) -> session. */
export function signingIn({ vault, guard }: Parts): Handler[] {
  const password = handle(signIn, async (ctx, { body }) => {
    await guard.beforePassword(ctx.request, body.email)
    const staff = await staffByEmail(ctx.db, body.email)
    const right = await passwordIs(staff?.passwordHash ?? undefined, body.password)
    if (!staff || !right || staff.suspendedAt) throw refuse(credentialsWrong)

    const token = newToken()
    const secret = staff.enrolledAt ? null : newTotpSecret()
    const now = ctx.clock.now()
    await beginSignIn(ctx.db, {
      tokenHash: hashOf(token),
      staffId: staff.id,
      enrolmentSecretSealed: secret && vault.seal(secret, factorPlace(staff.id)),
      expiresAt: new Date(now.getTime() + minutesForSecondStep * 60_000),
      now,
    })
    ctx.setCookie('sign_in', token, { maxAgeSeconds: minutesForSecondStep * 60 })
    ctx.record({
      object: 'staff_member',
      id: staff.id,
      actor: { staffId: staff.id, label: `${staff.firstName} ${staff.lastName}` },
    })
    if (!secret)
      return { step: 'second_factor' as const, methods: ['totp'] satisfies Factor[], passkey: null }
    const { uri, base32 } = enrolmentOf(secret, body.email)
    const svg = await toQrCode(uri, { type: 'svg', margin: 2 })
    return {
      step: 'enrolment' as const,
      secret: base32,
      uri,
      qrCode: `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`,
      passkey: {},
    }
  })

  const secondFactor = handle(verifySecondFactor, async (ctx, { body }) => {
    const cookie = ctx.request.cookies['sign_in']
    const now = ctx.clock.now()
    const started = cookie ? await startedSignIn(ctx.db, hashOf(cookie), now) : undefined
    if (!cookie || !started) throw refuse(signInExpired)
    await guard.beforeFactor(ctx.request, started.staffId)
    if (body.method !== 'totp') throw refuse(passkeyRefused)

    const place = factorPlace(started.staffId)
    const sealed = started.secretSealed ?? started.enrolmentSecretSealed
    if (!sealed) throw refuse(signInExpired)
    const step = stepOfCode(vault.open(sealed, place), body.code, now)
    if (step === null) throw refuse(codeWrong)
    if (started.secretSealed) {
      if (!(await takeStep(ctx.db, started.staffId, step))) throw refuse(codeAlreadyUsed)
    } else {
      const factor = { staffId: started.staffId, secretSealed: sealed, lastStep: step }
      if (!(await enrolSecondFactor(ctx.db, factor))) throw refuse(signInExpired)
    }

    const sessionId = await openSession(ctx, guard, provenBy('totp', started.staffId), started.email)
    await endSignIn(ctx.db, hashOf(cookie))
    ctx.record({
      object: 'staff_member',
      id: started.staffId,
      after: { enrolled: !started.secretSealed },
      actor: { staffId: started.staffId, label: `${started.firstName} ${started.lastName}`, sessionId },
    })
    return { me: await me(ctx.db, sessionId), recoveryCodes: null }
  })

  return [password, secondFactor]
}
