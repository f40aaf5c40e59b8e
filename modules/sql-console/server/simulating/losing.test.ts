import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { atTheEnd } from '../../../../tests/harness/at-the-end.ts'
import { testDatabase } from '../../../../tests/harness/database.ts'
import { read } from '../statements/reading.ts'
import { startingWith, usual, type Bounds } from './bounds.ts'
import { pillSchema } from './pill.ts'
import { simulate, type Doors } from './simulating.ts'

const { adminUrl } = await testDatabase({ empty: true })
const login = 'simulates'

async function connected(options = '', name = login): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: adminUrl, options, application_name: name })
  await client.connect()
  return client
}
const admin = await connected('', 'looks')
atTheEnd(() => admin.end())

beforeAll(async () => {
  await admin.query(`${pillSchema} CREATE TABLE clients (id int PRIMARY KEY, name text);
    INSERT INTO clients SELECT i, 'Client ' || i FROM generate_series(1, 10) i`)
})

const usually: Doors = {
  inside: (bounds: Bounds) => connected(startingWith(bounds)),
  beside: () => connected(),
}
const forever = "UPDATE clients SET name = 'x'; SELECT count(*) FROM generate_series(1, 2000000000)"

function simulated(text: string, doors = usually, bounds = usual, signal?: AbortSignal) {
  const found = read(text)
  if ('unreadable' in found) throw new Error(found.unreadable.reason)
  return simulate(doors, { statements: found.statements, parameters: [] }, bounds, signal)
}

/** Of those that simulate. */
async function stillThere(): Promise<number> {
  const { rows } = await admin.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM pg_stat_activity WHERE application_name = $1',
    [login],
  )
  return rows[0]?.count ?? -1
}
const nobodyIsLeft = () => expect.poll(stillThere, { timeout: 3_000 }).toBe(0)

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20))
}
const runs = async (many = '2000000000') => {
  const { rowCount } = await admin.query(
    "SELECT FROM pg_stat_activity WHERE application_name = $1 AND query LIKE '%generate_series(1, ' || $2 || ')' AND state = 'active'",
    [login, many],
  )
  return rowCount === 1
}

/** Counted as they are asked for: inside, beside, then who watches. */
function doorsWith(change: { beside?: (turn: number) => Promise<pg.Client> }): Doors {
  let turn = 0
  return { ...usually, beside: () => (change.beside ?? usually.beside)(++turn) }
}

describe('a connection that does not come', () => {
  test('leaves the other one closed, whichever it is', async () => {
    await expect(
      simulated('SELECT 1', doorsWith({ beside: () => Promise.reject(new Error('no way')) })),
    ).rejects.toThrow('no way')
    await expect(
      simulated('SELECT 1', { ...usually, inside: () => Promise.reject(new Error('nor here')) }),
    ).rejects.toThrow('nor here')
    await nobodyIsLeft()
  })

  test('in time is not waited for, and is closed when it comes later', async () => {
    const late = doorsWith({
      beside: async () => {
        await new Promise((resolve) => setTimeout(resolve, 400))
        return connected()
      },
    })
    await expect(simulated('SELECT 1', late, { ...usual, answer: 100 })).rejects.toThrow('no answer in time')
    await new Promise((resolve) => setTimeout(resolve, 500))
    await nobodyIsLeft()
  })

  test('to watch ends what cannot be watched', async () => {
    const unwatched = doorsWith({
      beside: (turn) => (turn === 2 ? Promise.reject(new Error('no more')) : connected()),
    })
    const began = performance.now()
    const report = await simulated(forever, unwatched)
    expect(report).toMatchObject({
      status: 'failed',
      failure: { code: 'unwatched', statement: 1 },
      proof: { status: 'aborted', unchanged: true },
    })
    expect(performance.now() - began).toBeLessThan(2_000)
    await nobodyIsLeft()
  })
})

