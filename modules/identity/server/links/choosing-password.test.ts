import { describe, expect, test } from 'vitest'
import {
  choosePassword,
  getSession,
  getStaff,
  inviteStaff,
  listStaff,
  openLink,
  sendPasswordReset,
  signIn,
  verifySecondFactor,
} from '#contract/identity'
import { openBrowserless } from '../../../../tests/harness/browserless.ts'
import { lettersTo, tokenMailed } from '../../../../tests/harness/mailbox.ts'
import { roleId } from '../../../../tests/harness/made-roles.ts'
import { lucieSignedIn } from '../../../../tests/harness/newcomer.ts'
import { testServer } from '../../../../tests/harness/server.ts'

let now = new Date()
const server = await testServer({ clock: { now: () => now } })
const claire = await server.as('administrator')
const anybody = () => openBrowserless(server.app)
const password = 'girafe violon nuage tracteur'

/** Lucie with a session, to whom Claire has sent a link. */
async function lucieWithLink() {
  const lucie = await lucieSignedIn(server, 'support', now)
  const { rows } = await claire.call(listStaff, { query: { q: lucie.email } })
  const id = rows[0]?.id ?? ''
  await claire.call(sendPasswordReset, { params: { id } })
  return { ...lucie, id, token: await tokenMailed(server, lucie.email, 'password_reset_offered') }
}

test('a password chosen by a link ends what the former one began, and touches no second factor', async () => {
  const lucie = await lucieWithLink()
  const halfway = anybody()
  await halfway.call(signIn, { body: { email: lucie.email, password: lucie.password } })
  now = new Date(now.getTime() + 60_000)
  const chooser = anybody()
  expect(await chooser.call(choosePassword, { body: { token: lucie.token, password } })).toEqual({
    email: lucie.email,
  })
  expect(chooser.cookie()).toBe('')

  await expect.poll(async () => (await lucie.browser.ask(getSession)).status).toBe(401)
  const code = lucie.totp.generate({ timestamp: now.getTime() })
  expect((await halfway.refused(verifySecondFactor, { body: { method: 'totp', code } })).code).toBe(
    'sign_in_expired',
  )
  const wrong = await anybody().refused(signIn, { body: { email: lucie.email, password: lucie.password } })
  expect(wrong.code).toBe('credentials_wrong')

  const again = anybody()
  expect(await again.call(signIn, { body: { email: lucie.email, password } })).toMatchObject({
    step: 'second_factor',
    methods: ['totp', 'recovery_code'],
  })
  await again.call(verifySecondFactor, { body: { method: 'totp', code } })
  expect((await lettersTo(server, lucie.email)).map(({ template }) => template)).toContain('password_changed')
  expect(await claire.call(getStaff, { params: { id: lucie.id } })).toMatchObject({
    state: 'active',
    factors: { authenticator: true },
  })
})

test('a first password replaces none: no mail says that it was changed', async () => {
  const { email } = await claire.call(inviteStaff, {
    body: {
      email: 'lea.simonnet@example.com',
      firstName: 'Léa',
      lastName: 'Simonnet',
      roles: [await roleId(server.db, 'support')],
    },
  })
  const token = await tokenMailed(server, email, 'invitation')
  await anybody().call(choosePassword, { body: { token, password } })
  expect((await lettersTo(server, email)).map(({ template }) => template)).toEqual(['invitation'])
})

test('of twenty who choose by one link at once, one password holds', async () => {
  const { token, email } = await lucieWithLink()
  const passwords = Array.from({ length: 20 }, (_, n) => `girafe violon nuage ${n} tracteur`)
  const replies = await Promise.all(
    passwords.map((one) => anybody().ask(choosePassword, { body: { token, password: one } })),
  )
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(replies.filter(({ status }) => status === 410)).toHaveLength(19)
  const winner = replies.findIndex(({ status }) => status === 200)
  expect(await anybody().call(signIn, { body: { email, password: passwords[winner] ?? '' } })).toMatchObject({
    step: 'second_factor',
  })
})

test('looking at a link, however often, does not use it up', async () => {
  const { token, email } = await lucieWithLink()
  for (let time = 0; time < 3; time++)
    expect(await anybody().call(openLink, { body: { token } })).toMatchObject({
      kind: 'password_reset',
      name: 'Lucie Aubert',
      email,
      expiresAt: new Date(now.getTime() + 3_600_000).toISOString(),
    })
  await anybody().call(choosePassword, { body: { token, password } })
  expect((await anybody().refused(openLink, { body: { token } })).code).toBe('link_gone')
})

test('a password that is refused leaves the link good', async () => {
  const { token } = await lucieWithLink()
  const refused = await anybody().refused(choosePassword, { body: { token, password: 'Lucie Aubert 1990' } })
  expect(refused).toMatchObject({
    status: 400,
    fields: [{ in: 'body', path: 'password', code: 'password_context' }],
  })
  expect(refused.fields?.[0]?.message).toContain('quatre mots sans rapport')
  await anybody().call(choosePassword, { body: { token, password } })
})

describe('a link that is not good is refused before anything is looked at', () => {
  test.each([
    ['made up', 'A'.repeat(43)],
    ['empty of sense', '\u0000'],
    ['of two hundred characters', 'x'.repeat(200)],
  ])('%s', async (_, token) => {
    // Even the password is not judged: nobody without a link makes the server hash.
    expect(await anybody().refused(choosePassword, { body: { token, password: '' } })).toMatchObject({
      status: 410,
      code: 'link_gone',
    })
  })

  test('oversized', async () => {
    const token = 'x'.repeat(201)
    expect((await anybody().refused(openLink, { body: { token } })).status).toBe(400)
  })

  test('an hour old', async () => {
    const { token } = await lucieWithLink()
    now = new Date(now.getTime() + 3_600_000)
    expect((await anybody().refused(choosePassword, { body: { token, password } })).code).toBe('link_gone')
  })
})
