import { expect, test } from 'vitest'
import {
  getSqlQuery,
  listSqlQueries,
  longestSavedText,
  mostSavedQueries,
  restoreSqlQuery,
  saveSqlQuery,
  trashSqlQuery,
  updateSqlQuery,
} from '#contract/sql-console'
import { uuidv7 } from '#platform/server/ids.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { author, second } from '../../../../tests/harness/sql.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { forgetQueries } from './queries.ts'

const server = await testServer()
const marie = await author(server)
const paul = await second(server)

let made = 0
const saying = (over: object = {}) => ({
  name: `Impayés ${++made}`,
  description: 'Par ancienneté',
  target: 'central' as const,
  text: `SELECT id FROM invoices WHERE total_incl_cents > $1 -- relance`,
  parameters: [{ name: 'Montant', type: 'integer' as const, initial: '1000' }],
  ...over,
})
const keep = (over: object = {}, as = marie) => as.call(saveSqlQuery, { body: saying(over) })
const namesSeen = async (as: typeof marie, query: object = {}) =>
  (await as.call(listSqlQueries, { query })).rows.map(({ name }) => name)
const of = (one: { id: string }) => ({ params: { id: one.id } })

test('a query is kept with its parameters, found again, and opened as it was', async () => {
  const one = await keep()
  expect(one).toMatchObject({ reach: 'personal', state: 'reads', revision: 1, mayChange: true, problems: [] })
  const { problems: _, ...kept } = one
  expect(await marie.call(getSqlQuery, of(one))).toEqual(kept)
  expect(await namesSeen(marie, { q: one.name.toUpperCase() })).toEqual([one.name])
  expect(await namesSeen(marie, { q: 'par ANCIENNETE' })).toContain(one.name)
})

test('its text and what stands in its parameters lie sealed', async () => {
  const { id } = await keep({
    text: "SELECT 'dupont-canari'",
    parameters: [{ name: 'canari-nom', type: 'text', initial: 'canari-valeur' }],
  })
  const row = await server.db
    .selectFrom('sqlQueries')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect(JSON.stringify({ ...row, textSealed: row.textSealed.toString('latin1') })).not.toContain('canari')
  // In the place of another row it does not open.
  expect(() =>
    vaultOf(server.masterKey).open(row.textSealed, `sql_queries.text_sealed:${uuidv7()}`),
  ).toThrow()
  // The log tells what it does, without whom it names.
  const [entry] = await entriesOf(server, { object: id })
  expect(entry).toMatchObject({ verb: 'sql_query.added', after: { text: 'SELECT …' } })
  expect(JSON.stringify(entry)).not.toMatch(/dupont|canari-valeur/)
})

test('what is private is nobody else’s, and what is shared is everybody’s to open and nobody else’s to change', async () => {
  const own = await keep({}, paul)
  const shared = await keep({ reach: 'everyone' })
  expect(await namesSeen(marie)).not.toContain(own.name)
  expect(await marie.refused(getSqlQuery, of(own))).toMatchObject({ status: 404 })
  expect(
    await marie.refused(updateSqlQuery, { ...of(own), body: { revision: 1, name: 'Pris' } }),
  ).toMatchObject({ status: 404 })
  expect(await marie.refused(trashSqlQuery, of(own))).toMatchObject({ status: 404 })

  expect(await namesSeen(paul, { whose: 'shared' })).toContain(shared.name)
  expect(await paul.call(getSqlQuery, of(shared))).toMatchObject({ mayChange: false, text: shared.text })
  const refused = { status: 403, code: 'sql_query_not_yours' }
  expect(
    await paul.refused(updateSqlQuery, { ...of(shared), body: { revision: 1, reach: 'personal' } }),
  ).toMatchObject(refused)
  expect(await paul.refused(trashSqlQuery, of(shared))).toMatchObject(refused)
  // A copy is theirs.
  expect(await keep({ text: shared.text }, paul)).toMatchObject({ owner: { id: paul.staffId } })
})

