import { beforeAll, describe, expect, test } from 'vitest'
import { consoleDatabase } from '../../../../tests/harness/console.ts'
import { read } from '../statements/reading.ts'
import { usual } from './bounds.ts'
import { simulate } from './simulating.ts'

const { admin, doors } = await consoleDatabase()

beforeAll(async () => {
  await admin.query(`CREATE TABLE clients (id int PRIMARY KEY, name text NOT NULL, city text);
    CREATE TABLE invoices (id int PRIMARY KEY, client_id int NOT NULL REFERENCES clients ON DELETE CASCADE, cents int,
      euros numeric GENERATED ALWAYS AS (cents / 100.0) STORED);
    CREATE TABLE lines (id int PRIMARY KEY, invoice_id int NOT NULL REFERENCES invoices ON DELETE CASCADE);
    CREATE TABLE events (at date NOT NULL, what text) PARTITION BY RANGE (at);
    CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
    CREATE TABLE events_2027 PARTITION OF events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
    CREATE TABLE notes (id int PRIMARY KEY, body text);
    CREATE TABLE old_notes () INHERITS (notes);
    CREATE SCHEMA other;
    CREATE TABLE other.kept (id int PRIMARY KEY, client_id int REFERENCES clients ON DELETE SET NULL);
    CREATE VIEW known AS SELECT id FROM clients;
    CREATE TABLE keyless (a int);
    INSERT INTO clients SELECT i, 'Client ' || i, 'Nancy' FROM generate_series(1, 10) i;
    INSERT INTO invoices SELECT i, (i + 1) / 2, 2900 FROM generate_series(1, 20) i;
    INSERT INTO lines SELECT i, (i + 1) / 2 FROM generate_series(1, 40) i;
    INSERT INTO events SELECT date '2026-12-01' + i, 'e' FROM generate_series(0, 40) i;
    INSERT INTO notes VALUES (1, 'a'), (2, 'b'); INSERT INTO old_notes VALUES (3, 'c');
    INSERT INTO other.kept VALUES (1, 1), (2, 9);
    INSERT INTO keyless VALUES (1), (2), (3)`)
})

async function simulated(text: string, bounds = usual) {
  const found = read(text)
  if ('unreadable' in found) throw new Error(found.unreadable.reason)
  expect(found.statements.flatMap(({ refusals }) => refusals)).toEqual([])
  const report = await simulate(doors, { statements: found.statements, parameters: [] }, bounds)
  // How many there are is what is asked here; which ones, a digest says.
  for (const { effects: found } of report.statements) for (const one of Object.values(found)) delete one.which
  return report
}
const effect = (counts: object) => ({
  inserted: 0,
  updated: 0,
  deleted: 0,
  truncated: false,
  dropped: false,
  exact: true,
  ...counts,
})
const effects = async (text: string) => {
  const report = await simulated(text)
  expect(report.failure).toBeUndefined()
  expect(report.proof).toMatchObject({ status: 'aborted', unchanged: true })
  return report.statements.map((one) => one.effects)
}

