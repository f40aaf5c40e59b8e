import {
  codeWrong,
  enrolAuthenticator,
  enrolmentExpired,
  getNewAuthenticator,
  lastFactor,
  removeAuthenticator,
} from '#contract/identity'
import { found, handle, NotFound, refuse, type Handler } from '#platform/server/requests.ts'
import { deleteAuthenticator, ofStaff, takeChallenge } from '../factors/kept-queries.ts'
import { heldFactors, lockFactors, putAuthenticator } from '../factors/queries.ts'
import { tellOfFactors } from '../factors/telling.ts'
import { authenticatorToScan, newTotpSecret, stepOfCode } from '../factors/totp.ts'
import type { Parts } from '../parts.ts'
import { sessionById } from '../queries.ts'
import { factorPlace } from '../sealed.ts'
import { openEnrolment, sealEnrolment } from './enrolments.ts'
import { accountOf } from './showing.ts'

export function authenticators(parts: Parts): Handler[] {
  const { vault } = parts

  const offer = handle(getNewAuthenticator, async (ctx) => {
    const { sessionId } = ctx.actor
    const { email } = found(await sessionById(ctx.db, sessionId))
    const secret = newTotpSecret()
    return {
      ...(await authenticatorToScan(secret, email)),
      enrolment: sealEnrolment(vault, secret, sessionId, ctx.clock.now()),
    }
  })

  const enrol = handle(enrolAuthenticator, async (ctx, { body }) => {
    const { staffId, sessionId } = ctx.actor
    const now = ctx.clock.now()
    const enrolment = openEnrolment(vault, body.enrolment, sessionId, now)
    if (!enrolment) throw refuse(enrolmentExpired)
    // Not counted: who types codes of a secret they were just shown guesses nothing.
    const step = stepOfCode(enrolment.secret, body.code, now)
    if (step === null) throw refuse(codeWrong)

    const person = await lockFactors(ctx.db, staffId)
    if (!(await takeChallenge(ctx.db, enrolment))) throw refuse(enrolmentExpired)
    const { authenticator: former } = await heldFactors(ctx.db, staffId)
    const secretSealed = vault.seal(enrolment.secret, factorPlace(staffId))
    await putAuthenticator(ctx.db, { staffId, secretSealed, lastStep: step, enrolledAt: now })
    await tellOfFactors(parts, ctx, { ...person, id: staffId }, 'authenticator_enrolled')
    ctx.record({ object: 'staff_member', id: staffId, after: { replaced: former !== undefined } })
    return accountOf(ctx.db, staffId)
  })

  const remove = handle(removeAuthenticator, async (ctx) => {
    const { staffId } = ctx.actor
    const person = await lockFactors(ctx.db, staffId)
    const { authenticator, passkeys } = await heldFactors(ctx.db, staffId)
    if (!authenticator) throw new NotFound()
    if (passkeys.length === 0) throw refuse(lastFactor)
    await deleteAuthenticator(ctx.db, ofStaff, staffId)
    await tellOfFactors(parts, ctx, { ...person, id: staffId }, 'authenticator_removed')
    ctx.record({ object: 'staff_member', id: staffId })
    return accountOf(ctx.db, staffId)
  })

  return [offer, enrol, remove]
}
