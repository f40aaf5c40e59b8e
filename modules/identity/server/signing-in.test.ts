import { expect, test } from 'vitest'
import {
  getSession,
  listDemonstrationAccounts,
  signIn,
  signOut,
  verifySecondFactor,
} from '#contract/identity'
import { createStaff } from './creating-staff.ts'
import { codeOfStep } from './factors/totp.ts'
import { openBrowserless } from '../../../tests/harness/browserless.ts'
import { testServer } from '../../../tests/harness/server.ts'
import { Secret } from 'otpauth'

const server = await testServer()
const fresh = () => openBrowserless(server.app)

async function hireLucie() {
  const email = `lucie.${crypto.randomUUID()}@example.com`
  const password = 'une phrase de passe assez longue'
  await createStaff(
    server,
    { email, firstName: 'Lucie', lastName: 'Aubert', role: 'support', password },
    'a test',
  )
  return { email, password }
}

const currentStep = () => Math.floor(Date.now() / 30_000)

test('a new staff member enrols an authenticator, and only then has a session', async () => {
  const lucie = fresh()
  const { email, password } = await hireLucie()
  const first = await lucie.call(signIn, { body: { email, password } })
  if (first.step !== 'enrolment') throw new Error('enrolment expected')
  expect((await lucie.refused(getSession)).code).toBe('signed_out')

  const secret = Secret.fromBase32(first.secret).bytes
  const { me: session } = await lucie.call(verifySecondFactor, {
    body: { method: 'totp', code: codeOfStep(secret, currentStep()) },
  })
  expect(session).toMatchObject({
    name: 'Lucie Aubert',
    roles: ['support'],
    permissions: [
      'announcements.publish',
      'clients.read',
      'clients.write',
      'impersonation.read',
      'impersonation.start',
      'macros.manage',
      'subscriptions.read',
      'tenants.read',
      'tickets.read',
      'tickets.write',
    ],
  })
  expect((await lucie.call(getSession)).email).toBe(email)

  // From now on the code is asked, and the one that enrolled is spent.
  const later = fresh()
  expect(await later.call(signIn, { body: { email, password } })).toEqual({
    step: 'second_factor',
    methods: ['totp', 'recovery_code'],
    passkey: null,
  })
  expect(
    (
      await later.refused(verifySecondFactor, {
        body: { method: 'totp', code: codeOfStep(secret, currentStep()) },
      })
    ).code,
  ).toBe('code_already_used')
})

test('an unknown account and a wrong password get the same answer', async () => {
  const { email } = await hireLucie()
  const unknown = await fresh().refused(signIn, { body: { email: 'nobody@example.com', password: 'x' } })
  const wrong = await fresh().refused(signIn, { body: { email, password: 'x' } })
  expect({ ...unknown, requestId: '' }).toEqual({ ...wrong, requestId: '' })
  expect(unknown).toMatchObject({ status: 403, code: 'credentials_wrong' })
})

test('the second step without the first is refused', async () => {
  expect(
    await fresh().refused(verifySecondFactor, { body: { method: 'totp', code: '123456' } }),
  ).toMatchObject({
    status: 410,
    code: 'sign_in_expired',
  })
})

test('ten wrong codes are all an account gets in a quarter of an hour, and the right one then waits', async () => {
  const { email, password } = await hireLucie()
  const lucie = fresh()
  const first = await lucie.call(signIn, { body: { email, password } })
  if (first.step !== 'enrolment') throw new Error('enrolment expected')
  const secret = Secret.fromBase32(first.secret).bytes
  const wrong = codeOfStep(secret, currentStep() - 100)
  for (let tried = 0; tried < 10; tried++)
    expect((await lucie.refused(verifySecondFactor, { body: { method: 'totp', code: wrong } })).code).toBe(
      'code_wrong',
    )
  const refused = await lucie.refused(verifySecondFactor, {
    body: { method: 'totp', code: codeOfStep(secret, currentStep()) },
  })
  expect(refused).toMatchObject({ status: 429, code: 'too_many_requests' })
})

test('two browsers with the same code at the same instant: one session', async () => {
  const { rows } = await fresh().call(listDemonstrationAccounts)
  const account = rows.find((row) => row.role === 'sales')
  if (!account?.code) throw new Error('an account with a code expected')
  const browsers = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const browser = fresh()
      await browser.call(signIn, { body: { email: account.email, password: account.password } })
      return browser
    }),
  )
  const code = account.code
  const replies = await Promise.all(
    browsers.map((browser) =>
      browser.send('POST', '/api/v1/sign-in/second-factor', { body: { method: 'totp', code } }),
    ),
  )
  expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1)
  expect(replies.filter((reply) => reply.status === 403)).toHaveLength(4)
})

test('after signing out the cookie opens nothing, at once', async () => {
  const direction = await fresh().signIn('direction')
  await direction.call(getSession)
  await direction.call(signOut)
  expect((await direction.refused(getSession)).code).toBe('signed_out')
})

test('another site cannot sign a person out', async () => {
  const billing = await fresh().signIn('billing')
  const foreign = [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]
  for (const headers of foreign)
    expect((await billing.send('DELETE', '/api/v1/session', { headers })).status).toBe(403)
  expect((await billing.call(getSession)).roles).toEqual(['billing'])
})
