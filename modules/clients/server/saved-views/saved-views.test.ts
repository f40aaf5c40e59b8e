import { expect, test } from 'vitest'
import { deleteView, listSavedViews, replaceView, saveView, viewLimit } from '#contract/clients'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
const sales = await server.as('sales')
const support = await server.as('support')
const prospects = {
  page: 'clients',
  name: 'Prospects de l’Est',
  query: { status: 'prospect', department: '54,57' },
}

test('a view is kept, found again by its name, changed and forgotten, by its owner alone', async () => {
  const view = await sales.call(saveView, { body: prospects })
  expect(view).toMatchObject(prospects)
  expect(await sales.call(listSavedViews, { query: { page: 'clients' } })).toEqual({ rows: [view] })
  expect(await sales.call(listSavedViews, { query: { page: 'invoices' } })).toEqual({ rows: [] })
  expect(await support.call(listSavedViews, { query: { page: 'clients' } })).toEqual({ rows: [] })

  const body = { name: 'Prospects', query: { status: 'prospect', sort: '-created' } }
  expect((await support.refused(replaceView, { params: { id: view.id }, body })).status).toBe(404)
  expect((await support.refused(deleteView, { params: { id: view.id } })).status).toBe(404)
  expect(await sales.call(replaceView, { params: { id: view.id }, body })).toEqual({ ...view, ...body })

  await sales.call(deleteView, { params: { id: view.id } })
  expect(await sales.call(listSavedViews, { query: { page: 'clients' } })).toEqual({ rows: [] })
})

test('a name stands once on a page; two people may have the same', async () => {
  const one = await sales.call(saveView, { body: { ...prospects, name: 'Un' } })
  const other = await sales.call(saveView, { body: { ...prospects, name: 'Deux' } })
  await support.call(saveView, { body: { ...prospects, name: 'Un' } })
  const again = await sales.refused(saveView, { body: { ...prospects, name: ' Un ' } })
  expect(again).toMatchObject({ status: 409, code: 'view_name_taken' })
  expect(again.message).toContain('Un')
  const renamed = await sales.refused(replaceView, {
    params: { id: other.id },
    body: { name: 'Un', query: {} },
  })
  expect(renamed.code).toBe('view_name_taken')
  expect(
    await sales.call(replaceView, { params: { id: one.id }, body: { name: 'Un', query: { q: 'metz' } } }),
  ).toMatchObject({ query: { q: 'metz' } })
})

test('views are listed by name as people sort names', async () => {
  const auditor = await server.as('auditor')
  for (const name of ['zones', 'Été', 'abonnés', 'Exclus'])
    await auditor.call(saveView, { body: { ...prospects, name } })
  const { rows } = await auditor.call(listSavedViews, { query: { page: 'clients' } })
  expect(rows.map((row) => row.name)).toEqual(['abonnés', 'Été', 'Exclus', 'zones'])
})

test('nobody keeps more views than a menu holds', async () => {
  const direction = await server.as('direction')
  for (let at = 0; at < viewLimit; at++)
    await direction.call(saveView, { body: { ...prospects, name: `Vue ${at}` } })
  expect(await direction.refused(saveView, { body: { ...prospects, name: 'Une de trop' } })).toMatchObject({
    status: 422,
    code: 'view_limit_reached',
  })
})

test('nor by saving many at once', async () => {
  const compliance = await server.as('compliance')
  const many = Array.from({ length: viewLimit + 5 }, (_, at) => ({ ...prospects, name: `Vue ${at}` }))
  const replies = await Promise.all(
    many.map((body) => compliance.send('POST', '/api/v1/saved-views', { body })),
  )
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(viewLimit)
  expect(replies.filter(({ status }) => status === 422)).toHaveLength(5)
})

test.each([
  ['no name', { name: ' ' }, 'name'],
  ['a name of 61 letters', { name: 'x'.repeat(61) }, 'name'],
  ['a page that is none', { page: '../etc' }, 'page'],
  ['a filter that is no text', { query: { status: ['prospect'] } }, 'query.status'],
  ['a NUL in a filter', { query: { q: 'a\u0000' } }, 'query.q'],
  [
    'a filter of a hundred words',
    { query: Object.fromEntries(Array.from({ length: 31 }, (_, at) => [`${'x'.repeat(at + 1)}`, ''])) },
    'query',
  ],
])('%s is refused', async (_, wrong, path) => {
  const reply = await sales.send('POST', '/api/v1/saved-views', { body: { ...prospects, ...wrong } })
  expect(reply.status).toBe(400)
  expect(JSON.parse(reply.text)).toMatchObject({ error: { fields: [{ in: 'body', path }] } })
})
