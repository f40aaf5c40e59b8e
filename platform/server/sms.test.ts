import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSmsCarrier, SmsRefused } from './sms.ts'

type Asked = { headers: IncomingMessage['headers']; body: unknown }
let asked: Asked[] = []
let answer: (response: ServerResponse) => void
const gateway = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    asked.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) })
    answer(response)
  })
})
beforeAll(() => new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve)))
afterAll(() => gateway.close())

const carrier = () => {
  asked = []
  const { port } = gateway.address() as AddressInfo // it listens on TCP
  return openSmsCarrier({
    url: `http://127.0.0.1:${port}/messages`,
    token: 'a token of the gateway',
    from: 'Cabinet',
  })
}
const sms = { id: '019a0000-0000-7000-8000-000000000001', to: '+33639981234', text: 'Bonjour' }
const status = (code: number, body = '{}') => {
  answer = (response) => response.writeHead(code).end(body)
}

test('an SMS is handed over with its id, by which the gateway knows it again, and the token', async () => {
  status(202, '{"id":"carrier-7"}')
  expect(await carrier().send(sms)).toBe('carrier-7')
  expect(asked).toMatchObject([
    {
      headers: { authorization: 'Bearer a token of the gateway', 'idempotency-key': sms.id },
      body: { id: sms.id, to: '+33639981234', from: 'Cabinet', text: 'Bonjour' },
    },
  ])
})

test.each([400, 410, 422])('a %d is a no for good', async (code) => {
  status(code, '{"error":"+33639981234: Bonjour"}')
  const error = await carrier()
    .send(sms)
    .catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(SmsRefused)
  expect(String(error)).not.toContain('33639981234')
})

test.each([401, 404, 429, 500, 503])('a %d may pass', async (code) => {
  status(code)
  const error = await carrier()
    .send(sms)
    .catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Error)
  expect(error).not.toBeInstanceOf(SmsRefused)
})

test('an answer that names nothing is none', async () => {
  status(200, '{}')
  await expect(carrier().send(sms)).rejects.toThrow()
})
