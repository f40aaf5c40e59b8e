import { expect, test } from 'vitest'
import { listAuditEntries } from '#contract/audit'
import { getSession } from '#contract/identity'
import { testServer } from '../../../tests/harness/server.ts'

const server = await testServer()
const auditor = await server.as('auditor')

const made = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url')
const id = '0199a000-0000-7000-8000-000000000000'

test('the log is read page by page, and the last page says so', async () => {
  const first = await auditor.call(listAuditEntries, { query: { limit: 1 } })
  expect(first.rows).toHaveLength(1)
  const rest = await auditor.call(listAuditEntries, { query: { after: first.next ?? '', limit: 200 } })
  expect(rest.rows.map((row) => row.id)).not.toContain(first.rows[0]?.id)
  expect(rest.next).toBeNull()
})

test.each(['', 'x', 'now', '\u0000', '2026-02-30 00:00:00+00', '999999-01-01 00:00:00+00', 'infinity'])(
  'a cursor with the made-up instant %j is a wrong field',
  async (at) => {
    expect(await auditor.refused(listAuditEntries, { query: { after: made({ at, id }) } })).toMatchObject({
      status: 400,
      fields: [{ in: 'query', path: 'after', code: 'cursor_invalid' }],
    })
  },
)

test.each(['verb', 'objectType'] as const)('a NUL in %s is a wrong field', async (name) => {
  expect(await auditor.refused(listAuditEntries, { query: { [name]: 'a\u0000' } })).toMatchObject({
    status: 400,
    fields: [{ in: 'query', path: name }],
  })
})

test('the log of one person holds what they did and what was done to them, and nothing else', async () => {
  const claire = await server.as('administrator')
  const me = await claire.call(getSession)
  const { rows } = await auditor.call(listAuditEntries, { query: { person: me.staffId, limit: 200 } })
  expect(rows.length).toBeGreaterThan(0)
  for (const { actor, objectId } of rows) expect([actor === me.name, objectId === me.staffId]).toContain(true)
  const everything = await auditor.call(listAuditEntries, { query: { limit: 200 } })
  expect(everything.rows.length).toBeGreaterThan(rows.length)
})
