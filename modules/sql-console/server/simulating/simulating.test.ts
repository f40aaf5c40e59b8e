import { beforeAll, describe, expect, test } from 'vitest'
import { consoleDatabase } from '../../../../tests/harness/console.ts'
import { read } from '../statements/reading.ts'
import { usual } from './bounds.ts'
import { simulate } from './simulating.ts'

const { admin, connected, doors } = await consoleDatabase()

beforeAll(async () => {
  await admin.query(`CREATE TABLE clients (id int PRIMARY KEY, name text NOT NULL, city text);
    CREATE TABLE invoices (id int PRIMARY KEY, client_id int NOT NULL REFERENCES clients ON DELETE CASCADE ON UPDATE CASCADE, cents int);
    CREATE TABLE journal (at timestamptz DEFAULT now(), what text);
    CREATE TABLE numbered (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text UNIQUE DEFERRABLE INITIALLY DEFERRED);
    CREATE FUNCTION told() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      BEGIN INSERT INTO journal (what) VALUES (TG_OP); EXCEPTION WHEN division_by_zero THEN NULL; END;
      BEGIN INSERT INTO journal (what) VALUES ('undone'); PERFORM 1 / 0; EXCEPTION WHEN division_by_zero THEN NULL; END;
      RETURN NULL; END $$;
    CREATE TRIGGER told AFTER INSERT OR UPDATE OR DELETE ON invoices FOR EACH ROW EXECUTE FUNCTION told();
    INSERT INTO clients SELECT i, 'Client ' || i, 'Nancy' FROM generate_series(1, 10) i;
    INSERT INTO invoices SELECT i, (i + 1) / 2, 2900 FROM generate_series(1, 20) i;
    DELETE FROM journal;`)
})

async function simulated(text: string, parameters: unknown[] = [], bounds = usual) {
  const found = read(text)
  if ('unreadable' in found) throw new Error(found.unreadable.reason)
  const report = await simulate(doors, { statements: found.statements, parameters }, bounds)
  // How many there are is what is asked here; which ones, a digest says.
  for (const { effects } of report.statements) for (const one of Object.values(effects)) delete one.which
  return report
}
const told = (effect: object) => ({
  inserted: 0,
  updated: 0,
  deleted: 0,
  truncated: false,
  dropped: false,
  exact: true,
  ...effect,
})

