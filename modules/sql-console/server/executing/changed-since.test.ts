/** A way back that is refused says of which rows, and in which columns, without a word that is masked. */
import * as sql from '#contract/sql-console'
import pg from 'pg'
import { beforeEach, expect, test } from 'vitest'
import { uuidv7 } from '#platform/server/ids.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { executed } from '../../../../tests/harness/sql.ts'

const server = await testServer()

async function asAdmin(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.database.adminUrl })
  await client.connect()
  await client.query(text).finally(() => client.end())
}
beforeEach(() =>
  asAdmin(`DELETE FROM sql_runs WHERE status = 'running'; DELETE FROM ticket_tags; DELETE FROM support_tags;
    DELETE FROM clients WHERE email LIKE '%@since.example'`),
)

/** Executed, changed by somebody else, and the way back tried. */
async function triedBack(text: string, meanwhile: string) {
  const { as, params, done } = await executed(server, text)
  expect(done.request.state).toBe('executed')
  await asAdmin(meanwhile)
  return as.call(sql.simulateSqlUndo, { params, body: { id: uuidv7() } })
}

const idOf = async (email: string) => {
  const { id } = await server.db
    .selectFrom('clients')
    .where('email', '=', email)
    .select('id')
    .executeTakeFirstOrThrow()
  return id
}

test('of a table with masked columns, rows are named by their key, and columns by their names', async () => {
  await asAdmin(`INSERT INTO clients (kind, first_name, last_name, email, city, status) VALUES
    ('practitioner', 'Ana', 'Roux', 'ana@since.example', 'Lyon', 'active'),
    ('practitioner', 'Bea', 'Petit', 'bea@since.example', 'Lille', 'active')`)
  const back = await triedBack(
    `UPDATE clients SET city = 'Metz', status = 'excluded' WHERE email LIKE '%@since.example'`,
    `UPDATE clients SET city = 'Montreuil-Bellay', status = 'active' WHERE email = 'ana@since.example'`,
  )
  expect(back).toMatchObject({ status: 'failed', code: 'changed_since' })
  const id = await idOf('ana@since.example')
  expect(back.report?.since).toMatchObject({
    rows: [
      {
        table: 'clients',
        before: { id, city: '•••', status: 'excluded' },
        after: { id, city: '•••', status: 'active' },
        masked: { city: 'identity' },
      },
    ],
    more: 0,
    others: [],
  })
  expect(back.report?.since?.rows[0]?.changed).toEqual(expect.arrayContaining(['city', 'status']))
  expect(JSON.stringify(back)).not.toContain('Montreuil-Bellay')
  expect(JSON.stringify(back)).not.toContain('Ana')
})

test('rows that are gone, or there again, are told as that', async () => {
  const [here, gone, again] = [uuidv7(), uuidv7(), uuidv7()]
  await asAdmin(
    `INSERT INTO support_tags (id, name) VALUES ('${here}', 'reste'), ('${gone}', 'part'), ('${again}', 'revient')`,
  )
  const back = await triedBack(
    `UPDATE support_tags SET name = name || ' (2)' WHERE id <> '${again}'; DELETE FROM support_tags WHERE id = '${again}'`,
    `DELETE FROM support_tags WHERE id = '${gone}'; INSERT INTO support_tags (id, name) VALUES ('${again}', 'autre')`,
  )
  expect(back.status).toBe('failed')
  expect(back.report?.since?.rows).toHaveLength(2)
  expect(back.report?.since?.rows).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ before: { id: gone }, after: null }),
      expect.objectContaining({ before: null, after: { id: again } }),
    ]),
  )
})

test('rows that came since and would go along are counted by their table', async () => {
  await asAdmin(`CREATE TABLE remarks_on_tags (id int PRIMARY KEY, tag uuid REFERENCES support_tags ON DELETE CASCADE);
    GRANT SELECT ON remarks_on_tags TO mgp_console`)
  const id = uuidv7()
  const back = await triedBack(
    `INSERT INTO support_tags (id, name) VALUES ('${id}', 'neuve')`,
    `INSERT INTO remarks_on_tags VALUES (1, '${id}'), (2, '${id}')`,
  ).finally(() => asAdmin('DROP TABLE remarks_on_tags'))
  expect(back.report?.since).toEqual({ rows: [], more: 0, others: [{ table: 'remarks_on_tags', rows: 2 }] })
})

test('of what is as it was left nothing is told', async () => {
  await asAdmin(`INSERT INTO support_tags (name) VALUES ('reste')`)
  const back = await triedBack(`UPDATE support_tags SET name = name || ' (2)'`, 'SELECT')
  expect(back.status).toBe('simulated')
  expect(back.report?.since).toBeUndefined()
})
