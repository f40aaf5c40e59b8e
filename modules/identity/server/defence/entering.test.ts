import { TOTP } from 'otpauth'
import { describe, expect, test } from 'vitest'
import { listOwnSessions, listOwnSignIns, listSignIns, signIn, verifySecondFactor } from '#contract/identity'
import { openBrowserless } from '../../../../tests/harness/browserless.ts'
import { lucieSignedIn, type Newcomer } from '../../../../tests/harness/newcomer.ts'
import { testServer } from '../../../../tests/harness/server.ts'

const start = Date.now()
let passed = 0
const server = await testServer({ clock: { now: () => new Date(start + passed) } })
const now = () => start + passed

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'

/** Lucie signs in again, half a minute later, from somewhere. */
async function signsInFrom(lucie: Newcomer, from: string, { agent = firefox, device = '' } = {}) {
  passed += 31_000
  const browser = openBrowserless(server.app, 'localhost:3000', from)
  const headers = { 'user-agent': agent, ...(device && { cookie: device }) }
  const { email, password, totp } = lucie
  const first = await browser.send('POST', '/api/v1/sign-in', { headers, body: { email, password } })
  expect(first.status, first.text).toBe(200)
  const begun = browser.cookie()
  const code = new TOTP({ secret: totp.secret }).generate({ timestamp: now() })
  const second = await browser.send('POST', '/api/v1/sign-in/second-factor', {
    headers: { ...headers, cookie: [device, begun].filter(Boolean).join('; ') },
    body: { method: 'totp', code },
  })
  expect(second.status, second.text).toBe(200)
  return {
    browser,
    device: /mgp_device=[^;]+/.exec(browser.cookie())?.[0] ?? '',
    setCookie: second.headers['set-cookie'],
  }
}

const hired = () => lucieSignedIn(server, 'support', new Date(now()))
const mailsTo = async ({ email }: Newcomer) =>
  server.db
    .selectFrom('outgoingMails')
    .where('toEmail', '=', email)
    .where('template', '=', 'identity.mail.unusual_sign_in')
    .select(['id', 'bodySealed', 'subject'])
    .execute()
const latest = async (browser: ReturnType<typeof openBrowserless>) =>
  (await browser.call(listOwnSignIns)).rows[0]

describe('a sign-in', () => {
  test('is not unusual when it is the first ever', async () => {
    const lucie = await hired()
    expect(await latest(lucie.browser)).toMatchObject({
      kind: 'signed_in',
      suspicious: false,
      newDevice: true,
      newNetwork: true,
    })
    expect(await mailsTo(lucie)).toEqual([])
  })

  test('from a new browser on a new network is unusual: its owner is mailed, administrators see it', async () => {
    const lucie = await hired()
    const { browser } = await signsInFrom(lucie, '198.51.100.23', { agent: safari })
    expect(await latest(browser)).toMatchObject({
      suspicious: true,
      newDevice: true,
      newNetwork: true,
      failuresBefore: 0,
      browser: 'Safari 18',
      system: 'iOS',
      ip: '198.51.100.23',
      name: 'Lucie Aubert',
    })
    const [mail] = await mailsTo(lucie)
    expect(mail?.subject).toBe('Connexion inhabituelle à votre compte')
    const security = await server.as('administrator')
    const { rows, total } = await security.call(listSignIns, { query: {} })
    expect({ total, rows }).toMatchObject({ total: 1, rows: [{ ip: '198.51.100.23', suspicious: true }] })
  })

  test('from a new browser, or on a new network, is unusual; from a known one nearby it is not', async () => {
    const lucie = await hired()
    const device = /mgp_device=[^;]+/.exec(lucie.browser.cookie())?.[0] ?? ''
    const nearby = await signsInFrom(lucie, '127.0.0.77', { device })
    expect(await latest(nearby.browser)).toMatchObject({
      suspicious: false,
      newDevice: false,
      newNetwork: false,
    })
    const travelling = await signsInFrom(lucie, '198.51.100.40', { device })
    expect(await latest(travelling.browser)).toMatchObject({
      suspicious: true,
      newDevice: false,
      newNetwork: true,
    })
    const atTheOffice = await signsInFrom(lucie, '127.0.0.1')
    expect(await latest(atTheOffice.browser)).toMatchObject({
      suspicious: true,
      newDevice: true,
      newNetwork: false,
    })
    expect(await mailsTo(lucie)).toHaveLength(2)
  })

  test('after five failures within the hour is unusual wherever it comes from', async () => {
    const lucie = await hired()
    const device = /mgp_device=[^;]+/.exec(lucie.browser.cookie())?.[0] ?? ''
    for (let tried = 0; tried < 5; tried++)
      await openBrowserless(server.app, 'localhost:3000', `203.0.113.${tried + 1}`).refused(signIn, {
        body: { email: lucie.email, password: 'a guess' },
      })
    const { browser } = await signsInFrom(lucie, '127.0.0.1', { device })
    expect(await latest(browser)).toMatchObject({ suspicious: true, newDevice: false, failuresBefore: 5 })
    expect(await mailsTo(lucie)).toHaveLength(1)
    expect((await browser.call(listOwnSignIns)).rows.map(({ kind }) => kind)).toEqual([
      'signed_in',
      ...Array.from({ length: 5 }, () => 'password_wrong'),
      'signed_in',
    ])
  })
})

