import { beforeAll, describe, expect, test } from 'vitest'
import { consoleDatabase } from '../../../../tests/harness/console.ts'
import { read } from '../statements/reading.ts'
import { usual } from './bounds.ts'
import { simulate } from './simulating.ts'

const { admin, doors } = await consoleDatabase()

beforeAll(async () => {
  await admin.query(`CREATE TABLE papers (id bigint PRIMARY KEY, body text, raw bytea, amount numeric);
    INSERT INTO papers VALUES (1, repeat('lorem ipsum ', 1000000), repeat('x', 3000000)::bytea, 1.10), (9007199254740993, 'short', 'y', 12345678901234567890.5);
    CREATE TABLE many (id int PRIMARY KEY, body text, n int);
    INSERT INTO many SELECT i, md5(i::text) || md5((i + 1)::text), i FROM generate_series(1, 100000) i`)
  await admin.query('VACUUM ANALYZE many')
})

async function simulated(text: string, bounds = usual) {
  const found = read(text)
  if ('unreadable' in found) throw new Error(found.unreadable.reason)
  return simulate(doors, { statements: found.statements, parameters: [] }, bounds)
}
const megabyte = 2 ** 20
/** How much more memory than before was held while it ran, at most. */
async function memoryOf<T>(work: () => Promise<T>): Promise<{ result: T; most: number }> {
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  let most = before
  const looking = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5)
  try {
    const result = await work()
    most = Math.max(most, process.memoryUsage().rss)
    return { result, most: (most - before) / megabyte }
  } finally {
    clearInterval(looking)
  }
}

describe('a value that is too large', () => {
  test.each([
    "SELECT repeat('x', 1000000000)",
    "SELECT lpad('', 200000000, 'ab')",
    "SELECT 1, repeat('x', 200000000)",
    "SELECT string_agg(repeat('x', 1000000), '') FROM generate_series(1, 300)",
    "SELECT array_agg(repeat('x', 1000000)) FROM generate_series(1, 300)",
    "UPDATE papers SET body = repeat('x', 200000000) WHERE id = 1 RETURNING body",
  ])('ends it and not the process: %s', async (text) => {
    const { result, most } = await memoryOf(() => simulated(text))
    expect(result).toMatchObject({
      status: 'failed',
      // On a machine that has much else to do, time is up before so much has come.
      failure: { code: expect.stringMatching(/^(too_large|too_long|57014)$/), statement: 0 },
      proof: { status: 'aborted', unchanged: true },
    })
    expect(most).toBeLessThan(300)
  })

  test('among what changed is told by its beginning, or that it is there', async () => {
    const report = await simulated(
      "UPDATE papers SET amount = amount + 1; UPDATE papers SET body = repeat('x', 100000000) WHERE id = 1",
    )
    expect(report.failure).toBeUndefined()
    const [first, second] = report.statements
    expect(first?.changes).toEqual([
      {
        table: 'papers',
        before: {
          id: 1,
          body: expect.stringMatching(/^lorem.*…$/),
          raw: expect.stringMatching(/^\\x78.*…$/),
          amount: '1.10',
        },
        after: {
          id: 1,
          body: expect.stringMatching(/^lorem.*…$/),
          raw: expect.stringMatching(/^\\x78.*…$/),
          amount: '2.10',
        },
        cut: ['body', 'raw'],
      },
      {
        table: 'papers',
        before: {
          id: '9007199254740993',
          body: 'short',
          raw: String.raw`\x79`,
          amount: '12345678901234567890.5',
        },
        after: {
          id: '9007199254740993',
          body: 'short',
          raw: String.raw`\x79`,
          amount: '12345678901234567891.5',
        },
      },
    ])
    expect(second?.changes[0]?.after).toMatchObject({ body: '…' })
  })

  test('of a result is cut, and the rest of it is still told', async () => {
    const report = await simulated("SELECT repeat('x', 3000000), 'y' UNION ALL SELECT 'z', 'z'")
    expect(report.statements[0]?.rows.map((row) => row.map((value) => String(value).length))).toEqual([
      [100_001, 1],
      [1, 1],
    ])
    expect(report.statements[0]?.rowCount).toBe(2)
  })
})

test('a result of ten gigabytes is let go of, and what was kept is told', async () => {
  const { result, most } = await memoryOf(() =>
    simulated("SELECT i, repeat('x', 10000) FROM generate_series(1, 1000000) i"),
  )
  expect(result).toMatchObject({ status: 'simulated', statements: [{ rowCount: null }] })
  expect(result.statements[0]?.rows.length).toBeGreaterThan(100)
  expect(most).toBeLessThan(300)
})

test('of several results each has its part of what is kept, and each says why it is not whole', async () => {
  const long = "SELECT i, repeat('x', 5000) FROM generate_series(1, 5000) i"
  const bounds = { ...usual, bytes: 1_000_000 }
  const { statements } = await simulated(
    `${long}; SELECT 1; ${long}; SELECT i FROM generate_series(1, 3000) i`,
    bounds,
  )
  const [first, one, third, last] = statements
  expect(first?.rows.length).toBeGreaterThan(40)
  expect(first?.rows.length).toBeLessThan(60)
  expect(one?.rows).toEqual([['1']])
  expect(third?.rows.length).toBeGreaterThan(60)
  expect(last?.rows).toHaveLength(1_000)
  expect(statements.map(({ rowCount, cut }) => [rowCount, cut])).toEqual([
    [5_000, 'bytes'],
    [1, undefined],
    [5_000, 'bytes'],
    [3_000, 'rows'],
  ])
})

test('a hundred thousand rows that change are counted exactly, told as far as it goes, and held in little memory', async () => {
  const { result, most } = await memoryOf(() =>
    simulated(
      "UPDATE many SET n = n + 1; DELETE FROM many WHERE id % 2 = 0; INSERT INTO many SELECT i, 'x' FROM generate_series(100001, 100010) i",
    ),
  )
  expect(result.failure).toBeUndefined()
  expect(
    result.statements.map(({ effects, changes, moreChanges }) => [effects.many, changes.length, moreChanges]),
  ).toEqual([
    // Each has its part of two hundred, and what one leaves goes to those after it.
    [expect.objectContaining({ updated: 100_000, exact: true }), 67, 99_933],
    // Of rows that it had changed itself, those that were told then.
    [expect.objectContaining({ deleted: 50_000, exact: true }), 33, 49_967],
    [expect.objectContaining({ inserted: 10, exact: true }), 10, 0],
  ])
  expect(result.residue.deadRows).toBe(100_010)
  expect(most).toBeLessThan(300)
})

test('more rows than are looked at are those PostgreSQL counted, and it is said', async () => {
  const report = await simulated('UPDATE many SET n = 0', { ...usual, counted: 1_000 })
  expect(report.statements[0]).toMatchObject({
    effects: { many: { updated: 100_000, exact: false, inexact: 'too_many' } },
    changes: [],
    moreChanges: 100_000,
  })
})