test('who may execute looks after what is shared, and sees it no more once it is private again', async () => {
  const one = await keep({ reach: 'everyone' }, paul)
  const body = { revision: one.revision, name: `${one.name} (revue)` }
  const changed = await marie.call(updateSqlQuery, { ...of(one), body })
  expect(changed).toMatchObject({
    updatedBy: { id: marie.staffId },
    owner: { id: paul.staffId },
    revision: 2,
  })
  await marie.call(trashSqlQuery, of(one))
  expect(await namesSeen(paul, { whose: 'trash' })).toContain(changed.name)
  await marie.call(restoreSqlQuery, of(one))
  expect(
    await marie.call(updateSqlQuery, { ...of(one), body: { revision: 2, reach: 'personal' } }),
  ).toMatchObject({ reach: 'personal', mayChange: false })
  expect(await marie.refused(getSqlQuery, of(one))).toMatchObject({ status: 404 })
})

test('nobody without the right to read reaches any of it', async () => {
  const shared = await keep({ reach: 'everyone' })
  const support = await server.as('support')
  expect(await support.refused(listSqlQueries, { query: {} })).toMatchObject({ status: 403 })
  expect(await support.refused(getSqlQuery, of(shared))).toMatchObject({ status: 403 })
  expect(await support.refused(saveSqlQuery, { body: saying() })).toMatchObject({ status: 403 })
})

test('of two who save at once the second is told, with what the first saved, and can save on', async () => {
  const one = await keep()
  const saving = (text: string, revision: number) =>
    marie.call(updateSqlQuery, { ...of(one), body: { revision, text } })
  const both = await Promise.allSettled([saving('SELECT 1', 1), saving('SELECT 2', 1)])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const refused = await marie.refused(updateSqlQuery, {
    ...of(one),
    body: { revision: 1, text: 'SELECT 3' },
  })
  expect(refused).toMatchObject({
    code: 'sql_query_changed',
    details: { current: { revision: 2, text: expect.stringMatching(/^SELECT [12]$/) } },
  })
  expect(await saving('SELECT 3', 2)).toMatchObject({ revision: 3, text: 'SELECT 3' })
})

test('what is not said stays as it was', async () => {
  const one = await keep()
  const name = `${one.name} bis`
  expect(await marie.call(updateSqlQuery, { ...of(one), body: { revision: 1, name } })).toMatchObject({
    name,
    description: one.description,
    text: one.text,
    parameters: one.parameters,
    state: 'reads',
  })
  const parameters = [{ name: 'Seuil', type: 'integer' as const, initial: null }]
  expect(await marie.call(updateSqlQuery, { ...of(one), body: { revision: 2, parameters } })).toMatchObject({
    text: one.text,
    parameters,
  })
})

test.each([
  ['SELECT 1', 'reads'],
  ['DELETE FROM support_tags', 'writes'],
  ['DROP TABLE clients', 'changes_schema'],
  ['SELECT FROM WHERE', 'draft'],
  ["SELECT pg_read_file('PG_VERSION')", 'draft'],
  ['-- à finir', 'draft'],
])('%s is kept, and told to be %s', async (text, state) => {
  const one = await keep({ text, parameters: [] })
  expect(one).toMatchObject({ state, text })
  expect(one.problems.length > 0).toBe(state === 'draft')
})

test('a name is one query of a person, whatever its capitals; in the trash it is free again', async () => {
  const one = await keep({ name: 'Doublons' })
  const taken = { status: 409, code: 'sql_query_name_taken' }
  expect(await marie.refused(saveSqlQuery, { body: saying({ name: ' doublons ' }) })).toMatchObject(taken)
  const other = await keep()
  expect(
    await marie.refused(updateSqlQuery, { ...of(other), body: { revision: 1, name: 'DOUBLONS' } }),
  ).toMatchObject(taken)
  await keep({ name: 'Doublons' }, paul)
  await marie.call(trashSqlQuery, of(one))
  expect(await marie.refused(trashSqlQuery, of(one))).toMatchObject({ status: 404 })
  const anew = await keep({ name: 'Doublons' })
  expect(await marie.refused(restoreSqlQuery, of(one))).toMatchObject(taken)
  await marie.call(trashSqlQuery, of(anew))
  expect(await marie.call(restoreSqlQuery, of(one))).toMatchObject({ trashedAt: null, text: one.text })
  expect(await marie.refused(restoreSqlQuery, of(one))).toMatchObject({ status: 404 })
})

