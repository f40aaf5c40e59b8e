import fc from 'fast-check'
import pg from 'pg'
import { expect, test } from 'vitest'
import { atTheEnd } from '../../../../tests/harness/at-the-end.ts'
import { testDatabase } from '../../../../tests/harness/database.ts'
import { read } from '../statements/reading.ts'
import { startingWith, usual } from './bounds.ts'
import { pillSchema } from './pill.ts'
import { simulate } from './simulating.ts'

const tablesOf = `
  CREATE TABLE parents (id int PRIMARY KEY, n int NOT NULL DEFAULT 0);
  CREATE TABLE children (id int PRIMARY KEY, parent int REFERENCES parents ON DELETE CASCADE ON UPDATE CASCADE, n int);
  CREATE TABLE told (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, what text);
  CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    BEGIN
      INSERT INTO told (what) VALUES (TG_OP || coalesce(NEW.n, 0));
      IF NEW.n % 3 = 0 THEN RAISE division_by_zero; END IF;
    EXCEPTION WHEN division_by_zero THEN UPDATE parents SET n = n + 1 WHERE id = 1; END;
    RETURN NULL; END $$;
  CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON children FOR EACH ROW EXECUTE FUNCTION tell();
  INSERT INTO parents SELECT i, i FROM generate_series(1, 8) i;
  INSERT INTO children SELECT i, (i + 1) / 2, i FROM generate_series(1, 16) i;`

const shadow = await testDatabase({ empty: true })
const real = await testDatabase({ empty: true })

async function connected(url: string, options = ''): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, options })
  client.on('error', () => {})
  await client.connect()
  return client
}
const [admin, other] = [await connected(real.adminUrl), await connected(shadow.adminUrl)]
atTheEnd(() => admin.end())
atTheEnd(() => other.end())
await admin.query(`${pillSchema} ${tablesOf}`)
await other.query(tablesOf)

const id = fc.integer({ min: 1, max: 20 })
const statement = fc.oneof(
  fc.tuple(id, id).map(([a, b]) => `UPDATE parents SET n = n + ${b} WHERE id <= ${a}`),
  id.map((a) => `DELETE FROM parents WHERE id = ${a}`),
  id.map((a) => `DELETE FROM children WHERE id % ${a} = 0`),
  fc
    .tuple(id, id)
    .map(
      ([a, b]) =>
        `INSERT INTO children VALUES (${a + 20}, (SELECT max(id) FROM parents WHERE id <= ${b}), ${b}) ON CONFLICT (id) DO UPDATE SET n = excluded.n`,
    ),
  fc
    .tuple(id, id)
    .map(([a, b]) =>
      `MERGE INTO parents p USING (VALUES (${a}), (${b + 20})) AS v (id) ON p.id = v.id WHEN MATCHED THEN UPDATE SET n = -1 WHEN NOT MATCHED THEN INSERT VALUES (v.id, 0)`.replace(
        `(${a}), (${b + 20})`,
        a === b + 20 ? `(${a})` : `(${a}), (${b + 20})`,
      ),
    ),
  fc
    .tuple(id, id)
    .map(
      ([a, b]) =>
        `WITH gone AS (DELETE FROM children WHERE parent = ${a} RETURNING n) UPDATE parents SET n = n + (SELECT count(*) FROM gone) WHERE id = ${b}`,
    ),
  fc.constant('SELECT id FROM parents FOR UPDATE'),
  id.map((a) => `UPDATE parents SET id = id + 1000 WHERE id = ${a}`),
)

type Table = Map<string, string>
async function content(client: pg.Client, table: string): Promise<Table> {
  const { rows } = await client.query<[string, string]>({
    text: `SELECT id::text, ctid::text || xmin::text FROM ${table}`,
    rowMode: 'array',
  })
  return new Map(rows)
}

const names = ['parents', 'children', 'told']
async function contents(): Promise<Table[]> {
  const found: Table[] = []
  for (const name of names) found.push(await content(other, name))
  return found
}

test('what is told is what happens where the same script really runs', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(statement, { minLength: 1, maxLength: 4 }), async (texts) => {
      const found = read(texts.join(';'))
      if ('unreadable' in found) throw new Error('unreadable')
      const report = await simulate(
        {
          inside: (bounds) => connected(real.adminUrl, startingWith(bounds)),
          beside: () => connected(real.adminUrl),
        },
        { statements: found.statements, parameters: [] },
        usual,
      )
      await other.query('BEGIN')
      try {
        for (const [index, text] of texts.entries()) {
          const before = await contents()
          const ran = await other.query(text).catch(() => undefined)
          if (!ran) {
            expect(report.failure?.statement).toBe(index)
            return
          }
          const after = await contents()
          // A key that moved is a change; PostgreSQL says of how many rows the statement itself was.
          const moved = /SET id = id/.test(text) ? (ran.rowCount ?? 0) : 0
          const expected = names.flatMap((name, at) => {
            const [was, is] = [before[at] ?? new Map(), after[at] ?? new Map()] as [Table, Table]
            const shift = name === 'parents' ? moved : 0
            const effect = {
              inserted: [...is.keys()].filter((key) => !was.has(key)).length - shift,
              updated: [...is].filter(([key, row]) => was.has(key) && was.get(key) !== row).length + shift,
              deleted: [...was.keys()].filter((key) => !is.has(key)).length - shift,
            }
            return effect.inserted + effect.updated + effect.deleted ? [[name, effect] as const] : []
          })
          const told = Object.entries(report.statements[index]?.effects ?? {}).map(
            ([name, { inserted, updated, deleted }]) => [name, { inserted, updated, deleted }],
          )
          expect(Object.fromEntries(told), `${texts.join(';\n')} ${JSON.stringify(report.failure)}`).toEqual(
            Object.fromEntries(expected),
          )
        }
        expect(report.status).toBe('simulated')
      } finally {
        await other.query('ROLLBACK')
      }
    }),
    { numRuns: process.env.TEST_LONG ? 1_000 : 25 },
  )
})
