/** What a receipt holds of values, where a text calls what is never the same. */
import { beforeAll, expect, test } from 'vitest'
import { consoleDatabase } from '../../../../tests/harness/console.ts'
import { effectsInTurn } from '../runs/receipts.ts'
import { read } from '../statements/reading.ts'
import { simulate } from './simulating.ts'

const { admin, doors } = await consoleDatabase()

beforeAll(async () => {
  await admin.query(`CREATE TABLE clients (id int PRIMARY KEY, origin text);
    CREATE TABLE tags (id int PRIMARY KEY, name text, place text, shouted text GENERATED ALWAYS AS (upper(name)) STORED);
    INSERT INTO clients VALUES (1, 'A'); INSERT INTO tags VALUES (1, 'one', 'here'), (2, 'two', 'there')`)
})

async function simulated(text: string) {
  const found = read(text)
  if ('unreadable' in found) throw new Error(found.unreadable.reason)
  const report = await simulate(doors, { statements: found.statements, parameters: [] })
  expect(report.failure).toBeUndefined()
  return {
    held: JSON.stringify(effectsInTurn(report)),
    uncompared: report.statements.map(({ values }) => values?.tags?.uncompared),
  }
}

const origin = '(SELECT origin FROM clients)'

test('what one column draws leaves the others held, in every statement that follows', async () => {
  const text = `UPDATE tags SET name = random()::text, place = ${origin} WHERE id = 1;
    UPDATE tags SET place = place || '.' WHERE id < 3`
  const first = await simulated(text)
  // With its name, what is computed from it.
  expect(first.uncompared).toEqual([2, 4])
  expect((await simulated(text)).held).toBe(first.held)
  await admin.query("UPDATE clients SET origin = 'B'")
  expect((await simulated(text)).held).not.toBe(first.held)
})

test('what is mixed with it in the same column is counted, and held to nothing', async () => {
  const text = `UPDATE tags SET name = ${origin} || left(random()::text, 0) WHERE id = 1`
  const first = await simulated(text)
  expect(first.uncompared).toEqual([2])
  await admin.query("UPDATE clients SET origin = 'C'")
  expect((await simulated(text)).held).toBe(first.held)
  await admin.query("UPDATE tags SET place = 'elsewhere' WHERE id = 1")
  expect((await simulated(text)).held).not.toBe(first.held)
})

test('of rows that are added the same, and of what nobody understands all is counted', async () => {
  const text = `INSERT INTO tags (id, name, place) VALUES (3, gen_random_uuid()::text, ${origin})`
  const first = await simulated(text)
  expect(first.uncompared).toEqual([2])
  expect((await simulated(text)).held).toBe(first.held)
  await admin.query("UPDATE clients SET origin = 'D'")
  expect((await simulated(text)).held).not.toBe(first.held)
  const all = await simulated(
    `WITH r AS (SELECT random()::text AS x) UPDATE tags SET place = (SELECT x FROM r) WHERE id = 1`,
  )
  expect(all.uncompared).toEqual([1])
})
