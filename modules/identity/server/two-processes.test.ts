import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  endEveryonesSessions,
  endOtherSessions,
  endOwnSession,
  getSession,
  listOwnSessions,
} from '#contract/identity'
import { sql } from '#platform/server/db.ts'
import { openBrowserless, type Browserless } from '../../../tests/harness/browserless.ts'
import { lucieSignedIn } from '../../../tests/harness/newcomer.ts'
import { testServer } from '../../../tests/harness/server.ts'

const one = await testServer()
const other = await one.another()

/** The same browser, whose next requests reach the other process. */
function atTheOther(browser: Browserless): Browserless {
  const cookie = browser.cookie()
  const there = openBrowserless(other.app)
  return { ...there, send: (method, url, over) => there.send(method, url, { ...over, headers: { cookie } }) }
}

const statusOf = async (browser: Browserless) => (await browser.send('GET', '/api/v1/session')).status

/** Both processes know the session and would answer from memory. */
async function knownToBoth(role?: Parameters<typeof lucieSignedIn>[1]) {
  const lucie = await lucieSignedIn(one, role)
  const there = atTheOther(lucie.browser)
  expect(await statusOf(lucie.browser)).toBe(200)
  // A process that has just begun on a busy machine asks to come back in a moment.
  await expect.poll(() => statusOf(there)).toBe(200)
  const { staffId } = await lucie.browser.call(getSession)
  return { here: lucie.browser, there, staffId, ...lucie }
}

describe('what one process learns, the other knows at once', () => {
  test('a session its owner ended', async () => {
    const { here, there } = await knownToBoth()
    const [session] = (await here.call(listOwnSessions)).rows
    expect(session).toMatchObject({ current: true })
    const stolen = here.cookie()
    await here.call(endOwnSession, { params: { id: session?.id ?? '' } })
    await expect.poll(() => statusOf(there)).toBe(401)
    expect(
      (await openBrowserless(one.app).send('GET', '/api/v1/session', { headers: { cookie: stolen } })).status,
    ).toBe(401)
  })

  test('all others of the same person, and nobody else’s', async () => {
    const { here, there } = await knownToBoth()
    const colleague = await knownToBoth()
    expect(await here.call(endOtherSessions)).toEqual({ ended: 0 })
    expect(await statusOf(there)).toBe(200)
    expect(await statusOf(colleague.there)).toBe(200)
    expect(
      (
        await here.refused(endOwnSession, {
          params: { id: (await colleague.here.call(listOwnSessions)).rows[0]?.id ?? '' },
        })
      ).status,
    ).toBe(404)
  })

  test('everybody’s', async () => {
    const { there } = await knownToBoth()
    const top = await knownToBoth('super_administrator')
    await top.here.call(endEveryonesSessions)
    await expect.poll(() => statusOf(there)).toBe(401)
    expect(await statusOf(top.there)).toBe(200)
  })

  test('a role that was taken away', async () => {
    const { there, staffId } = await knownToBoth()
    expect((await there.send('GET', '/api/v1/clients')).status).toBe(200)
    await sql`update staff_roles set ended_at = now() where staff_id = ${staffId} and ended_at is null`.execute(
      one.db,
    )
    await expect.poll(async () => (await there.send('GET', '/api/v1/clients')).status).not.toBe(200)
  })
})

describe('a token that was rotated', () => {
  test('is dead in both, and the new one lives in both', async () => {
    const { here, there, staffId } = await knownToBoth()
    const old = here.cookie()
    await sql`update staff_sessions set must_rotate = true where staff_id = ${staffId}`.execute(one.db)
    await sql`select pg_notify('news', '{"topic":"sessions"}')`.execute(one.db)
    await expect.poll(async () => (await statusOf(here)) === 200 && here.cookie() !== old).toBe(true)
    expect(await statusOf(atTheOther(here))).toBe(200)
    await expect.poll(() => statusOf(there)).toBe(401)
    expect(
      (await openBrowserless(one.app).send('GET', '/api/v1/session', { headers: { cookie: old } })).status,
    ).toBe(401)
  })
})

describe('when the news is lost, memory lasts a second', () => {
  // The clock of the caches stands still, and moves only when a test says so.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
  afterEach(() => void vi.useRealTimers())

  test.each([
    ['was ended', sql`ended_at = now(), ended_reason = 'revoked'`],
    ['is over', sql`expires_at = now()`],
    ['was idle for an hour', sql`last_seen_at = now() - interval '61 minutes'`],
    ['has another token', sql`token_hash = sha256(token_hash)`],
  ])('a session that %s', async (_what, change) => {
    const { here, there, staffId } = await knownToBoth()
    await sql`update staff_sessions set ${change} where staff_id = ${staffId}`.execute(one.db)
    vi.advanceTimersByTime(999)
    expect([await statusOf(here), await statusOf(there)]).toEqual([200, 200])
    vi.advanceTimersByTime(2)
    expect([await statusOf(here), await statusOf(there)]).toEqual([401, 401])
  })

  test('a suspended person', async () => {
    const { here, there, staffId } = await knownToBoth()
    await sql`update staff_members set suspended_at = now() where id = ${staffId}`.execute(one.db)
    vi.advanceTimersByTime(1_001)
    expect([await statusOf(here), await statusOf(there)]).toEqual([401, 401])
  })
})
