import { expect, test } from 'vitest'
import { getPasskeySignIn, getSession, getStepUp, signInWithPasskey } from '#contract/identity'
import { openBrowserless } from '../../../tests/harness/browserless.ts'
import { lucieWithPasskey } from '../../../tests/harness/newcomer.ts'
import { openAuthenticator, type Twist } from '../../../tests/harness/passkey.ts'
import { testServer } from '../../../tests/harness/server.ts'

let now = Date.now()
const server = await testServer({ clock: { now: () => new Date(now) } })
let visitors = 0
const fresh = () => openBrowserless(server.app, 'localhost:3000', `198.51.100.${++visitors}`)
const lucie = await lucieWithPasskey(server)

test('a passkey alone opens the session: no address, no password', async () => {
  const browser = fresh()
  const { passkey } = await browser.call(getPasskeySignIn)
  expect(passkey).toMatchObject({ rpId: 'localhost', userVerification: 'required', allowCredentials: [] })
  const { me } = await browser.call(signInWithPasskey, {
    body: { response: lucie.authenticator.answer(passkey) },
  })
  expect(me.email).toBe(lucie.email)
  expect((await browser.call(getSession)).staffId).toBe(lucie.staffId)
})

test('the same answer opens no second one, even in twenty browsers at once', async () => {
  const { passkey } = await fresh().call(getPasskeySignIn)
  const response = lucie.authenticator.answer(passkey)
  const replies = await Promise.all(
    Array.from({ length: 20 }, () => fresh().ask(signInWithPasskey, { body: { response } })),
  )
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(replies.filter(({ status }) => status === 403)).toHaveLength(19)
})

const lies: [string, Twist][] = [
  ['whose holder was not verified', { userVerified: false }],
  ['asked for by another origin', { origin: 'http://app.localhost:3000' }],
  ['for another host', { rpId: 'app.localhost' }],
  ['that names no holder', { userHandle: null }],
  ['that names another holder', { userHandle: Buffer.alloc(16, 1).toString('base64url') }],
  ['that names a holder as long as a novel', { userHandle: 'A'.repeat(15_000) }],
  ['signed by another key', { forged: true }],
]

test.each(lies)('an answer %s opens nothing, and says nothing', async (_what, twist) => {
  const browser = fresh()
  const { passkey } = await browser.call(getPasskeySignIn)
  const response = lucie.authenticator.answer(passkey, twist)
  expect(await browser.refused(signInWithPasskey, { body: { response } })).toMatchObject({
    status: 403,
    code: 'passkey_refused',
    message: expect.not.stringContaining('localhost'),
  })
  expect((await browser.refused(getSession)).status).toBe(401)
})

test('an unknown passkey gets the very answer of a wrong one', async () => {
  const { passkey } = await fresh().call(getPasskeySignIn)
  const stranger = openAuthenticator()
  stranger.make(lucie.passkeyOptions)
  const unknown = await fresh().refused(signInWithPasskey, { body: { response: stranger.answer(passkey) } })
  const forged = lucie.authenticator.answer(passkey, { forged: true })
  const wrong = await fresh().refused(signInWithPasskey, { body: { response: forged } })
  expect({ ...unknown, requestId: '' }).toEqual({ ...wrong, requestId: '' })
})

test('a challenge is too old after five minutes, and that of a step-up is none for signing in', async () => {
  const browser = fresh()
  const { passkey } = await browser.call(getPasskeySignIn)
  const { passkey: ofStepUp } = await lucie.browser.call(getStepUp)
  expect(
    (
      await browser.refused(signInWithPasskey, {
        body: { response: lucie.authenticator.answer(ofStepUp ?? {}) },
      })
    ).code,
  ).toBe('passkey_refused')
  now += 5 * 60_000
  const response = lucie.authenticator.answer(passkey)
  expect((await browser.refused(signInWithPasskey, { body: { response } })).code).toBe('passkey_refused')
})

test.each([
  ['no response', { id: 'AAAA', type: 'public-key' }],
  ['an id of one letter', { id: 'A', rawId: 'A', type: 'public-key', response: {} }],
  ['an id that is no base64', { id: '../../etc', rawId: '../../etc', type: 'public-key', response: {} }],
  [
    'a thousand braces',
    { id: 'AAAA', rawId: 'AAAA', type: 'public-key', response: { clientDataJSON: '{'.repeat(1000) } },
  ],
])('%s is refused plainly', async (_what, response) => {
  const reply = await fresh().ask(signInWithPasskey, { body: { response } })
  expect(reply.status).toBe(403)
  expect(JSON.parse(reply.text)).toMatchObject({ error: { code: 'passkey_refused' } })
})

test('what is larger than any passkey is no input at all', async () => {
  const response = { id: 'AAAA', type: 'public-key', response: { clientDataJSON: 'A'.repeat(30_000) } }
  expect((await fresh().ask(signInWithPasskey, { body: { response } })).status).toBe(400)
})

test('a suspended person is refused like anybody', async () => {
  const paul = await lucieWithPasskey(server)
  await server.db
    .updateTable('staffMembers')
    .set({ suspendedAt: new Date() })
    .where('id', '=', paul.staffId)
    .execute()
  const { passkey } = await fresh().call(getPasskeySignIn)
  const response = paul.authenticator.answer(passkey)
  expect((await fresh().refused(signInWithPasskey, { body: { response } })).code).toBe('passkey_refused')
})

test('signing in ends the session this browser had', async () => {
  const { browser } = lucie
  const before = browser.cookie()
  const { passkey } = await browser.call(getPasskeySignIn)
  await browser.call(signInWithPasskey, { body: { response: lucie.authenticator.answer(passkey) } })
  expect((await browser.send('GET', '/api/v1/session')).status).toBe(200)
  const old = await fresh().send('GET', '/api/v1/session', { headers: { cookie: before } })
  expect(old.status).toBe(401)
})
