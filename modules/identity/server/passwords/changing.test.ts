import { expect, test } from 'vitest'
import { changePassword, getSession, signIn, verifySecondFactor } from '#contract/identity'
import { openBrowserless } from '../../../../tests/harness/browserless.ts'
import { lettersTo } from '../../../../tests/harness/mailbox.ts'
import { lucieSignedIn, type Newcomer } from '../../../../tests/harness/newcomer.ts'
import { testServer } from '../../../../tests/harness/server.ts'

let now = new Date()
const server = await testServer({ clock: { now: () => now } })
const password = 'girafe violon nuage tracteur'

async function elsewhere({ email, password: current, totp }: Newcomer) {
  now = new Date(now.getTime() + 30_000)
  const browser = openBrowserless(server.app)
  await browser.call(signIn, { body: { email, password: current } })
  const code = totp.generate({ timestamp: now.getTime() })
  await browser.call(verifySecondFactor, { body: { method: 'totp', code } })
  return browser
}

test('who changes their password goes on, and is signed out everywhere else', async () => {
  const lucie = await lucieSignedIn(server, 'support', now)
  const other = await elsewhere(lucie)
  await lucie.browser.call(changePassword, { body: { current: lucie.password, password } })
  expect((await lucie.browser.call(getSession)).email).toBe(lucie.email)
  await expect.poll(async () => (await other.ask(getSession)).status).toBe(401)
  const [letter] = (await lettersTo(server, lucie.email)).filter(
    ({ template }) => template === 'password_changed',
  )
  expect(letter).toMatchObject({ url: 'http://localhost:3000/account' })
  expect(letter?.text).toContain('127.0.0.1')
  await openBrowserless(server.app).call(signIn, { body: { email: lucie.email, password } })
})

test('the other sessions may go on, if that is wished', async () => {
  const lucie = await lucieSignedIn(server, 'support', now)
  const other = await elsewhere(lucie)
  const body = { current: lucie.password, password, endOtherSessions: false }
  await lucie.browser.call(changePassword, { body })
  expect((await other.call(getSession)).email).toBe(lucie.email)
})

test('the current password is asked, exactly as it is', async () => {
  const lucie = await lucieSignedIn(server, 'support', now)
  for (const current of [lucie.password.toUpperCase(), `${lucie.password} `, lucie.password.slice(1)])
    expect(await lucie.browser.refused(changePassword, { body: { current, password } })).toMatchObject({
      status: 403,
      code: 'password_wrong',
    })
  await lucie.browser.call(changePassword, { body: { current: lucie.password, password } })
})

test('guessing the current one counts where signing in does', async () => {
  const lucie = await lucieSignedIn(server, 'support', now)
  const statuses: number[] = []
  for (let tried = 0; tried < 12; tried++) {
    const reply = await lucie.browser.ask(changePassword, { body: { current: `guess ${tried}`, password } })
    statuses.push(reply.status)
  }
  expect(statuses).toContain(429)
  expect(statuses[0]).toBe(403)
  const events = await server.db
    .selectFrom('staffSignInEvents')
    .innerJoin('staffMembers', 'staffMembers.id', 'staffSignInEvents.staffId')
    .where('email', '=', lucie.email)
    .where('kind', '=', 'password_wrong')
    .select('staffSignInEvents.id')
    .execute()
  expect(events).toHaveLength(statuses.filter((status) => status === 403).length)
})

test('the same text typed by another keyboard is the same password', async () => {
  const lucie = await lucieSignedIn(server, 'support', now)
  const composed = 'été à Noirmoutier là-bas'.normalize('NFC')
  await lucie.browser.call(changePassword, { body: { current: lucie.password, password: composed } })
  const body = { email: lucie.email, password: composed.normalize('NFD') }
  expect(await openBrowserless(server.app).call(signIn, { body })).toMatchObject({ step: 'second_factor' })
})
