/** What began while somebody still might, and would be done after they may no more; and who waits for whom. */
import pg from 'pg'
import { availableParallelism } from 'node:os'
import { expect, test } from 'vitest'
import {
  choosePassword,
  getPasskeySignIn,
  getSession,
  listOwnSessions,
  makeRecoveryCodes,
  setStaffRoles,
  signIn,
  signInWithPasskey,
  verifySecondFactor,
} from '#contract/identity'
import { openBrowserless, type Reply } from '../../../tests/harness/browserless.ts'
import { untilSomebodyWaits } from '../../../tests/harness/losing-the-top.ts'
import { madeRole } from '../../../tests/harness/made-roles.ts'
import { lucieSignedIn, lucieWithPasskey } from '../../../tests/harness/newcomer.ts'
import { testServer } from '../../../tests/harness/server.ts'
import { tell } from '#platform/server/news.ts'
import { makeLink } from './links/tokens.ts'
import { passwordIs, strangersCrowd } from './passwords/hashing.ts'

const server = await testServer()
const fresh = (ip?: string) => openBrowserless(server.app, 'localhost:3000', ip)

// Held against at the cost it was made at, which is the true one (tests/harness/quick-passwords.ts).
const costly =
  '$argon2id$v=19$m=19456,t=2,p=1$WDj1dbbCv/GlyW6xGiZHRg$zDic0LkB7nfoXJ5ORHD22FQr/Jlsxh32LVkmNt25N2U'

/** Keeps everybody waiting for their turn at argon2 a while. */
const busy = (whose: 'known' | 'stranger', turns: number) =>
  Promise.all(Array.from({ length: turns }, () => passwordIs(costly, 'x', whose)))

/** Has `request` wait for the row of a person, does something to them meanwhile, and gives the answer. */
async function meanwhile(staffId: string, change: string, request: () => Promise<Reply>): Promise<Reply> {
  const other = new pg.Client(server.database.adminUrl)
  await other.connect()
  try {
    await other.query('begin')
    await other.query('select from staff_members where id = $1 for update', [staffId])
    const reply = request()
    await untilSomebodyWaits(other)
    await other.query(change, [staffId])
    await other.query('commit')
    return await reply
  } finally {
    await other.end()
  }
}

test('a session that ends while codes are made for it gets none', async () => {
  const { browser } = await lucieSignedIn(server)
  const { staffId } = await browser.call(getSession)
  const { rows } = await browser.call(listOwnSessions)
  const working = busy('known', 8 * availableParallelism())
  const asked = browser.ask(makeRecoveryCodes)
  await server.db
    .updateTable('staffSessions')
    .set({ endedAt: new Date(), endedReason: 'revoked' })
    .where('id', '=', rows[0]?.id ?? '')
    .execute()
  await tell(server.db, { topic: 'sessions' })
  expect((await asked).status).toBe(401)
  await working
  const codes = server.db.selectFrom('staffRecoveryCodes').where('staffId', '=', staffId)
  const kept = await codes.select('createdAt').distinct().execute()
  expect(kept).toHaveLength(1) // those of the first factor
})

test('a link that is revoked while it waits to be used is used by nobody', async () => {
  const { browser } = await lucieSignedIn(server)
  const { staffId } = await browser.call(getSession)
  const token = await makeLink(server.db, { staffId, kind: 'password_reset', now: new Date() })
  const reply = await meanwhile(
    staffId,
    // A second ago: the server's clock knows no microseconds.
    "update staff_links set expires_at = clock_timestamp() - interval '1 second' where staff_id = $1",
    () => fresh().ask(choosePassword, { body: { token, password: 'sept grenouilles et un nénuphar' } }),
  )
  expect(reply.status).toBe(410)
})

test('a sign-in that began with a password which is no more goes no further', async () => {
  const { email, password, totp } = await lucieSignedIn(server)
  const browser = fresh()
  await browser.call(signIn, { body: { email, password } })
  // Written down after the sign-ins of the former password were ended.
  await server.db
    .updateTable('staffMembers')
    .set({ passwordChangedAt: new Date() })
    .where('email', '=', email)
    .execute()
  const code = totp.generate({ timestamp: Date.now() + 30_000 })
  expect((await browser.refused(verifySecondFactor, { body: { method: 'totp', code } })).code).toBe(
    'sign_in_expired',
  )
})

test('who is suspended while a passkey lets them in is not in, nor when they come back', async () => {
  const { staffId, authenticator } = await lucieWithPasskey(server)
  const browser = fresh()
  const { passkey } = await browser.call(getPasskeySignIn)
  const response = authenticator.answer(passkey)
  const reply = await meanwhile(staffId, 'update staff_members set suspended_at = now() where id = $1', () =>
    browser.ask(signInWithPasskey, { body: { response } }),
  )
  expect(reply.status).toBe(403)
  await server.db.updateTable('staffMembers').set({ suspendedAt: null }).where('id', '=', staffId).execute()
  expect((await browser.refused(getSession)).code).toBe('signed_out')
})

test('a role that rises above the giver while it is given is refused plainly', async () => {
  const { id } = await madeRole(server.db, { level: 10 })
  const { browser } = await lucieSignedIn(server)
  const { staffId } = await browser.call(getSession)
  const claire = await server.as('administrator')
  const other = new pg.Client(server.database.adminUrl)
  await other.connect()
  try {
    await other.query('begin')
    await other.query('update role_matrix set revision = revision + 1')
    const asked = claire.ask(setStaffRoles, { params: { id: staffId }, body: { roles: [id] } })
    await untilSomebodyWaits(other)
    await other.query('update roles set level = 99 where id = $1', [id])
    await other.query('commit')
    const reply = await asked
    expect(reply.status).toBe(403)
    expect(reply.text).toContain('role_not_yours')
  } finally {
    await other.end()
  }
})

test('a crowd of strangers is told to come again, and keeps nobody waiting who is known', async () => {
  const { browser, email, password } = await lucieSignedIn(server)
  let isOver = false
  const crowd = busy('stranger', 120 * availableParallelism()).then(() => (isOver = true))
  await expect.poll(strangersCrowd).toBe(true)
  const refused = await fresh('198.51.100.77').ask(signIn, { body: { email, password } })
  expect(refused.status).toBe(429)
  expect(refused.headers['retry-after']).toBe('5')
  expect((await browser.call(signIn, { body: { email, password } })).step).toBe('second_factor')
  expect(isOver).toBe(false)
  // Refused unheard, it counts nowhere.
  const counted = server.db.selectFrom('attemptCounters').where('key', '=', 'address:198.51.100.77/32')
  expect(await counted.select('points').execute()).toEqual([])
  // Else the next file's people would be in it.
  await crowd
})
