/** Ten thousand guesses by a script, through real sockets and a listed proxy. */
import http, { type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import {
  getDefence,
  liftBlock,
  listBlocks,
  listSignIns,
  signIn,
  verifySecondFactor,
} from '#contract/identity'
import { openBrowserless } from '../../../../tests/harness/browserless.ts'
import { lucieSignedIn, type Newcomer } from '../../../../tests/harness/newcomer.ts'
import { testServer, type TestServer } from '../../../../tests/harness/server.ts'
import { insertStaff } from '../queries.ts'
import { hashPassword } from '../passwords/hashing.ts'

const guesses = 10_000
const fewer = process.env['TEST_LONG'] ? guesses : 2_000
const atOnce = 50
const passwordOfAll = 'une phrase que le dictionnaire connaît'
const staffHash = await hashPassword(passwordOfAll)

type Scene = { server: TestServer; lucie: Newcomer; emails: string[] }

/** Fifty accounts, one of them Lucie's, who has signed in before, from home. */
async function scene(): Promise<Scene> {
  const server = await testServer({ env: { TRUSTED_PROXIES: '127.0.0.1' } })
  const lucie = await lucieSignedIn(server)
  const emails = [lucie.email]
  while (emails.length < 50) {
    const email = `colleague-${emails.length}@example.com`
    await insertStaff(server.db, {
      email,
      firstName: 'Une',
      lastName: 'Collègue',
      passwordHash: staffHash,
      demonstration: false,
    })
    emails.push(email)
  }
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  return { server, lucie, emails }
}

/**
 * Tries word after word of a dictionary at each account, every try from the next address. The right word stands in it,
 * after sixty wrong ones: whoever is let guess that often is in.
 * @returns how many answers had which status
 */
async function attack({ server, emails }: Scene, tries: number, addressOf: (at: number) => string) {
  const { port } = server.app.server.address() as AddressInfo // it listens on TCP
  const agent = new http.Agent({ keepAlive: true, maxSockets: atOnce })
  const statuses: Record<number, number> = {}
  let next = 0
  async function guess(at: number): Promise<void> {
    const round = Math.floor(at / emails.length)
    const password = round === 60 ? passwordOfAll : `word ${round} of a dictionary`
    const asked = http.request({
      agent,
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/api/v1/sign-in',
      headers: {
        host: 'localhost:3000',
        'content-type': 'application/json',
        'x-forwarded-for': addressOf(at),
      },
    })
    asked.end(JSON.stringify({ email: emails[at % emails.length], password }))
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    answer.resume()
    await once(answer, 'end')
    const status = answer.statusCode ?? 0
    statuses[status] = (statuses[status] ?? 0) + 1
  }
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < tries) await guess(next++)
    }),
  )
  agent.destroy()
  return statuses
}

/** As a browser behind the proxy. */
const behind = (server: TestServer, address: string, cookie = '') => ({
  send: (path: string, body: unknown) =>
    openBrowserless(server.app).send('POST', path, {
      headers: { 'x-forwarded-for': address, cookie },
      body,
    }),
})

/** Password and code, as a person would; the statuses of both. */
async function signsIn(
  server: TestServer,
  { email, password, totp }: Newcomer,
  address: string,
  device: string,
) {
  const first = await behind(server, address, device).send(signIn.path.replace('/', '/api/v1/'), {
    email,
    password,
  })
  if (first.status !== 200) return [first.status]
  const begun = /mgp_sign_in=[^;]+/.exec(String(first.headers['set-cookie']))?.[0] ?? ''
  const code = totp.generate({ timestamp: Date.now() + 30_000 }) // the one of now served when she enrolled
  const second = await behind(server, address, `${device}; ${begun}`).send(
    verifySecondFactor.path.replace('/', '/api/v1/'),
    { method: 'totp', code },
  )
  return [first.status, second.status]
}

const deviceOf = ({ browser }: Newcomer) => /mgp_device=[^;]+/.exec(browser.cookie())?.[0] ?? ''

async function mailsOf(server: TestServer, template: string): Promise<number> {
  const rows = await server.db
    .selectFrom('outgoingMails')
    .where('template', '=', template)
    .select('toEmail')
    .execute()
  return rows.length
}

