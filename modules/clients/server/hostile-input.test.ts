import { expect, test } from 'vitest'
import { createClient } from '#contract/clients'
import { testServer } from '../../../tests/harness/server.ts'

const server = await testServer()
const administrator = await server.as('administrator')
const { id } = await administrator.call(createClient, {
  body: { kind: 'practitioner', status: 'active', lastName: 'Arnaud', email: 'arnaud@example.com' },
})

const writes: [method: string, path: string][] = [
  ['POST', '/clients'],
  ['PATCH', `/clients/${id}`],
  ['POST', '/clients/status-changes'],
  ['POST', '/clients/status-restorations'],
  ['POST', '/clients/trashing'],
  ['POST', '/clients/restorations'],
  ['POST', '/clients/exports'],
  ['POST', '/saved-views'],
]
const bodies: [what: string, payload: string][] = [
  ['nothing', ''],
  ['null', 'null'],
  ['a list', '[]'],
  ['a text', '"x"'],
  ['a number', '1e400'],
  ['half an object', '{"lastName":'],
  [
    'lists where texts belong',
    '{"lastName":["a"],"email":[["b"]],"clients":[],"status":["active"],"format":["csv"],"name":[],"page":{}}',
  ],
  ['a prototype', '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}'],
  [
    'NULs',
    '{"lastName":"\\u0000","email":"\\u0000@example.com","kind":"practitioner","status":"active","name":"\\u0000"}',
  ],
  [
    'half a character',
    '{"lastName":"\\ud800","email":"a@example.com","kind":"practitioner","status":"active"}',
  ],
  ['a deep nest', `{"clients":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
]

test.each(
  writes.flatMap(([method, path]) => bodies.map(([what, payload]) => [method, path, what, payload] as const)),
)('%s %s with %s is a clear refusal, never a bug', async (method, path, _what, payload) => {
  const reply = await administrator.send(method, `/api/v1${path}`, {
    payload,
    headers: { 'content-type': 'application/json' },
  })
  // Half a character is text all the same, kept as the sign of a character nobody could read.
  expect([400, 201]).toContain(reply.status)
  if (reply.status === 400) expect(JSON.parse(reply.text)).toMatchObject({ error: { code: 'input_invalid' } })
})

test.each(writes)('%s %s refuses ten megabytes', async (method, path) => {
  const reply = await administrator.send(method, `/api/v1${path}`, {
    payload: JSON.stringify({ lastName: 'x'.repeat(10 * 1024 * 1024) }),
    headers: { 'content-type': 'application/json' },
  })
  expect(reply.status).toBe(413)
})

test.each(writes)('%s %s refuses what is no JSON', async (method, path) => {
  const reply = await administrator.send(method, `/api/v1${path}`, {
    payload: '<client/>',
    headers: { 'content-type': 'application/xml' },
  })
  expect(reply.status).toBe(415)
})

test.each([
  ['GET', '/clients/:id'],
  ['GET', '/clients/:id/timeline'],
  ['GET', '/clients/:id/neighbours'],
  ['PATCH', '/clients/:id'],
  ['POST', '/clients/:id/trashing'],
  ['DELETE', '/clients/:id/trashing'],
  ['PUT', '/saved-views/:id'],
  ['DELETE', '/saved-views/:id'],
])('%s %s of an id that names nothing is not found', async (method, path) => {
  for (const id of ['0', '-1', '9'.repeat(100), '%00', '..%2f..', '%E0%A4', 'null', '{}', "1'or'1'='1"]) {
    const reply = await administrator.send(
      method,
      `/api/v1${path.replace(':id', id)}`,
      method === 'PATCH' || method === 'PUT' ? { body: {} } : {},
    )
    expect([400, 404]).toContain(reply.status)
  }
})

test('a stray parameter or body is refused wherever it stands', async () => {
  for (const path of [
    `/clients/${id}?x=1`,
    `/clients/totals?status=active`,
    `/clients/${id}/timeline?after=1`,
  ])
    expect((await administrator.send('GET', `/api/v1${path}`)).status).toBe(400)
  const stray = await administrator.send('POST', `/api/v1/clients/${id}/trashing`, { body: { reason: 'x' } })
  expect(stray.status).toBe(400)
})