describe('a script that changes the schema and rows', () => {
  test('tells rows that change in a table it has closed to everybody', async () => {
    const report = await simulated(`ALTER TABLE clients ADD COLUMN nickname text;
      UPDATE clients SET nickname = 'x' WHERE id < 4; DELETE FROM clients WHERE id = 10; INSERT INTO clients VALUES (11, 'K')`)
    expect(report.failure).toBeUndefined()
    expect(report.statements.map((one) => one.effects)).toEqual([
      {},
      { clients: effect({ updated: 3 }) },
      {
        clients: effect({ deleted: 1 }),
        invoices: effect({ deleted: 2 }),
        lines: effect({ deleted: 4 }),
      },
      { clients: effect({ inserted: 1 }) },
    ])
    expect(report.statements[1]?.changes).toContainEqual({
      table: 'clients',
      before: { id: 1, name: 'Client 1', city: 'Nancy', nickname: null },
      after: { id: 1, name: 'Client 1', city: 'Nancy', nickname: 'x' },
    })
    expect(report.schemaChanges).toEqual(['+ COLUMN clients.nickname text'])
  })

  test('tells rows that changed before it was closed, and after', async () => {
    expect(
      await effects(`UPDATE notes SET body = 'z' WHERE id = 1; ALTER TABLE notes ADD CHECK (id > 0);
        UPDATE notes SET body = 'y'; DELETE FROM notes`),
    ).toEqual([
      { notes: effect({ updated: 1 }) },
      {},
      { notes: effect({ updated: 2 }), old_notes: effect({ updated: 1 }) },
      { notes: effect({ deleted: 2 }), old_notes: effect({ deleted: 1 }) },
    ])
  })

  test('tells a table that only it knows of', async () => {
    expect(
      await effects(`CREATE TABLE copy AS SELECT * FROM clients; UPDATE copy SET city = 'Metz' WHERE id = 1;
        ALTER TABLE copy ADD PRIMARY KEY (id); DELETE FROM copy WHERE id > 5; TRUNCATE copy; DROP TABLE copy`),
    ).toEqual([
      { copy: effect({ inserted: 10 }) },
      { copy: effect({ updated: 1 }) },
      {},
      { copy: effect({ deleted: 5 }) },
      { copy: effect({ truncated: true, rowsGone: 5 }) },
      { copy: effect({ dropped: true, rowsGone: 0 }) },
    ])
  })

  test('tells a table that is written anew by the rows that hold something else', async () => {
    const report =
      await simulated(`ALTER TABLE clients ADD a uuid DEFAULT gen_random_uuid(), ALTER name TYPE varchar USING CASE WHEN id < 3 THEN 'x' ELSE name END;
      DELETE FROM clients WHERE id = 2`)
    expect(report.failure).toBeUndefined()
    expect(report.statements.map((one) => one.effects)).toEqual([
      { clients: effect({ updated: 2, rewritten: { rows: 10, bytes: expect.any(Number) } }) },
      {
        clients: effect({ deleted: 1 }),
        invoices: effect({ deleted: 2 }),
        lines: effect({ deleted: 4 }),
      },
    ])
    expect(report.statements[0]?.changes).toContainEqual({
      table: 'clients',
      before: { id: 1, name: 'Client 1', city: 'Nancy' },
      after: { id: 1, name: 'x', city: 'Nancy', a: expect.any(String) },
    })
    const rewritten = (rows: number) => ({ rewritten: { rows, bytes: 8192 } })
    expect(await effects('ALTER TABLE keyless ALTER a TYPE bigint')).toEqual([
      { keyless: effect(rewritten(3)) },
    ])
    expect(await effects('ALTER TABLE keyless ALTER a TYPE bigint USING a + 1')).toEqual([
      { keyless: effect({ updated: 3, ...rewritten(3) }) },
    ])
    expect(await effects('ALTER TABLE invoices ALTER euros SET EXPRESSION AS (cents / 10.0)')).toEqual([
      { invoices: effect({ updated: 20, rewritten: { rows: 20, bytes: expect.any(Number) } }) },
    ])
    // What PostgreSQL only notes down is written nowhere.
    expect(await effects('ALTER TABLE keyless ADD b int DEFAULT 7; TRUNCATE keyless')).toEqual([
      {},
      { keyless: effect({ truncated: true, rowsGone: 3 }) },
    ])
    expect(
      await effects('CREATE TABLE fresh AS SELECT 1 AS a; ALTER TABLE fresh ALTER a TYPE bigint'),
    ).toEqual([{ fresh: effect({ inserted: 1 }) }, {}])
  })

  test('goes by the name a table has then', async () => {
    const report = await simulated(
      "UPDATE notes SET body = 'q'; ALTER TABLE notes RENAME TO remarks; UPDATE remarks SET body = 'r'; ALTER TABLE remarks RENAME body TO said",
    )
    expect(report.failure).toBeUndefined()
    expect(report.statements.map((one) => one.effects)).toEqual([
      { notes: effect({ updated: 2 }), old_notes: effect({ updated: 1 }) },
      {},
      { remarks: effect({ updated: 2 }), old_notes: effect({ updated: 1 }) },
      {},
    ])
    expect(report.schemaChanges).toEqual(
      expect.arrayContaining(['- TABLE notes', '+ TABLE remarks', '+ COLUMN remarks.said text']),
    )
  })

  test('tells what goes with a table, and what only loses what bound it', async () => {
    const report = await simulated('DROP TABLE clients CASCADE; UPDATE invoices SET cents = 1 WHERE id < 3')
    expect(report.failure).toBeUndefined()
    expect(report.statements.map((one) => one.effects)).toEqual([
      { clients: effect({ dropped: true, rowsGone: 10 }) },
      { invoices: effect({ updated: 2 }) },
    ])
    expect(report.statements[0]?.changes.length).toBe(10)
    expect(report.schemaChanges).toEqual(
      expect.arrayContaining([
        '- TABLE clients',
        expect.stringMatching(/^- VIEW known AS/),
        '- CONSTRAINT invoices_client_id_fkey ON invoices FOREIGN KEY (client_id) REFERENCES clients(id) ON DELETE CASCADE',
      ]),
    )
  })

  test('tells each part of a table, and each heir', async () => {
    expect(await effects("UPDATE events SET at = '2027-06-01' WHERE at >= '2026-12-30'")).toEqual([
      { events_2026: effect({ deleted: 2 }), events_2027: effect({ inserted: 2, updated: 10 }) },
    ])
    expect(await effects('TRUNCATE events')).toEqual([
      {
        events_2026: effect({ truncated: true, rowsGone: 31 }),
        events_2027: effect({ truncated: true, rowsGone: 10 }),
      },
    ])
    expect(await effects('DROP TABLE events')).toEqual([
      {
        events: effect({ dropped: true }),
        events_2026: effect({ dropped: true, rowsGone: 31 }),
        events_2027: effect({ dropped: true, rowsGone: 10 }),
      },
    ])
    expect(await effects('DROP TABLE notes CASCADE')).toEqual([
      {
        notes: effect({ dropped: true, rowsGone: 2 }),
        old_notes: effect({ dropped: true, rowsGone: 1 }),
      },
    ])
  })

  test('empties what refers to it, in other schemas too, and tells them by their whole name', async () => {
    expect(await effects('DELETE FROM clients WHERE id = 1')).toEqual([
      {
        clients: effect({ deleted: 1 }),
        invoices: effect({ deleted: 2 }),
        lines: effect({ deleted: 4 }),
        'other.kept': effect({ updated: 1 }),
      },
    ])
    expect(await effects('INSERT INTO keyless VALUES (4); TRUNCATE keyless, clients CASCADE')).toEqual([
      { keyless: effect({ inserted: 1 }) },
      {
        clients: effect({ truncated: true, rowsGone: 10 }),
        invoices: effect({ truncated: true, rowsGone: 20 }),
        keyless: effect({ truncated: true, rowsGone: 4 }),
        lines: effect({ truncated: true, rowsGone: 40 }),
        'other.kept': effect({ truncated: true, rowsGone: 2 }),
      },
    ])
  })

  test('says that it does not know where a closed table is longer than what is listed', async () => {
    const report = await simulated(
      'ALTER TABLE lines ADD a int; UPDATE lines SET a = 1; UPDATE lines SET a = 2; TRUNCATE lines',
      { ...usual, listed: 30 },
    )
    expect(report.statements.map((one) => one.effects)).toEqual([
      {},
      { lines: effect({ updated: 40, exact: false, inexact: 'too_many' }) },
      { lines: effect({ updated: 40, exact: false, inexact: 'too_many' }) },
      { lines: effect({ truncated: true, rowsGone: 40 }) },
    ])
    expect(report.statements[1]?.moreChanges).toBe(40)
  })

  test('tells what changes neither a row nor a table: numbers, rights and the way a column is kept', async () => {
    await admin.query(`CREATE TABLE drawn (id int GENERATED ALWAYS AS IDENTITY, what text, size int); CREATE SEQUENCE "odd one" INCREMENT 5;
      INSERT INTO drawn (what) VALUES ('a'), ('b'); SELECT nextval('"odd one"');
      GRANT SELECT, INSERT ON drawn TO pg_read_all_data; GRANT UPDATE (what, size) ON drawn TO pg_read_all_data`)
    const changes = async (text: string) => {
      const report = await simulated(text)
      expect(report.failure).toBeUndefined()
      return report.schemaChanges
    }
    expect(await changes('ALTER SEQUENCE "odd one" RESTART WITH 77')).toEqual([
      '- SEQUENCE "odd one" NEXT 6',
      '+ SEQUENCE "odd one" NEXT 77',
    ])
    expect(await changes('ALTER TABLE drawn ALTER id RESTART WITH 9')).toEqual([
      '- SEQUENCE drawn_id_seq NEXT 3',
      '+ SEQUENCE drawn_id_seq NEXT 9',
    ])
    expect(await changes('TRUNCATE drawn RESTART IDENTITY')).toEqual([
      '- SEQUENCE drawn_id_seq NEXT 3',
      '+ SEQUENCE drawn_id_seq NEXT 1',
    ])
    // Drawing a number is not undone, and said elsewhere.
    expect(await changes("ALTER TABLE drawn ADD more int; INSERT INTO drawn (what) VALUES ('c')")).toEqual([
      '+ COLUMN drawn.more integer',
    ])
    expect(await changes('ALTER SEQUENCE "odd one" INCREMENT 3')).toEqual([
      expect.stringMatching(/^- SEQUENCE "odd one" AS bigint START 1 INCREMENT 5/),
      '- SEQUENCE "odd one" NEXT 6',
      expect.stringMatching(/^\+ SEQUENCE "odd one" AS bigint START 1 INCREMENT 3/),
      '+ SEQUENCE "odd one" NEXT 4',
    ])
    expect(await changes('ALTER TABLE drawn ALTER id SET GENERATED BY DEFAULT')).toEqual([
      '- COLUMN drawn.id integer NOT NULL GENERATED ALWAYS AS IDENTITY',
      '+ COLUMN drawn.id integer NOT NULL GENERATED BY DEFAULT AS IDENTITY',
    ])
    expect(
      await changes('ALTER TABLE drawn ALTER what SET STORAGE external, ALTER size SET STATISTICS 500'),
    ).toEqual([
      '- COLUMN drawn.what text',
      '- COLUMN drawn.size integer',
      '+ COLUMN drawn.what text STORAGE EXTERNAL',
      '+ COLUMN drawn.size integer STATISTICS 500',
    ])
    // One that is at its end keeps nobody from anything.
    await admin.query(`SELECT setval('"odd one"', 9223372036854775807)`)
    expect(await changes('ALTER TABLE drawn ADD more int')).toEqual(['+ COLUMN drawn.more integer'])
    // Whoever makes a table anew makes it for nobody.
    const anew = await changes(
      'ALTER TABLE drawn RENAME TO drawn_old; CREATE TABLE drawn AS TABLE drawn_old; DROP TABLE drawn_old',
    )
    expect(anew).toContain('- GRANT INSERT, SELECT ON drawn TO pg_read_all_data')
    expect(anew).toContain('- GRANT UPDATE (what, size) ON drawn TO pg_read_all_data')
  })

  test('counts the values that go with a column, whichever way it goes', async () => {
    await admin.query(`CREATE TYPE mood AS ENUM ('calm', 'sad'); CREATE TABLE moods (id int PRIMARY KEY, feels mood, were mood[], what text);
      CREATE TABLE more_moods () INHERITS (moods);
      INSERT INTO moods VALUES (1, 'calm', '{calm}', 'a'), (2, NULL, NULL, 'b'), (3, 'sad', NULL, NULL);
      INSERT INTO more_moods VALUES (4, 'sad', NULL, 'd')`)
    expect(await effects('ALTER TABLE moods DROP COLUMN what')).toEqual([
      {
        moods: effect({ lost: [{ column: 'what', values: 2 }] }),
        more_moods: effect({ lost: [{ column: 'what', values: 1 }] }),
      },
    ])
    expect(await effects('ALTER TABLE moods RENAME what TO said; DROP TYPE mood CASCADE')).toEqual([
      {},
      {
        moods: effect({
          lost: [
            { column: 'feels', values: 2 },
            { column: 'were', values: 1 },
          ],
        }),
        more_moods: effect({ lost: [{ column: 'feels', values: 1 }] }),
      },
    ])
    expect(await effects('UPDATE moods SET what = NULL; ALTER TABLE moods DROP what')).toEqual([
      { moods: effect({ updated: 3 }), more_moods: effect({ updated: 1 }) },
      {},
    ])
    const many = await simulated('ALTER TABLE moods DROP COLUMN what', { ...usual, listed: 2 })
    expect(many.statements[0]?.effects.moods).toEqual(effect({ lost: [{ column: 'what' }] }))
    await admin.query('DROP TABLE moods CASCADE; DROP TYPE mood')
  })

  test('keeps others waiting no longer than it may', async () => {
    expect((await simulated('ALTER TABLE clients ADD a int')).locks).toContainEqual({
      table: 'clients',
      mode: 'AccessExclusiveLock',
      blocks: 'reading',
    })
    expect((await simulated('CREATE INDEX ON clients (city)')).locks).toEqual([
      { table: 'clients', mode: 'ShareLock', blocks: 'writing' },
    ])
    expect((await simulated("UPDATE clients SET city = 'Metz'")).locks).toEqual([
      { table: 'clients', mode: 'RowExclusiveLock', blocks: 'changing' },
    ])
  })

  test('counts the pages it looked at, though what it dropped is counted no more', async () => {
    await admin.query(
      `CREATE TABLE long_one AS SELECT i, repeat('x', 100) AS what FROM generate_series(1, 5000) i`,
    )
    const report = await simulated(
      'SELECT count(*) FROM long_one; DROP TABLE long_one; SELECT count(*) FROM notes',
    )
    expect(report.failure).toBeUndefined()
    for (const { buffers } of report.statements) {
      expect(buffers.hit).toBeGreaterThanOrEqual(0)
      expect(buffers.read).toBeGreaterThanOrEqual(0)
    }
    expect(report.statements[2]?.buffers.hit).toBeGreaterThan(0)
    await admin.query('DROP TABLE long_one')
  })

  test('tells the locks that a text takes, of what it drops too, and none that is ours', async () => {
    await admin.query(`CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.parents (id int PRIMARY KEY);
      CREATE TABLE parents (id serial PRIMARY KEY, n int); CREATE TABLE heirs () INHERITS (parents);
      CREATE VIEW seen AS SELECT n FROM parents; CREATE MATERIALIZED VIEW kept_apart AS SELECT n FROM seen`)
    const locks = async (text: string) => {
      const report = await simulated(text)
      expect(report.failure).toBeUndefined()
      return Object.fromEntries(report.locks.map(({ table, mode }) => [table, mode]))
    }
    const closed = 'AccessExclusiveLock'
    expect(await locks('DROP TABLE parents CASCADE')).toEqual({
      parents: closed,
      heirs: closed,
      seen: closed,
      kept_apart: closed,
    })
    expect(await locks('ALTER TABLE ONLY parents ALTER n SET STATISTICS 10')).toEqual({
      parents: 'ShareUpdateExclusiveLock',
    })
    expect(
      await locks('ALTER TABLE ONLY parents ALTER n SET STATISTICS 10; CREATE INDEX ON heirs (n)'),
    ).toEqual({ parents: 'ShareUpdateExclusiveLock', heirs: 'ShareLock' })
    expect(await locks('CREATE TABLE fresh (id int); ALTER TABLE fresh ADD n int')).toEqual({})
    await admin.query('DROP TABLE parents CASCADE; DROP SCHEMA elsewhere CASCADE')
  })
})
