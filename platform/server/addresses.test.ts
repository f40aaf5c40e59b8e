import { request } from 'node:http'
import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { listOwnSessions } from '#contract/identity'
import { sql } from './db.ts'
import { clientAddress, readAddress } from './addresses.ts'
import { openBrowserless } from '../../tests/harness/browserless.ts'
import { testServer } from '../../tests/harness/server.ts'

describe('an address', () => {
  test.each([
    ['2001:0DB8:0::0001', '2001:db8::1'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:c000:207', '192.0.2.7'],
    ['fe80::1%eth0', 'fe80::1'],
    ['64:ff9b::c000:207', '64:ff9b::c000:207'],
  ])('%s reads as %s', (text, plain) => {
    expect(readAddress(text)?.toString()).toBe(plain)
  })

  test.each(['', '1', 'unknown', '0x7f.0.0.1', '010.0.0.1', '192.0.2.0/24', ':::1', '192.0.2.7, 192.0.2.8'])(
    'is not %j: the connection itself counts then',
    (text) => {
      expect(readAddress(text)).toBeNull()
      expect(clientAddress(text, '::ffff:198.51.100.1')).toBe('198.51.100.1')
    },
  )

  test('may come with a port, as some proxies write it', () => {
    expect(clientAddress('192.0.2.7:443', undefined)).toBe('192.0.2.7')
    expect(clientAddress('[2001:db8::7]:443', undefined)).toBe('2001:db8::7')
    expect(clientAddress('[2001:db8::7]', undefined)).toBe('2001:db8::7')
  })
})

const [proxied, alone] = [
  await testServer({ env: { TRUSTED_PROXIES: '10.0.0.0/8,2001:db8:aaaa::/48' } }),
  await testServer(),
]

/** The address the server takes a request for, as it writes it beside a failed try. */
async function takenFor(
  server: typeof proxied,
  peer: string,
  forwarded: string,
): Promise<string | undefined> {
  const browser = openBrowserless(server.app, 'localhost:3000', peer)
  const reply = await browser.send('POST', '/api/v1/sign-in', {
    headers: { 'x-forwarded-for': forwarded, forwarded: 'for=203.0.113.66', 'x-real-ip': '203.0.113.66' },
    body: { email: `${crypto.randomUUID()}@example.com`, password: 'x' },
  })
  expect(reply.status).toBe(403)
  const { rows } = await sql<{ ip: string }>`
    select host(ip) as ip from staff_sign_in_events order by id desc limit 1`.execute(server.db)
  return rows[0]?.ip
}

describe('what a listed proxy says of its client counts', () => {
  test.each([
    ['its word', '10.1.2.3', '192.0.2.7', '192.0.2.7'],
    ['its word, not what its client said before', '10.1.2.3', '203.0.113.1, 192.0.2.7', '192.0.2.7'],
    ['the last that is no proxy of ours', '10.1.2.3', '203.0.113.1, 192.0.2.7, 10.9.9.9', '192.0.2.7'],
    ['its word when it comes mapped into IPv6', '::ffff:10.1.2.3', '192.0.2.7', '192.0.2.7'],
    ['a client mapped into IPv6', '10.1.2.3', '::ffff:192.0.2.7', '192.0.2.7'],
    ['a proxy before it, mapped', '10.1.2.3', '192.0.2.7, ::ffff:10.4.4.4', '192.0.2.7'],
    ['a proxy on IPv6', '2001:db8:aaaa::1', '2001:db8:b::7', '2001:db8:b::7'],
    ['the proxy itself when it says nothing readable', '10.1.2.3', '203.0.113.1, unknown', '10.1.2.3'],
  ])('%s', async (_what, peer, forwarded, taken) => {
    expect(await takenFor(proxied, peer, forwarded)).toBe(taken)
  })
})

describe('what a stranger says of itself changes nothing', () => {
  test.each(['192.0.2.7', '192.0.2.7, 10.1.2.3', '10.1.2.3', '127.0.0.1', 'unknown'])(
    '%s',
    async (forwarded) => {
      expect(await takenFor(proxied, '198.51.100.9', forwarded)).toBe('198.51.100.9')
      expect(await takenFor(alone, '10.1.2.3', forwarded)).toBe('10.1.2.3')
    },
  )

  test('nor does it buy another try', async () => {
    const statuses: number[] = []
    for (let tried = 0; tried < 32; tried++) {
      const reply = await openBrowserless(proxied.app, 'localhost:3000', '198.51.100.77').send(
        'POST',
        '/api/v1/sign-in',
        {
          headers: { 'x-forwarded-for': `192.0.2.${tried}` },
          body: { email: `${crypto.randomUUID()}@example.com`, password: 'x' },
        },
      )
      statuses.push(reply.status)
    }
    expect(statuses.filter((status) => status === 403)).toHaveLength(30)
    expect(statuses.slice(30)).toEqual([429, 429])
  })
})

describe('too much of a header', () => {
  const listening = alone.app.listen({ port: 0, host: '127.0.0.1' })

  async function send(headers: Record<string, string>): Promise<{ status: number; text: string }> {
    await listening
    const { address, port } = alone.app.server.address() as AddressInfo // it listens on TCP
    const asked = request({
      host: address,
      port,
      path: '/api/v1/session',
      headers: { host: 'localhost:3000', ...headers },
    })
    asked.end()
    const [response] = (await once(asked, 'response')) as [AsyncIterable<Buffer> & { statusCode: number }]
    const chunks: Buffer[] = []
    for await (const chunk of response) chunks.push(chunk)
    return { status: response.statusCode, text: Buffer.concat(chunks).toString() }
  }
  const codeOf = (text: string) => (JSON.parse(text) as { error: { code: string } }).error.code

  test('a cookie of twenty kilobytes is refused in our own words', async () => {
    const { status, text } = await send({ cookie: `mgp_session=${'a'.repeat(20_000)}` })
    expect({ status, code: codeOf(text) }).toEqual({ status: 431, code: 'headers_too_large' })
    expect(JSON.parse(text)).toMatchObject({
      error: { message: expect.any(String), requestId: expect.any(String) },
    })
  })

  test('so is a flood of headers', async () => {
    const flood = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, at) => [`x-flood-${at}`, 'x'.repeat(10)]),
    )
    expect((await send(flood)).status).toBe(431)
  })

  test.each([
    ['a token of eight kilobytes', `mgp_session=${'a'.repeat(8_000)}`],
    ['three hundred cookies', Array.from({ length: 300 }, (_, at) => `c${at}=${at}`).join('; ')],
    ['a cookie named twice', 'mgp_session=a; mgp_session=b'],
    ['a cookie with broken escapes', 'mgp_session=%E0%A4%A; mgp_device=%'],
    ['no cookie at all', '%%%;;;==='],
  ])('%s opens nothing', async (_what, cookie) => {
    const { status, text } = await send({ cookie })
    expect({ status, code: codeOf(text) }).toEqual({ status: 401, code: 'signed_out' })
  })

  test('what is no HTTP is told so, and the server goes on', async () => {
    await listening
    const { port } = alone.app.server.address() as AddressInfo
    const socket = net.connect({ port, host: '127.0.0.1' })
    socket.end('hello\r\n\r\n')
    const chunks: Buffer[] = []
    for await (const chunk of socket) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 400 [^]*"code":"input_invalid"/)
    expect((await send({})).status).toBe(401)
  })
})

test('people see where their sessions are used from', async () => {
  const direction = await alone.as('direction')
  expect((await direction.call(listOwnSessions)).rows).toMatchObject([
    { ip: '127.0.0.1', current: true, factor: 'totp' },
  ])
})
