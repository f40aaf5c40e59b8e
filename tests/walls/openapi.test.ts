import { expect, test } from 'vitest'
import { testServer } from '../harness/server.ts'

const server = await testServer()

test('docs/openapi.json is what the server really serves (vitest run tests/walls/openapi.test.ts -u writes it anew)', async () => {
  const { text } = await server.anybody.send('GET', '/api/v1/openapi.json')
  const served = JSON.parse(text) as { openapi: string; paths: object }
  expect(served.openapi).toBe('3.1.0')
  expect(Object.keys(served.paths).length).toBeGreaterThan(10)
  await expect(`${JSON.stringify(served, null, 2)}\n`).toMatchFileSnapshot('../../docs/openapi.json')
})

test('the document can be read as a page, by everybody, without a script', async () => {
  const page = await server.anybody.send('GET', '/api/docs')
  expect(page.status).toBe(200)
  expect(page.text).toContain('/api/v1/session')
  expect(page.text).not.toContain('<script')
})
