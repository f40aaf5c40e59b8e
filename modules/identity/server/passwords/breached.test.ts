import { createHash } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { pino } from 'pino'
import { breachedBy } from './breached.ts'

const leaked = 'girafe violon nuage tracteur'
const sha1 = createHash('sha1').update(leaked).digest('hex').toUpperCase()

/** A range service on loopback, and what it was asked. */
async function service(answer: (reply: http.ServerResponse) => void) {
  const asked: { url: string | undefined; padding: string | string[] | undefined }[] = []
  const server = http.createServer((request, reply) => {
    asked.push({ url: request.url, padding: request.headers['add-padding'] })
    answer(reply)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo // it listens on TCP
  return { url: `http://127.0.0.1:${port}/range/`, asked }
}

function log() {
  const lines: string[] = []
  const stream = new Writable({
    write(line, _encoding, done) {
      lines.push(String(line))
      done()
    },
  })
  return { lines, log: pino(stream) }
}

const found = `${'0'.repeat(35)}:3\r\n${sha1.slice(5)}:12\r\n${'F'.repeat(35)}:0`

test('a password that leaked is known by the end of its hash, of which only the beginning was sent', async () => {
  const { url, asked } = await service((reply) => reply.end(found))
  const { log: logger, lines } = log()
  const breached = breachedBy(url, logger)
  expect(await breached(leaked)).toBe(true)
  expect(asked).toEqual([{ url: `/range/${sha1.slice(0, 5)}`, padding: 'true' }])
  expect(await breached('another four words here')).toBe(false)
  expect(lines).toEqual([])
})

test('a line of padding tells of no leak', async () => {
  const { url } = await service((reply) => reply.end(`${sha1.slice(5)}:0`))
  expect(await breachedBy(url, log().log)(leaked)).toBe(false)
})

test.each<[string, (reply: http.ServerResponse) => void]>([
  ['answers an error', (reply) => reply.writeHead(503).end('busy')],
  ['sends elsewhere', (reply) => reply.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()],
  ['hangs up', (reply) => reply.destroy()],
  ['says nothing', () => {}],
  ['never stops', (reply) => void reply.end(`${found}\r\n`.repeat(10_000))],
])('a service that %s stops nobody, and the log says so without the password', async (_, answer) => {
  const { url } = await service(answer)
  const { log: logger, lines } = log()
  expect(await breachedBy(url, logger)(leaked)).toBe(false)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('could not be held against those that leaked')
  expect(lines[0]).not.toMatch(new RegExp(`girafe|${sha1.slice(0, 5)}`, 'i'))
})

test('without a service nobody is asked', async () => {
  expect(await breachedBy(undefined, log().log)(leaked)).toBe(false)
})
