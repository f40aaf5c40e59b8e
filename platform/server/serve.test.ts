import { once } from 'node:events'
import { get, request as httpRequest, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { getSession } from '#contract/identity'
import { tell } from './news.ts'
import { openBrowserless } from '../../tests/harness/browserless.ts'
import { testServer } from '../../tests/harness/server.ts'

const server = await testServer()
const { address, port } = await server.app
  .listen({ port: 0, host: '127.0.0.1' })
  .then(() => server.app.server.address() as AddressInfo)
const direction = await server.as('direction')
const directorsCookie = direction.cookie()

const errorOf = (text: string) =>
  (
    JSON.parse(text) as {
      error: { code: string; fields?: { in: string; path: string; code: string; message: string }[] }
    }
  ).error

/** An open event stream of a signed-in person, and what has come through it. */
async function listen(cookie: string) {
  const heard: string[] = []
  const request = get({
    host: address,
    port,
    path: '/api/v1/events',
    headers: { host: 'localhost:3000', cookie },
  })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  response
    .setEncoding('utf8')
    .on('data', (chunk: string) =>
      heard.push(...chunk.split('\n').filter((line) => line.startsWith('data: '))),
    )
  await expect.poll(() => heard.length).toBe(1)
  return { heard, response, leave: () => request.destroy() }
}

async function cookieOf(role: string): Promise<string> {
  const browser = openBrowserless(server.app)
  await browser.signIn(role)
  return browser.cookie()
}

test('a body over a megabyte is refused by size', async () => {
  const reply = await direction.send('PUT', '/api/v1/session/language', {
    headers: { 'content-type': 'application/json' },
    payload: `"${'x'.repeat(1_100_000)}"`,
  })
  expect([reply.status, errorOf(reply.text).code]).toEqual([413, 'body_too_large'])
})

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
])('a body of type %s is refused', async (type) => {
  const reply = await direction.send('PUT', '/api/v1/session/language', {
    headers: { 'content-type': type },
    payload: 'language=en',
  })
  expect([reply.status, errorOf(reply.text).code]).toEqual([415, 'media_type_unsupported'])
})

test('a wrong field is named, in the reader’s language', async () => {
  const wrong = async (language: string) =>
    errorOf(
      (
        await direction.send('PUT', '/api/v1/session/language', {
          headers: { 'accept-language': language },
          body: { language: 'de', tongue: 'fr' },
        })
      ).text,
    ).fields
  const [fr, en] = [await wrong('fr-FR'), await wrong('en')]
  expect(fr?.map((field) => [field.in, field.path])).toEqual([
    ['body', 'language'],
    ['body', 'tongue'],
  ])
  expect(fr?.[1]?.message).toBe('Ce champ n’existe pas.')
  expect(en?.[1]?.message).toBe('There is no such field.')
  expect(fr?.[0]?.message).not.toBe(en?.[0]?.message)
})

test('news reaches who may hear it, and nobody else', async () => {
  const director = await listen(directorsCookie)
  const supporter = await listen(await cookieOf('support'))
  await tell(server.db, { topic: 'figures', needs: 'dashboard.read' })
  await tell(server.db, { topic: 'clients', needs: 'clients.read', id: 'c1' })
  await expect
    .poll(() => director.heard.slice(1))
    .toEqual(['data: {"topic":"figures"}', 'data: {"topic":"clients","id":"c1"}'])
  await expect.poll(() => supporter.heard.slice(1)).toEqual(['data: {"topic":"clients","id":"c1"}'])
  director.leave()
  supporter.leave()
})

test('what is no news harms nobody', async () => {
  const { heard, leave } = await listen(directorsCookie)
  for (const payload of ['', 'x', 'null', '[]', '7', '{"topic":7}'])
    await server.pool.query(`select pg_notify('news', $1)`, [payload])
  await tell(server.db, { topic: 'clients', needs: 'clients.read' })
  await expect.poll(() => heard).toContain('data: {"topic":"clients"}')
  expect(heard).toHaveLength(2)
  leave()
})

test('news of a transaction that failed is never heard', async () => {
  const director = await listen(directorsCookie)
  await server.db
    .transaction()
    .execute(async (transaction) => {
      await tell(transaction, { topic: 'figures', needs: 'dashboard.read', id: 'never' })
      throw new Error('fails')
    })
    .catch(() => {})
  await tell(server.db, { topic: 'figures', needs: 'dashboard.read', id: 'after' })
  await expect.poll(() => director.heard.slice(1)).toEqual(['data: {"topic":"figures","id":"after"}'])
  director.leave()
})

test('an event stream ends with its session', async () => {
  const cookie = await cookieOf('billing')
  const billing = await listen(cookie)
  const ended = once(billing.response, 'end')
  await direction.send('DELETE', '/api/v1/session', { headers: { cookie } })
  await ended
  expect(billing.heard).toHaveLength(1)
})

test('an address nobody can read is not found, in the reader’s language', async () => {
  for (const path of ['/%', '/%c0%af', '/api/v1/clients/%ff']) {
    const reply = await direction.send('GET', path)
    expect(reply.status).toBe(404)
    expect(errorOf(reply.text)).toMatchObject({
      code: 'not_found',
      message: expect.stringMatching(/^Introuvable/),
    })
  }
})

test('an address outside the web apps’ folders gives nothing away', async () => {
  for (const path of [
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/%00.js',
    '/a%5c..%5cpackage.json',
  ]) {
    const request = httpRequest({ host: address, port, path, headers: { host: 'localhost:3000' } }).end()
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    expect([400, 403, 404], path).toContain(response.statusCode)
    response.resume()
  }
})

test('probes and figures of the process answer by address; figures only to the machine itself', async () => {
  const ask = async (path: string) => {
    const [response] = (await once(get({ host: address, port, path }), 'response')) as [IncomingMessage]
    let text = ''
    for await (const chunk of response) text += String(chunk)
    return { status: response.statusCode, text }
  }
  expect((await ask('/health/live')).status).toBe(200)
  expect((await ask('/health/ready')).status).toBe(200)
  expect((await ask('/metrics')).text).toContain(
    'http_request_duration_seconds_count{method="PUT",route="/api/v1/session/language",status="413"} 1',
  )
})

test('a rights change is felt at the next request of every process that heard of it', async () => {
  const browser = openBrowserless(server.app)
  await browser.signIn('compliance')
  const { staffId } = await browser.call(getSession)
  await server.db
    .updateTable('staffMembers')
    .set({ suspendedAt: new Date() })
    .where('id', '=', staffId)
    .execute()
  await tell(server.db, { topic: 'sessions' })
  await expect.poll(async () => (await browser.send('GET', '/api/v1/session')).status).toBe(401)
})
