/** What the log has of a run: on the real server, whatever a text is padded with. */
import * as sql from '#contract/sql-console'
import { expect, test } from 'vitest'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { approved, author, body } from '../../../../tests/harness/sql.ts'
import { tenancyServer } from '../../../../tests/harness/tenants.ts'

const server = await tenancyServer()
const practice = await server.openPractice('Anna Bernard')
const times = (count: number, text: string) => text.repeat(count)

const reading = 'SELECT last_name FROM clients'
const hidden = [
  ['behind blanks', `${times(200_001, ' ')}SELECT last_name FROM patients`],
  [
    'behind a harmless statement',
    `SELECT ARRAY[${times(60_000, '1,')}1] AS list; SELECT last_name FROM patients`,
  ],
  ['within comments', `SELECT /*${times(200_001, 'x')}*/ last_name FROM patients`],
] as const

test.each([
  ...hidden.map(([where, text]) => [where, text, practice.tenantId] as const),
  ...hidden.map(
    ([where, text]) => [where, text.replace('SELECT last_name FROM patients', reading), 'central'] as const,
  ),
])('%s is what was read there', { timeout: 20_000 }, async (_where, text, target) => {
  const as = await author(server)
  const asked = body(text, { target })
  const run = await as.call(sql.readSql, { body: asked })
  const entries = await entriesOf(server, { object: run.id })
  expect(entries.map(({ result }) => result)).toEqual(['intended', 'done'])
  const [intended, done] = entries.map(({ after }) => after as Record<string, unknown>)
  for (const entry of [intended, done])
    expect(entry).toMatchObject({
      text: expect.stringMatching(/last_name FROM (patients|clients)/),
      characters: text.length,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  expect(done?.digest).toBe(intended?.digest)
  const again = await as.call(sql.readSql, { body: body(`${text} `, { target }) })
  const [other] = await entriesOf(server, { object: again.id })
  expect(other?.after).not.toMatchObject({ digest: done?.digest })
})

test('what is executed is told with its parameters, its length and its digest, before and after', async () => {
  const one = await approved(server)
  await one.as.call(sql.executeSql, { params: one.params, body: { runId: one.run.id } })
  const entries = await entriesOf(server, { object: one.request.id })
  const told = entries.filter(({ verb }) => /started|executed/.test(verb))
  expect(told.length).toBe(2)
  for (const { after } of told)
    expect(after).toMatchObject({
      text: one.run.text,
      parameters: [],
      characters: one.run.text.length,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      receipt: one.request.receipt,
    })
})
