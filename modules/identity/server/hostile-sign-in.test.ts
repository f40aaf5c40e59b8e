import { randomUUID } from 'node:crypto'
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
    server,
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

const lookAlikes = [
  ['the Kelvin sign for k', '\u212aarim@example.com', 'karim@example.com'],
  ['a Cyrillic а for a', 'm\u0430rie@example.com', 'marie@example.com'],
  ['full-width letters', 'ｌｕｃ@example.com', 'luc@example.com'],
  ['a dotless ı for i', '\u0131rene@example.com', 'irene@example.com'],
  ['a long ſ for s', '\u017fophie@example.com', 'sophie@example.com'],
  ['a composed é for e and its accent', 'ele\u0301a@example.com', 'elea@example.com'],
  ['a zero-width space', 'paul\u200b@example.com', 'paul@example.com'],
] as const

test.each(lookAlikes)('an address with %s is nobody’s', async (_what, typed, real) => {
  const password = 'une phrase de passe assez longue'
  await createStaff(
    server,
    { email: real, firstName: 'Sosie', lastName: 'Double', role: 'support', password },
    'a test',
  )
  const browser = () => openBrowserless(server.app, 'localhost:3000', '192.0.2.41')
  const refusal = await browser().refused(signIn, { body: { email: typed, password } })
  const unknown = await browser().refused(signIn, {
    body: { email: `nobody.${randomUUID()}@example.com`, password },
  })
  expect(refusal).toMatchObject({ status: 403, code: 'credentials_wrong' })
  expect({ ...refusal, requestId: '' }).toEqual({ ...unknown, requestId: '' })
  // The account's own count is untouched, and its person comes in.
  expect(await fresh().call(signIn, { body: { email: real.toUpperCase(), password } })).toMatchObject({
    step: 'enrolment',
  })
})

test('invited, suspended and unknown accounts get one answer, and the right password changes nothing', async () => {
  const password = 'une phrase de passe assez longue'
  const accounts = ['invited', 'suspended'].map((what) => `${what}@example.com`)
  for (const email of accounts)
    await createStaff(server, { email, firstName: 'A', lastName: 'B', role: 'support', password }, 'a test')
  await server.db
    .updateTable('staffMembers')
    .set({ passwordHash: null })
    .where('email', '=', 'invited@example.com')
    .execute()
  await server.db
    .updateTable('staffMembers')
    .set({ suspendedAt: new Date() })
    .where('email', '=', 'suspended@example.com')
    .execute()
  const browser = () => openBrowserless(server.app, 'localhost:3000', '192.0.2.42')
  const answers = await Promise.all(
    [...accounts, 'unknown@example.com'].map((email) =>
      browser().refused(signIn, { body: { email, password } }),
    ),
  )
  for (const answer of answers) expect({ ...answer, requestId: '' }).toEqual({ ...answers[2], requestId: '' })
})