describe('a connection that is lost', () => {
  const ending = (which: string) =>
    admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND ${which}`,
      [login],
    )

  test('inside ends the simulation, and the rollback is proven', async () => {
    const running = simulated(forever)
    await until(() => runs())
    await ending("state = 'active'")
    expect(await running).toMatchObject({
      status: 'failed',
      failure: { statement: 1 },
      proof: { status: 'aborted', unchanged: true },
      statements: [{ effects: { clients: { updated: 10 } } }],
    })
    await nobodyIsLeft()
  })

  test('beside or above ends it too, whoever it is that is lost', async () => {
    const running = simulated(forever)
    await until(async () => (await runs()) && (await stillThere()) === 3)
    await ending("state = 'idle'")
    expect(await running).toMatchObject({
      status: 'failed',
      failure: { code: 'unwatched' },
      proof: { status: 'aborted', unchanged: true },
    })
    await nobodyIsLeft()
  })

  test('beside alone is asked for anew when the rollback is to be proven', async () => {
    let beside: pg.Client | undefined
    const running = simulated(
      "UPDATE clients SET name = 'y'; SELECT count(*) FROM generate_series(1, 4000000); UPDATE clients SET name = 'z'",
      doorsWith({
        beside: async (turn) => {
          const client = await connected()
          if (turn === 1) beside = client
          return client
        },
      }),
    )
    await until(() => runs('4000000'))
    beside?.connection.stream.destroy()
    expect(await running).toMatchObject({
      status: 'failed',
      failure: { code: 'connection' },
      proof: { status: 'aborted', unchanged: true },
    })
    await nobodyIsLeft()
  })

  test('and nobody else to ask: what became of it is unknown, and never said', async () => {
    let beside: pg.Client | undefined
    let isLost = false
    const running = simulated(
      "UPDATE clients SET name = 'y'; SELECT count(*) FROM generate_series(1, 4000000); UPDATE clients SET name = 'z'",
      doorsWith({
        beside: async (turn) => {
          if (isLost) throw new Error('nobody')
          const client = await connected()
          if (turn === 1) beside = client
          return client
        },
      }),
    )
    await until(() => runs('4000000'))
    isLost = true
    beside?.connection.stream.destroy()
    expect(await running).toMatchObject({ status: 'failed', proof: { status: 'unknown', unchanged: false } })
    await nobodyIsLeft()
  })
})

test('whoever called it off waits no longer', async () => {
  const calledOff = new AbortController()
  const running = simulated(forever, usually, usual, calledOff.signal)
  await until(() => runs())
  calledOff.abort()
  expect(await running).toMatchObject({
    status: 'failed',
    failure: { code: 'cancelled', statement: 1 },
    proof: { status: 'aborted' },
  })
  await nobodyIsLeft()
})

test('all together take no longer than they may, whatever settings say', async () => {
  const found = read(
    "SELECT set_config('statement_timeout', '0', false), set_config('transaction_timeout', '0', false); SELECT 1",
  )
  if ('unreadable' in found) throw new Error('unreadable')
  const [lifts, one] = found.statements
  // As if nobody had looked at it.
  const statements = [
    { ...lifts!, called: [] },
    { ...one!, text: 'SELECT count(*) FROM generate_series(1, 2000000000)' },
  ]
  const report = await simulate(usually, { statements, parameters: [] }, { ...usual, transaction: 1_000 })
  expect(report).toMatchObject({
    status: 'failed',
    failure: { code: 'too_long' },
    proof: { status: 'aborted' },
  })
  await nobodyIsLeft()
})

test('what is typed cannot leave the transaction: nothing runs outside of it', async () => {
  const found = read('SELECT 1; DELETE FROM clients; SELECT 2')
  if ('unreadable' in found) throw new Error('unreadable')
  const [first, ...rest] = found.statements
  for (const text of ['ROLLBACK', 'COMMIT', 'ROLLBACK AND CHAIN', 'END', 'ABORT']) {
    const report = await simulate(
      usually,
      { statements: [{ ...first!, text }, ...rest], parameters: [] },
      usual,
    )
    expect(report.status, text).toBe('failed')
    expect(report.statements.length, text).toBeLessThan(1)
  }
  expect((await admin.query('SELECT FROM clients')).rowCount).toBe(10)
})

test.each([
  ['ROLLBACK AND CHAIN', 'SET TRANSACTION READ WRITE', 'DELETE FROM clients', 'COMMIT AND CHAIN'],
  ['COMMIT AND CHAIN', 'DELETE FROM clients', 'COMMIT AND CHAIN'],
  ['ABORT AND CHAIN', 'DELETE FROM clients', 'END AND CHAIN'],
  ['ROLLBACK WORK AND CHAIN', 'START TRANSACTION', 'DELETE FROM clients', 'COMMIT'],
  ["PREPARE TRANSACTION 'kept'", 'DELETE FROM clients'],
  ['BEGIN', 'DELETE FROM clients'],
])('nor does another one take its place: %s', async (...texts) => {
  const found = read('DELETE FROM clients')
  if ('unreadable' in found) throw new Error('unreadable')
  // As if nobody had looked at it.
  const statements = texts.map((text) => ({ ...found.statements[0]!, text, command: '?' }))
  const report = await simulate(usually, { statements, parameters: [] }, usual)
  expect(report).toMatchObject({ status: 'failed', failure: { statement: 0 }, statements: [] })
  if (/ROLLBACK|ABORT|BEGIN/.test(texts[0] ?? '')) expect(report.failure?.code).toBe('transaction_left')
  expect((await admin.query('SELECT FROM clients')).rowCount).toBe(10)
  await nobodyIsLeft()
})

describe('where nothing would refuse to commit', () => {
  test.each([
    ['the trigger sleeps', 'ALTER TABLE console_pill DISABLE TRIGGER console_pill_refuses'],
    ['the trigger is gone', 'DROP TRIGGER console_pill_refuses ON console_pill'],
    ['the table is gone', 'DROP TABLE console_pill CASCADE'],
    [
      'the trigger refuses nothing',
      "CREATE OR REPLACE FUNCTION console_pill_refuses() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    ],
    ['rows are swallowed', 'CREATE RULE nothing AS ON INSERT TO console_pill DO INSTEAD NOTHING'],
  ])('nothing runs: %s', async (_what, text) => {
    await admin.query(text)
    try {
      const report = await simulated("UPDATE clients SET name = 'q'")
      expect(report).toMatchObject({ status: 'failed', failure: { code: 'unguarded' }, statements: [] })
    } finally {
      await admin.query(
        `DROP TABLE IF EXISTS console_pill CASCADE; DROP FUNCTION IF EXISTS console_pill_refuses; ${pillSchema}`,
      )
    }
    await nobodyIsLeft()
  })
})

test('a function of ours is not called, by its name or behind a dot', async () => {
  await admin.query(`CREATE FUNCTION wipes(clients) RETURNS text LANGUAGE sql AS 'DELETE FROM clients RETURNING name';
    CREATE FUNCTION similarity(text) RETURNS text LANGUAGE sql AS 'DELETE FROM clients RETURNING name'`)
  for (const [text, at] of [
    ['SELECT 1; SELECT c.wipes FROM clients c', 17],
    ['SELECT clients.wipes FROM clients', 7],
    ["SELECT ('a'::text).similarity", 7],
    ["SELECT similarity('a')", 7],
  ] as const) {
    const report = await simulated(text)
    expect(report, text).toMatchObject({
      status: 'failed',
      failure: { code: 'function', at },
      statements: [],
    })
  }
})
