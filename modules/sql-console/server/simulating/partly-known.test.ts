import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { atTheEnd } from '../../../../tests/harness/at-the-end.ts'
import { testDatabase } from '../../../../tests/harness/database.ts'
import { read } from '../statements/reading.ts'
import { startingWith, usual } from './bounds.ts'
import { pillSchema } from './pill.ts'
import { simulate } from './simulating.ts'

const { adminUrl } = await testDatabase({ empty: true })
const role = `partly_${new URL(adminUrl).pathname.slice(-8)}`

async function connected(url: string, options = ''): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, options })
  client.on('error', () => {})
  await client.connect()
  return client
}
const admin = await connected(adminUrl)
const loginUrl = new URL(adminUrl)
;[loginUrl.username, loginUrl.password] = [role, 'known']
atTheEnd(async () => {
  await admin.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
  await admin.end()
})

beforeAll(async () => {
  await admin.query(`${pillSchema}
    CREATE ROLE ${role} LOGIN PASSWORD 'known';
    CREATE TABLE clients (id int PRIMARY KEY, name text, secret text);
    CREATE TABLE notes (id int PRIMARY KEY, client_id int REFERENCES clients ON DELETE CASCADE, body text);
    CREATE TABLE sealed (id int PRIMARY KEY, client_id int REFERENCES clients ON DELETE CASCADE);
    CREATE TABLE guarded (id int PRIMARY KEY, client_id int REFERENCES clients ON DELETE CASCADE, visible bool);
    CREATE TABLE keyless (a int, b int);
    CREATE TABLE numbered (id int GENERATED ALWAYS AS IDENTITY, what text);
    CREATE TABLE keyed_apart (a int, b int, c int, PRIMARY KEY (a, b));
    CREATE SCHEMA other;
    CREATE TABLE other.unseen (id int PRIMARY KEY, client_id int REFERENCES clients ON DELETE CASCADE);
    CREATE TABLE papers (id int PRIMARY KEY, client_id int);
    CREATE FUNCTION keeps() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN PERFORM lo_from_bytea(0, 'x'); RETURN NULL; END $$;
    CREATE TRIGGER keeps AFTER INSERT ON papers FOR EACH ROW EXECUTE FUNCTION keeps();
    ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
    CREATE POLICY seen ON guarded USING (visible);
    GRANT INSERT ON console_pill TO ${role};
    GRANT SELECT (id, name, ctid, xmin, xmax), UPDATE (name), DELETE ON clients TO ${role};
    GRANT SELECT (id, body) ON notes TO ${role};
    GRANT SELECT ON guarded TO ${role}; GRANT UPDATE ON guarded TO ${role};
    GRANT ALL ON keyless, papers TO ${role};
    GRANT INSERT, SELECT ON numbered TO ${role};
    GRANT SELECT (a, c, ctid, xmin, xmax), UPDATE ON keyed_apart TO ${role};
    INSERT INTO clients SELECT i, 'Client ' || i, 's' FROM generate_series(1, 5) i;
    INSERT INTO notes SELECT i, (i + 1) / 2, 'b' FROM generate_series(1, 10) i;
    INSERT INTO sealed SELECT i, (i + 1) / 2 FROM generate_series(1, 10) i;
    INSERT INTO guarded SELECT i, (i + 1) / 2, i % 2 = 0 FROM generate_series(1, 10) i;
    INSERT INTO keyless SELECT i, i FROM generate_series(1, 5) i;
    INSERT INTO keyed_apart SELECT 1, i, 0 FROM generate_series(1, 5) i;
    INSERT INTO other.unseen VALUES (1, 1)`)
})

async function simulated(text: string) {
  const found = read(text)
  if ('unreadable' in found) throw new Error(found.unreadable.reason)
  const report = await simulate(
    {
      inside: (bounds) => connected(loginUrl.toString(), startingWith(bounds)),
      beside: () => connected(loginUrl.toString()),
    },
    { statements: found.statements, parameters: [] },
    usual,
  )
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

describe('what the login may not see whole', () => {
  test('is told as PostgreSQL counted it, with why, and nothing of what it may not read', async () => {
    const report = await simulated('DELETE FROM clients WHERE id = 1')
    expect(report.failure).toBeUndefined()
    const unreadable = { exact: false, inexact: 'unreadable' }
    expect(report.statements[0]?.effects).toEqual({
      clients: effect({ deleted: 1 }),
      notes: effect({ deleted: 2, ...unreadable }),
      sealed: effect({ deleted: 2, ...unreadable }),
      'other.unseen': effect({ deleted: 1, ...unreadable }),
      guarded: effect({ deleted: 1, exact: false, inexact: 'hidden_rows' }),
    })
    expect(report.statements[0]?.changes).toEqual([
      { table: 'clients', before: { id: 1, name: 'Client 1' }, after: null },
      { table: 'guarded', before: { id: 2, client_id: 1, visible: true }, after: null },
    ])
  })

  test('is exact where all that counts may be read', async () => {
    const report = await simulated("UPDATE clients SET name = 'x'")
    expect(report.statements[0]?.effects).toEqual({ clients: effect({ updated: 5 }) })
  })

  test('is paired by no key where a part of it is hidden, and by count where the count is plain', async () => {
    const report = await simulated('UPDATE keyed_apart SET c = 1')
    expect(report.statements[0]?.effects).toEqual({ keyed_apart: effect({ updated: 5 }) })
  })
})

test('of a table without a key it is not said how many are the same, where rows came and went twice', async () => {
  const report = await simulated(
    'WITH gone AS (DELETE FROM keyless WHERE a < 3 RETURNING a, b) INSERT INTO keyless SELECT a, b FROM gone; UPDATE keyless SET b = b + 1; UPDATE keyless SET b = 0 WHERE a > 3',
  )
  expect(report.statements.map(({ effects }) => effects.keyless)).toEqual([
    effect({ inserted: 2, deleted: 2 }),
    effect({ updated: 5 }),
    effect({ updated: 2 }),
  ])
})

test('a sequence that may not be read is said to have moved, perhaps', async () => {
  const report = await simulated("INSERT INTO numbered (what) VALUES ('a')")
  expect(report.failure).toBeUndefined()
  expect(report.residue.sequences).toEqual([{ name: 'numbered_id_seq', from: null, to: null }])
  expect((await simulated('SELECT 1')).residue.sequences).toEqual([])
})

test('a large object that a trigger makes is told', async () => {
  const report = await simulated('INSERT INTO papers VALUES (1, 1)')
  expect(report.failure).toBeUndefined()
  expect(Object.keys(report.statements[0]?.effects ?? {})).toEqual(
    expect.arrayContaining(['papers', 'pg_largeobject_metadata']),
  )
})
