import { expect, test } from 'vitest'
import {
  deleteAuditSearch,
  listAuditSearches,
  replaceAuditSearch,
  saveAuditSearch,
  searchLimit,
} from '#contract/audit'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
const auditor = await server.as('auditor')
const compliance = await server.as('compliance')
const refusals = { name: 'Refus du mois', query: { result: 'refused', from: '2026-11-01' } }

test('a search is kept, found again by its name, changed and forgotten, by its owner alone', async () => {
  const search = await auditor.call(saveAuditSearch, { body: refusals })
  expect(search).toMatchObject(refusals)
  expect(await auditor.call(listAuditSearches)).toEqual({ rows: [search] })
  expect(await compliance.call(listAuditSearches)).toEqual({ rows: [] })

  const body = { name: 'Refus', query: { result: 'refused', verb: 'client.updated,client.trashed' } }
  expect((await compliance.refused(replaceAuditSearch, { params: { id: search.id }, body })).status).toBe(404)
  expect((await compliance.refused(deleteAuditSearch, { params: { id: search.id } })).status).toBe(404)
  expect(await auditor.call(replaceAuditSearch, { params: { id: search.id }, body })).toEqual({
    ...search,
    ...body,
  })

  await auditor.call(deleteAuditSearch, { params: { id: search.id } })
  expect(await auditor.call(listAuditSearches)).toEqual({ rows: [] })
  // Undoing it is saving it again.
  await auditor.call(saveAuditSearch, { body })
  expect((await auditor.call(listAuditSearches)).rows).toMatchObject([body])
})

test('a name stands once; two people may have the same', async () => {
  await auditor.call(saveAuditSearch, { body: { ...refusals, name: 'Un' } })
  const other = await auditor.call(saveAuditSearch, { body: { ...refusals, name: 'Deux' } })
  await compliance.call(saveAuditSearch, { body: { ...refusals, name: 'Un' } })
  const again = await auditor.refused(saveAuditSearch, { body: { ...refusals, name: ' Un ' } })
  expect(again).toMatchObject({ status: 409, code: 'audit_search_name_taken' })
  expect(again.message).toContain('Un')
  const renamed = await auditor.refused(replaceAuditSearch, {
    params: { id: other.id },
    body: { name: 'Un', query: {} },
  })
  expect(renamed.code).toBe('audit_search_name_taken')
})

test('nobody keeps more searches than a menu holds, nor by saving many at once', async () => {
  const administrator = await server.as('administrator')
  const replies = await Promise.all(
    Array.from({ length: searchLimit + 5 }, (_, at) =>
      administrator.send('POST', '/api/v1/audit/searches', {
        body: { ...refusals, name: `Recherche ${at}` },
      }),
    ),
  )
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(searchLimit)
  expect(replies.filter(({ status }) => status === 422)).toHaveLength(5)
})

test('who may not read the log keeps no searches of it', async () => {
  const sales = await server.as('sales')
  expect((await sales.refused(saveAuditSearch, { body: refusals })).status).toBe(403)
  expect((await sales.refused(listAuditSearches, {})).status).toBe(403)
})

test.each([
  ['no name', { name: ' ' }, 'name'],
  ['a name of 61 letters', { name: 'x'.repeat(61) }, 'name'],
  ['a filter that is no text', { query: { result: ['refused'] } }, 'query.result'],
  ['a NUL in a filter', { query: { q: 'a\u0000' } }, 'query.q'],
  ['a filter the log does not have', { query: { status: 'prospect' } }, 'query'],
  ['a result there is not', { query: { result: 'lost' } }, 'query.result'],
  ['a day there is not', { query: { from: '2026-02-30' } }, 'query.from'],
])('%s is refused', async (_, wrong, path) => {
  const reply = await auditor.send('POST', '/api/v1/audit/searches', { body: { ...refusals, ...wrong } })
  expect(reply.status).toBe(400)
  expect(JSON.parse(reply.text)).toMatchObject({ error: { fields: [{ in: 'body', path }] } })
})
