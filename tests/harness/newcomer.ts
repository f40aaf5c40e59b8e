import { randomUUID } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { signIn, verifySecondFactor } from '#contract/identity'
import type { BuiltInRole } from '#contract/access'
import type { Audit } from '#server/audit'
import { createStaff } from '#server/identity'
import type { CentralDb } from '#platform/server/db.ts'
import type { FastifyInstance } from 'fastify'
import { openBrowserless, type Browserless } from './browserless.ts'
import { openAuthenticator, type Authenticator, type PasskeyOptions } from './passkey.ts'

type Site = { app: FastifyInstance; db: CentralDb; audit: Audit }

export type Newcomer = {
  browser: Browserless
  email: string
  password: string
  totp: TOTP
  /** What her browser is asked for, if she makes a passkey instead. */
  passkeyOptions: PasskeyOptions
}

/** Lucie, hired today: she has typed her password and is asked to enrol an authenticator. */
export async function lucieEnrolling(server: Site, role: BuiltInRole = 'support'): Promise<Newcomer> {
  const email = `lucie.${randomUUID()}@example.com`
  const password = 'une phrase de passe assez longue'
  await createStaff(server, { email, firstName: 'Lucie', lastName: 'Aubert', role, password }, 'a story')
  const browser = openBrowserless(server.app)
  const first = await browser.call(signIn, { body: { email, password } })
  if (first.step !== 'enrolment') throw new Error('enrolment expected')
  const totp = new TOTP({ secret: Secret.fromBase32(first.secret) })
  return { browser, email, password, totp, passkeyOptions: first.passkey }
}

/** Lucie with her authenticator enrolled and a session. `now` where the server has a clock of its own. */
export async function lucieSignedIn(server: Site, role?: BuiltInRole, now = new Date()): Promise<Newcomer> {
  const lucie = await lucieEnrolling(server, role)
  const code = lucie.totp.generate({ timestamp: now.getTime() })
  await lucie.browser.call(verifySecondFactor, { body: { method: 'totp', code } })
  return lucie
}

/** Lucie with a passkey for her only factor, the ten recovery codes that came with it, and a session. */
export async function lucieWithPasskey(
  server: Site,
  on: Parameters<typeof openAuthenticator>[0] = {},
): Promise<Newcomer & { authenticator: Authenticator; recoveryCodes: string[]; staffId: string }> {
  const lucie = await lucieEnrolling(server)
  const authenticator = openAuthenticator(on)
  const { me, recoveryCodes } = await lucie.browser.call(verifySecondFactor, {
    body: { method: 'new_passkey', response: authenticator.make(lucie.passkeyOptions) },
  })
  return { ...lucie, authenticator, recoveryCodes: recoveryCodes ?? [], staffId: me.staffId }
}
