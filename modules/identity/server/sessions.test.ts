import { expect, test } from 'vitest'
import { getSession, signIn, signOut, suspendStaff } from '#contract/identity'
import { hashOf } from '#platform/server/random.ts'
import { openBrowserless } from '../../../tests/harness/browserless.ts'
import { lucieSignedIn } from '../../../tests/harness/newcomer.ts'
import { testServer } from '../../../tests/harness/server.ts'

const start = Date.now()
let passed = 0
const server = await testServer({ clock: { now: () => new Date(start + passed) } })
const minutes = (count: number) => count * 60_000
/** What is known of a session is known for a second. */
const forget = () => new Promise((done) => setTimeout(done, 1_100))

async function signedIn(role: string) {
  return openBrowserless(server.app).signIn(role)
}

test('the token is 256 random bits, and only its hash is kept', async () => {
  const cookies = [(await signedIn('sales')).cookie(), (await signedIn('billing')).cookie()]
  const tokens = cookies.map((cookie) => /mgp_session=([^;]+)/.exec(cookie)?.[1] ?? '')
  for (const token of tokens) {
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    const kept = await server.db
      .selectFrom('staffSessions')
      .where('tokenHash', '=', hashOf(token))
      .select('id')
      .execute()
    expect(kept).toHaveLength(1)
  }
  expect(new Set(tokens).size).toBe(2)
})

test('a session ends after an hour of nothing', async () => {
  passed = 0
  const support = await signedIn('support')
  passed = minutes(59)
  await forget()
  await support.call(getSession)
  passed = minutes(59 + 59)
  await forget()
  await support.call(getSession)
  passed = minutes(59 + 59 + 61)
  await forget()
  expect(await support.refused(getSession)).toMatchObject({ status: 401, code: 'signed_out' })
})

test('a session ends twelve hours after it began, however busy it is', async () => {
  passed = 0
  const direction = await signedIn('direction')
  for (let half = 1; half < 24; half++) {
    passed = minutes(30 * half)
    await server.db
      .updateTable('staffSessions')
      .set({ lastSeenAt: new Date(start + passed) })
      .execute()
  }
  await forget()
  await direction.call(getSession)
  passed = minutes(12 * 60 + 1)
  await server.db
    .updateTable('staffSessions')
    .set({ lastSeenAt: new Date(start + passed) })
    .execute()
  await forget()
  expect(await direction.refused(getSession)).toMatchObject({ status: 401, code: 'signed_out' })
  passed = 0
})

test('signing out ends one session; a suspension ends all of a person’s, within a second', async () => {
  const [left, first, second] = [
    await signedIn('compliance'),
    await signedIn('auditor'),
    await secondSession('auditor'),
  ]
  await left.call(signOut)
  const { staffId } = await first.call(getSession)
  const top = await server.as('super_administrator')
  await top.call(suspendStaff, { params: { id: staffId }, body: { reason: 'Départ' } })
  await forget()
  for (const browser of [left, first, second])
    expect(await browser.refused(getSession)).toMatchObject({ status: 401, code: 'signed_out' })
})

/** Half a minute later, when the authenticator shows another code. */
async function secondSession(role: string) {
  passed += 30_000
  return signedIn(role)
}

test.each([
  ['truncated', (token: string) => token.slice(0, -1)],
  ['longer by a letter', (token: string) => `${token}A`],
  ['in other capitals', (token: string) => token.toUpperCase()],
  ['ten thousand letters long', (token: string) => token.padEnd(10_000, 'A')],
])('a token %s opens nothing', async (_, changed) => {
  const browser = await server.as('technical_administrator')
  const token = /mgp_session=([^;]+)/.exec(browser.cookie())?.[1] ?? ''
  const stranger = openBrowserless(server.app)
  const reply = await stranger.send('GET', '/api/v1/session', {
    headers: { cookie: `mgp_session=${changed(token)}` },
  })
  expect([400, 401, 431]).toContain(reply.status)
})

test('a password is as good after years as on its first day', async () => {
  const lucie = await lucieSignedIn(server)
  await server.db
    .updateTable('staffMembers')
    .set({ createdAt: new Date('2015-01-01'), passwordChangedAt: new Date('2015-01-02') })
    .where('email', '=', lucie.email)
    .execute()
  const { email, password } = lucie
  expect(await openBrowserless(server.app).call(signIn, { body: { email, password } })).toMatchObject({
    step: 'second_factor',
  })
})
