import { expect, test } from 'vitest'
import {
  getNewAuthenticator,
  getSession,
  getStepUp,
  makeRecoveryCodes,
  stepUp,
  verifySecondFactor,
} from '#contract/identity'
import { openBrowserless } from '../../../tests/harness/browserless.ts'
import { lucieEnrolling, lucieWithPasskey } from '../../../tests/harness/newcomer.ts'
import { testServer } from '../../../tests/harness/server.ts'

let now = Date.now()
const server = await testServer({ clock: { now: () => new Date(now) } })
const later = (minutes: number) => (now += minutes * 60_000)

async function lucieWithAuthenticator() {
  const lucie = await lucieEnrolling(server)
  const showing = (timestamp = now) => ({ method: 'totp', code: lucie.totp.generate({ timestamp }) }) as const
  await lucie.browser.call(verifySecondFactor, { body: showing() })
  return { ...lucie, showing }
}

test('whoever just signed in is asked for nothing; five minutes later the factor is shown again', async () => {
  const { browser, showing } = await lucieWithAuthenticator()
  await browser.call(getNewAuthenticator)
  later(5)
  expect((await browser.refused(makeRecoveryCodes)).code).toBe('step_up_required')
  expect((await browser.refused(getNewAuthenticator)).code).toBe('step_up_required')
  expect(await browser.call(getStepUp)).toEqual({ methods: ['totp', 'recovery_code'], passkey: null })
  const { until } = await browser.call(stepUp, { body: showing() })
  expect(Date.parse(until)).toBe(now + 5 * 60_000)
  expect((await browser.call(makeRecoveryCodes)).codes).toHaveLength(10)
})

test('a step-up gives the session another token, and the old one is dead', async () => {
  const { browser, showing } = await lucieWithAuthenticator()
  later(6)
  const before = browser.cookie()
  await browser.call(stepUp, { body: showing() })
  expect(browser.cookie()).not.toBe(before)
  await browser.call(getSession)
  const thief = openBrowserless(server.app)
  expect((await thief.send('GET', '/api/v1/session', { headers: { cookie: before } })).status).toBe(401)
})

test('the code that signed in steps nothing up, nor does one that stepped up before', async () => {
  const { browser, showing } = await lucieWithAuthenticator()
  expect((await browser.refused(stepUp, { body: showing() })).code).toBe('code_already_used')
  later(1)
  await browser.call(stepUp, { body: showing() })
  expect((await browser.refused(stepUp, { body: showing() })).code).toBe('code_already_used')
})

test('a passkey steps up its own session alone', async () => {
  const [lucie, other] = [await lucieWithPasskey(server), await lucieWithPasskey(server)]
  const { passkey } = await lucie.browser.call(getStepUp)
  const foreign = await other.browser.call(getStepUp)
  const answering = (options: object | null) =>
    ({ method: 'passkey', response: lucie.authenticator.answer({ ...options }) }) as const
  expect((await lucie.browser.refused(stepUp, { body: answering(foreign.passkey) })).code).toBe(
    'passkey_refused',
  )
  const body = answering(passkey)
  await lucie.browser.call(stepUp, { body })
  expect((await lucie.browser.refused(stepUp, { body })).code).toBe('passkey_refused')
})

test('a recovery code steps up once', async () => {
  const lucie = await lucieWithPasskey(server)
  const [code = ''] = lucie.recoveryCodes
  await lucie.browser.call(stepUp, { body: { method: 'recovery_code', code } })
  expect((await lucie.browser.refused(stepUp, { body: { method: 'recovery_code', code } })).code).toBe(
    'code_already_used',
  )
})

test('guessing codes in a stolen session stops after ten', async () => {
  const { browser, totp } = await lucieWithAuthenticator()
  const wrong = { method: 'totp', code: totp.generate({ timestamp: 0 }) } as const
  const statuses = []
  for (let guess = 0; guess < 12; guess++) statuses.push((await browser.ask(stepUp, { body: wrong })).status)
  expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 403))
  expect(statuses.slice(10)).toEqual([429, 429])
})

test('a step-up is written down as such', async () => {
  const lucie = await lucieWithPasskey(server)
  const { passkey } = await lucie.browser.call(getStepUp)
  const response = lucie.authenticator.answer(passkey ?? {})
  await lucie.browser.call(stepUp, { body: { method: 'passkey', response } })
  const events = await server.db
    .selectFrom('staffSignInEvents')
    .where('staffId', '=', lucie.staffId)
    .orderBy('at')
    .select(['kind', 'factor'])
    .execute()
  expect(events).toContainEqual({ kind: 'stepped_up', factor: 'passkey' })
})