describe('what a statement would do', () => {
  test('an update is told row by row, and nothing of it stays', async () => {
    const report = await simulated("UPDATE clients SET city = 'Metz' WHERE id = $1 RETURNING id, city", ['3'])
    expect(report).toMatchObject({
      status: 'simulated',
      proof: { status: 'aborted', unchanged: true },
      statements: [
        {
          rowCount: 1,
          rows: [['3', 'Metz']],
          effects: { clients: told({ updated: 1 }) },
          changes: [
            {
              table: 'clients',
              before: { id: 3, name: 'Client 3', city: 'Nancy' },
              after: { id: 3, name: 'Client 3', city: 'Metz' },
            },
          ],
        },
      ],
    })
    expect((await admin.query('SELECT FROM clients WHERE city <> $1', ['Nancy'])).rowCount).toBe(0)
  })

  test('a deletion tells what goes with it, and what triggers write, without what they undid', async () => {
    const { statements } = await simulated('DELETE FROM clients WHERE id <= 2')
    expect(statements[0]?.effects).toEqual({
      clients: told({ deleted: 2 }),
      invoices: told({ deleted: 4 }),
      journal: told({ inserted: 4 }),
    })
  })

  test('a key that changes is a change, and those who refer to it change with it', async () => {
    const { statements } = await simulated('UPDATE clients SET id = 100 WHERE id = 1')
    expect(statements[0]?.effects).toEqual({
      clients: told({ updated: 1 }),
      invoices: told({ updated: 2 }),
      journal: told({ inserted: 2 }),
    })
  })

  test('a script is told statement by statement', async () => {
    const { statements } = await simulated(
      `INSERT INTO clients VALUES (11, 'Zoé'); UPDATE clients SET name = 'Zoë' WHERE id = 11;
       DELETE FROM clients WHERE id IN (10, 11); SELECT count(*) FROM clients`,
    )
    expect(statements.map(({ effects, rowCount }) => [effects.clients, rowCount])).toEqual([
      [told({ inserted: 1 }), 1],
      [told({ updated: 1 }), 1],
      [told({ deleted: 2 }), 2],
      [undefined, 1],
    ])
    expect(statements[1]?.changes).toEqual([
      {
        table: 'clients',
        before: { id: 11, name: 'Zoé', city: null },
        after: { id: 11, name: 'Zoë', city: null },
      },
    ])
    expect(statements[2]?.changes).toContainEqual({
      table: 'clients',
      before: { id: 11, name: 'Zoë', city: null },
      after: null,
    })
    expect(statements[3]?.rows).toEqual([['9']])
  })

  test('rows that are only locked have not changed', async () => {
    const { statements } = await simulated(
      'SELECT id FROM clients FOR UPDATE; INSERT INTO invoices VALUES (21, 1, 0)',
    )
    expect(statements.map(({ effects }) => Object.keys(effects))).toEqual([[], ['invoices', 'journal']])
  })

  test('a table that is emptied or dropped is told, with how many rows it had', async () => {
    const truncated = await simulated('TRUNCATE clients CASCADE')
    expect(truncated.statements[0]?.effects).toEqual({
      clients: told({ truncated: true, rowsGone: 10 }),
      invoices: told({ truncated: true, rowsGone: 20 }),
    })
    const dropped = await simulated('DROP TABLE invoices')
    expect(dropped.statements[0]?.effects).toEqual({ invoices: told({ dropped: true, rowsGone: 20 }) })
    expect((await admin.query('SELECT FROM invoices')).rowCount).toBe(20)
  })

  test('a constraint that waits for the end speaks before the report', async () => {
    const report = await simulated("INSERT INTO numbered (name) VALUES ('a'), ('a')")
    expect(report).toMatchObject({
      status: 'failed',
      failure: { statement: null, code: '23505' },
      proof: { status: 'aborted' },
      residue: { sequences: [{ name: 'numbered_id_seq', from: null, to: '2' }] },
    })
  })

  test('a sequence that somebody else is about to drop holds up nobody', async () => {
    await admin.query('CREATE SEQUENCE leaving')
    const other = await connected()
    await other.query('BEGIN; DROP SEQUENCE leaving')
    const report = await simulated("INSERT INTO numbered (name) VALUES ('c'); CREATE TABLE rooms (id int)")
    await other.query('ROLLBACK').finally(() => other.end())
    await admin.query('DROP SEQUENCE leaving')
    expect(report).toMatchObject({
      status: 'simulated',
      schemaChanges: ['+ TABLE rooms', '+ COLUMN rooms.id integer'],
    })
    expect(report.residue.sequences).toEqual([
      { name: 'numbered_id_seq', from: expect.any(String), to: expect.any(String) },
      { name: 'leaving', from: null, to: null },
    ])
  })

  test('a mistake is told at its place in the whole text', async () => {
    const text = "SELECT 'é😀'; SELECT nothing FROM clients"
    const { failure } = await simulated(text)
    expect(failure).toMatchObject({ statement: 1, code: '42703' })
    expect(text.slice(failure?.at)).toBe('nothing FROM clients')
  })
})

describe('what cannot get out', () => {
  test.each(['COMMIT', 'COMMIT AND CHAIN', "PREPARE TRANSACTION 'x'"])(
    'even past the parser, %s is refused by the server',
    async (text) => {
      const found = read('UPDATE clients SET city = $$Metz$$; SELECT 1')
      if ('unreadable' in found) throw new Error('unreadable')
      const [change, harmless] = found.statements
      // As if the parser had taken it for something else.
      const statements = [change!, { ...harmless!, text }]
      const report = await simulate(doors, { statements, parameters: [] })
      expect(report.status).toBe('failed')
      expect(report.proof.status).toBe('aborted')
      expect((await admin.query('SELECT FROM clients WHERE city <> $1', ['Nancy'])).rowCount).toBe(0)
    },
  )

  test('whoever waits for it waits half a second', async () => {
    const other = await connected()
    const waiting = (async () => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      const { rows } = await other.query<{ count: number }>('SELECT count(*)::int AS count FROM clients')
      return rows[0]?.count
    })()
    const report = await simulated(
      'DROP TABLE invoices; DROP TABLE clients; SELECT count(*) FROM generate_series(1, 200000000)',
    )
    expect(report.failure?.code).toBe('others_wait')
    expect(await waiting).toBe(10)
    await other.end()
  })

  test('what takes too long, and what never ends, is ended', async () => {
    const report = await simulated(
      'WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n',
      [],
      {
        ...usual,
        statement: 300,
      },
    )
    expect(report).toMatchObject({
      status: 'failed',
      failure: { code: '57014' },
      proof: { status: 'aborted' },
    })
  })

  test('a result without end is cut, and says so', async () => {
    const report = await simulated("SELECT repeat('x', 100000) FROM generate_series(1, 100000)")
    expect(report.statements[0]?.rowCount).toBeNull()
    expect(report.statements[0]?.rows.length).toBeLessThan(100)
  })
})