describe('a device', () => {
  test('is known by a cookie of its own for a year, out of scripts’ reach, and only its hash is kept', async () => {
    const lucie = await hired()
    const { device, setCookie } = await signsInFrom(lucie, '127.0.0.1')
    const cookie = [setCookie].flat().find((line) => String(line).startsWith('mgp_device='))
    expect(cookie).toMatch(/; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Strict/)
    expect(cookie).not.toMatch(/domain/i)
    const token = device.slice('mgp_device='.length)
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    const kept = await server.db.selectFrom('staffDevices').selectAll().execute()
    expect(JSON.stringify(kept)).not.toContain(token)
  })

  test('keeps its token when two people share it, and takes none it was not given here', async () => {
    const [lucie, karim] = [await hired(), await hired()]
    const { device } = await signsInFrom(lucie, '127.0.0.1')
    expect((await signsInFrom(karim, '127.0.0.1', { device })).device).toBe(device)
    const planted = `mgp_device=${'x'.repeat(43)}`
    expect((await signsInFrom(lucie, '127.0.0.1', { device: planted })).device).not.toBe(planted)
  })
})

describe("one's open sessions", () => {
  test('say which browser, system and address each is used from, this one marked', async () => {
    const lucie = await hired()
    const phone = await signsInFrom(lucie, '2001:db8:1:2:3::4', { agent: safari })
    const { rows } = await phone.browser.call(listOwnSessions)
    expect(rows).toMatchObject([
      {
        current: true,
        browser: 'Safari 18',
        system: 'iOS',
        ip: '2001:db8:1:2:3::4',
        factor: 'totp',
        country: null,
      },
      { current: false, ip: '127.0.0.1' },
    ])
  })

  test('are touched once a minute at most', async () => {
    const lucie = await hired()
    const seen = async () => (await lucie.browser.call(listOwnSessions)).rows[0]?.lastSeenAt
    const first = await seen()
    passed += 30_000
    await forget()
    expect(await seen()).toBe(first)
    passed += 31_000
    await forget()
    await lucie.browser.call(listOwnSessions)
    expect(await seen()).toBe(new Date(now()).toISOString())
  })
})

/** What is known of a session is known for a second. */
const forget = () => new Promise((done) => setTimeout(done, 1_100))

test('a person without rights sees nothing of the defence', async () => {
  const lucie = await hired()
  expect((await lucie.browser.refused(listSignIns, { query: {} })).status).toBe(403)
  expect(
    (await lucie.browser.refused(verifySecondFactor, { body: { method: 'totp', code: '000000' } })).status,
  ).toBe(410)
})
