import { expect, test } from 'vitest'
import { signIn, verifySecondFactor } from '#contract/identity'
import { createStaff } from './creating-staff.ts'
import { codeOfStep } from './factors/totp.ts'
import { openBrowserless } from '../../../tests/harness/browserless.ts'
import { testServer } from '../../../tests/harness/server.ts'
import { Secret } from 'otpauth'

const server = await testServer()
const fresh = () => openBrowserless(server.app)

test('forty guesses at once are counted one by one, and nobody else waits for the database', async () => {
  const guesser = openBrowserless(server.app, 'localhost:3000', '192.0.2.40')
  const guess = () =>
    guesser.send('POST', '/api/v1/sign-in', { body: { email: 'nobody@example.com', password: 'x' } })
  const replies = await Promise.all(Array.from({ length: 40 }, guess))
  expect(Object.groupBy(replies, ({ status }) => status)).toEqual({
    403: Array.from({ length: 10 }, () => expect.anything()),
    429: Array.from({ length: 30 }, () => expect.anything()),
  })
})

test('two browsers that enrol the same account at once: one does, the other is told to begin anew', async () => {
  const email = 'lucie@example.com'
  const password = 'une phrase de passe assez longue'
  await createStaff(
    server.db,
    { email, firstName: 'Lucie', lastName: 'Aubert', role: 'support', password },
    'a test',
  )
  const enrolling = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const browser = fresh()
      const first = await browser.call(signIn, { body: { email, password } })
      if (first.step !== 'enrolment') throw new Error('enrolment expected')
      const code = codeOfStep(Secret.fromBase32(first.secret).bytes, Math.floor(Date.now() / 30_000))
      return { browser, code }
    }),
  )
  const replies = await Promise.all(
    enrolling.map(({ browser, code }) =>
      browser.send('POST', '/api/v1/sign-in/second-factor', { body: { method: 'totp', code } }),
    ),
  )
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(replies.filter(({ status }) => status === 403 || status === 410)).toHaveLength(3)
})

test.each([
  ['a NUL', 'a\u0000@example.com'],
  ['half a character', '\ud800@example.com'],
])('an e-mail address with %s names its field', async (_what, email) => {
  expect(await fresh().refused(signIn, { body: { email, password: 'x' } })).toMatchObject({
    status: 400,
    fields: [{ in: 'body', path: 'email' }],
  })
})

test('a second step without its cookie, or with one that nobody gave, is refused', async () => {
  expect(
    await fresh().refused(verifySecondFactor, { body: { method: 'totp', code: '000000' } }),
  ).toMatchObject({
    status: 410,
  })
})