describe('ten thousand guesses', () => {
  test('over five hundred addresses of one /64 let none in, are blocked and seen, and leave the right user in', async () => {
    const set = await scene()
    const { server, lucie, emails } = set
    const addresses = Array.from(
      { length: 500 },
      (_, at) => `2001:db8:5:6:${at.toString(16)}::${(at * 97 + 1).toString(16)}`,
    )
    const statuses = await attack(set, guesses, (at) => addresses[at % 500] ?? '')
    expect(statuses[200]).toBeUndefined()
    // Thirty; a machine too busy to count in time lets memory add half as many.
    expect(statuses[403]).toBeGreaterThanOrEqual(30)
    expect(statuses[403]).toBeLessThanOrEqual(45)
    expect(statuses[429]).toBe(guesses - (statuses[403] ?? 0))

    const top = await server.as('super_administrator')
    await expect
      .poll(async () => (await top.call(listBlocks, { query: {} })).rows)
      .toMatchObject([{ network: '2001:db8:5:6::/64', reason: 'too_many_failures', active: true }])
    await expect
      .poll(async () => (await top.call(listBlocks, { query: {} })).rows[0]?.refused)
      .toBeGreaterThan(guesses / 10)
    expect(await top.call(getDefence)).toMatchObject({ activeBlocks: 1, underAttack: false })
    const failed = await top.call(listSignIns, { query: { what: 'failed' } })
    expect(failed.total).toBe(statuses[403])
    await expect.poll(() => mailsOf(server, 'identity.mail.blocks')).toBeGreaterThan(0)

    // From that very network: a stranger's browser waits, hers does not. From elsewhere the others come in as ever.
    const there = '2001:db8:5:6::abcd'
    const right = { email: emails[1], password: passwordOfAll }
    expect((await behind(server, there).send('/api/v1/sign-in', right)).status).toBe(429)
    expect((await behind(server, '2001:db8:5:7::1').send('/api/v1/sign-in', right)).status).toBe(200)
    expect(await signsIn(server, lucie, there, deviceOf(lucie))).toEqual([200, 200])

    const [block] = (await top.call(listBlocks, { query: {} })).rows
    expect(await top.call(liftBlock, { params: { id: block?.id ?? '' } })).toMatchObject({ active: false })
    await expect
      .poll(async () => (await behind(server, there).send('/api/v1/sign-in', right)).status)
      .toBe(200)
    expect((await top.call(listBlocks, { query: {} })).rows).toEqual([])
    expect((await top.call(listBlocks, { query: { state: 'all' } })).rows).toMatchObject([
      { liftedBy: 'Antoine Delcourt', active: false },
    ])
  }, 240_000)

  test('over five hundred /64s of one /48 let none in and close the /48', async () => {
    const set = await scene()
    const { server, lucie } = set
    const statuses = await attack(
      set,
      fewer,
      (at) => `2001:db8:9:${(at % 500).toString(16)}::${at.toString(16)}`,
    )
    expect(statuses[200]).toBeUndefined()
    expect(statuses[403]).toBeGreaterThanOrEqual(150)
    expect(statuses[403]).toBeLessThanOrEqual(150 + atOnce)
    const top = await server.as('super_administrator')
    const { rows } = await top.call(listBlocks, { query: {} })
    expect(rows).toMatchObject([{ network: '2001:db8:9::/48', reason: 'neighbouring_failures' }])
    expect(await signsIn(server, lucie, '2001:db8:9:1::1', deviceOf(lucie))).toEqual([200, 200])
  }, 240_000)

  test('over thousands of addresses everywhere let none in: strangers wait, who is known does not', async () => {
    const set = await scene()
    const { server, lucie, emails } = set
    const statuses = await attack(set, fewer, (at) => `198.${18 + (at >> 16)}.${(at >> 8) & 255}.${at & 255}`)
    expect(statuses[200]).toBeUndefined()
    expect(statuses[403]).toBeLessThanOrEqual(300 + atOnce)
    const top = await server.as('super_administrator')
    expect(await top.call(getDefence)).toMatchObject({ underAttack: true, activeBlocks: 0 })
    await expect.poll(() => mailsOf(server, 'identity.mail.under_attack')).toBeGreaterThan(0)
    expect(await signsIn(server, lucie, '203.0.113.5', deviceOf(lucie))).toEqual([200, 200])
    expect(await signsIn(server, lucie, '203.0.113.6', '')).toEqual([429])
    // The office somebody signed in from before is open to a new laptop too.
    const known = { email: 'sales@example.com', password: 'mistyped' }
    expect((await behind(server, '203.0.113.5').send('/api/v1/sign-in', known)).status).toBe(403)
    expect((await behind(server, '203.0.113.7').send('/api/v1/sign-in', known)).status).toBe(429)
    expect(emails).toHaveLength(50)
  }, 240_000)
})
