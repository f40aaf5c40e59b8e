import { beforeAll, describe, expect, test } from 'vitest'
import { consoleDatabase } from '../../../../tests/harness/console.ts'
import { read } from '../statements/reading.ts'
import { usual } from './bounds.ts'
import { simulate } from './simulating.ts'

const { admin, connected, doors } = await consoleDatabase()

beforeAll(async () => {
  await admin.query(`CREATE TABLE clients (id int PRIMARY KEY, name text NOT NULL, visits int NOT NULL DEFAULT 0);
    CREATE TABLE visits (id int PRIMARY KEY, client_id int NOT NULL REFERENCES clients);
    CREATE TABLE counted (id int PRIMARY KEY, n int NOT NULL);
    CREATE FUNCTION counts() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      BEGIN PERFORM FROM counted WHERE id = 1 FOR SHARE; EXCEPTION WHEN division_by_zero THEN NULL; END;
      UPDATE counted SET n = n + 1 WHERE id = 1;
      RETURN NULL; END $$;
    CREATE TRIGGER counts AFTER UPDATE ON clients FOR EACH STATEMENT EXECUTE FUNCTION counts();
    INSERT INTO clients SELECT i, 'Client ' || i FROM generate_series(1, 10) i;
    INSERT INTO counted VALUES (1, 0)`)
})

async function simulated(text: string) {
  const found = read(text)
  if ('unreadable' in found) throw new Error(found.unreadable.reason)
  const report = await simulate(doors, { statements: found.statements, parameters: [] }, usual)
  // How many there are is what is asked here; which ones, a digest says.
  for (const { effects: found } of report.statements) for (const one of Object.values(found)) delete one.which
  return report
}

/** Somebody else who has begun and not ended. */
async function meanwhile<T>(text: string, work: () => Promise<T>): Promise<T> {
  const other = await connected()
  try {
    await other.query(`BEGIN; ${text}`)
    return await work()
  } finally {
    await other.query('ROLLBACK')
    await other.end()
  }
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

describe('a row whose lock several share', () => {
  test('is changed where another one holds its key', async () => {
    const report = await meanwhile('INSERT INTO visits VALUES (1, 3), (2, 4)', () =>
      simulated("UPDATE clients SET name = 'x' WHERE id IN (3, 4, 5)"),
    )
    expect(report.statements[0]?.effects).toEqual({
      clients: effect({ updated: 3 }),
      counted: effect({ updated: 1 }),
    })
    expect(report.statements[0]?.changes).toContainEqual({
      table: 'clients',
      before: { id: 3, name: 'Client 3', visits: 0 },
      after: { id: 3, name: 'x', visits: 0 },
    })
  })

  test('is changed where a part of the statement had locked it before', async () => {
    const { statements } = await simulated("UPDATE clients SET name = 'y' WHERE id = 1")
    expect(statements[0]?.effects.counted).toEqual(effect({ updated: 1 }))
  })

  test('has not changed where we and another one only lock it', async () => {
    const { statements } = await meanwhile('SELECT FROM clients WHERE id < 4 FOR KEY SHARE', () =>
      simulated("SELECT id FROM clients FOR SHARE; UPDATE clients SET name = 'z' WHERE id = 9"),
    )
    expect(statements.map(({ effects }) => effects.clients)).toEqual([undefined, effect({ updated: 1 })])
  })

  test('goes where it is deleted, and comes where it is a new one', async () => {
    const { statements } = await meanwhile('SELECT FROM clients WHERE id = 7 FOR KEY SHARE', () =>
      simulated(`SELECT id FROM clients WHERE id = 8 FOR UPDATE; DELETE FROM clients WHERE id = 8;
        UPDATE clients SET visits = 1 WHERE id = 7; INSERT INTO clients VALUES (70, 'new')`),
    )
    expect(statements.map(({ effects }) => effects.clients)).toEqual([
      undefined,
      effect({ deleted: 1 }),
      effect({ updated: 1 }),
      effect({ inserted: 1 }),
    ])
  })

  test('that another one changes and keeps meanwhile is not told as ours', async () => {
    const busy = await connected()
    // Two that both share a row and then change it would wait for each other.
    await busy.query('SET session_replication_role = replica')
    let stopped = false
    let rounds = 0
    const working = (async () => {
      for (; !stopped; rounds++) {
        await busy.query(`UPDATE clients SET visits = visits + 1 WHERE id = 10; SELECT FROM clients WHERE id < 9 FOR KEY SHARE;
          DELETE FROM visits; INSERT INTO visits VALUES (9, 9)`)
      }
    })()
    for (let turn = 0; turn < 10; turn++) {
      const report = await simulated("UPDATE clients SET name = name || '!' WHERE id <= 5")
      expect(report.failure).toBeUndefined()
      expect(report.statements[0]?.effects).toEqual({
        clients: effect({ updated: 5 }),
        counted: effect({ updated: 1 }),
      })
    }
    stopped = true
    await working
    await busy.end()
    expect(rounds).toBeGreaterThan(10)
  })
})