test('nobody keeps more than there is room for, the trash not counted', async () => {
  await server.db.deleteFrom('sqlQueries').where('ownerId', '=', paul.staffId).execute()
  const first = await keep({}, paul)
  const [row] = await server.db.selectFrom('sqlQueries').selectAll().where('id', '=', first.id).execute()
  await server.db
    .insertInto('sqlQueries')
    .values(
      Array.from({ length: mostSavedQueries - 1 }, (_, at) => ({ ...row!, id: uuidv7(), name: `Vue ${at}` })),
    )
    .execute()
  const full = { status: 422, code: 'sql_query_limit_reached' }
  expect(await paul.refused(saveSqlQuery, { body: saying() })).toMatchObject(full)
  await paul.call(trashSqlQuery, of(first))
  await keep({}, paul)
  expect(await paul.refused(restoreSqlQuery, of(first))).toMatchObject(full)
  await server.db.deleteFrom('sqlQueries').where('ownerId', '=', paul.staffId).execute()
})

test('queries come by name as people sort them, page by page', async () => {
  for (const name of ['zones', 'Été', 'abonnés', 'Exclus']) await keep({ name }, paul)
  const seen: string[] = []
  let after: string | undefined
  do {
    const page = await paul.call(listSqlQueries, { query: { whose: 'mine', limit: 3, after } })
    expect(page.total).toBe(4)
    seen.push(...page.rows.map(({ name }) => name))
    after = page.next ?? undefined
  } while (after)
  expect(seen).toEqual(['abonnés', 'Été', 'Exclus', 'zones'])
  expect(await namesSeen(paul, { whose: 'mine', target: 'tenant' })).toEqual([])
})

test.each([
  ['no name', { name: ' ' }, 'name'],
  ['a name of 81 letters', { name: 'x'.repeat(81) }, 'name'],
  ['a name of two lines', { name: 'a\nb' }, 'name'],
  ['a description that is a letter', { description: 'x'.repeat(501) }, 'description'],
  ['no text', { text: ' \n' }, 'text'],
  ['a text of more than it keeps', { text: 'x'.repeat(longestSavedText + 1) }, 'text'],
  ['a hundred and one parameters', { parameters: Array.from({ length: 101 }, () => ({})) }, 'parameters'],
  ['a kind that is none', { parameters: [{ type: 'inet' }] }, 'parameters.0.type'],
  [
    'a day that is none',
    { parameters: [{}, { type: 'date', initial: '2026-02-30' }] },
    'parameters.1.initial',
  ],
  ['a target that is one practice', { target: uuidv7() }, 'target'],
])('%s is refused, with the field', async (_, wrong, path) => {
  const reply = await marie.send('POST', '/api/v1/sql/queries', { body: saying(wrong) })
  expect(reply.status, reply.text).toBe(400)
  expect(JSON.parse(reply.text)).toMatchObject({ error: { fields: [{ in: 'body', path }] } })
})

test('once an account is closed for long its private queries go, and what it shared stays under its name', async () => {
  const [own, shared] = [await keep({}, paul), await keep({ reach: 'everyone' }, paul)]
  const old = await keep({}, marie)
  await marie.call(trashSqlQuery, of(old))
  const soon = { trashed: new Date(Date.now() - 60_000), gone: new Date(Date.now() - 60_000) }
  const left = async () =>
    (
      await server.db
        .selectFrom('sqlQueries')
        .select('id')
        .where('id', 'in', [own.id, shared.id, old.id])
        .execute()
    ).map(({ id }) => id)
  await server.db
    .updateTable('staffMembers')
    .set({ suspendedAt: new Date() })
    .where('id', '=', paul.staffId)
    .execute()
  await forgetQueries(server.db, soon)
  expect(await left()).toHaveLength(3)
  const later = { trashed: new Date(Date.now() + 60_000), gone: new Date(Date.now() + 60_000) }
  await forgetQueries(server.db, later)
  expect(await left()).toEqual([shared.id])
  expect(await marie.call(getSqlQuery, of(shared))).toMatchObject({
    owner: { id: paul.staffId },
    mayChange: true,
  })
})
