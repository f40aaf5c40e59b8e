import { expect, test } from 'vitest'
import { testDatabase } from '../../tests/harness/database.ts'
import { centralDb, openPool, sql } from './db.ts'
import { preparing } from './prepared.ts'

const { appUrl } = await testDatabase()

test('a question asked again is parsed once a connection, whatever its values', async () => {
  const pool = openPool(appUrl, { max: 1 })
  const ask = preparing(centralDb(pool), pool)
  const double = (value: number) => ask(sql<{ twice: number }>`select ${value}::integer * 2 as twice`)
  expect(await double(3)).toEqual([{ twice: 6 }])
  expect(await double(21)).toEqual([{ twice: 42 }])
  const { rows } = await pool.query('select statement from pg_prepared_statements')
  expect(rows).toEqual([{ statement: 'select $1::integer * 2 as twice' }])
  await pool.end()
})

test('questions of endless forms are answered, and not kept without end', async () => {
  const pool = openPool(appUrl, { max: 1 })
  const ask = preparing(centralDb(pool), pool)
  for (let at = 0; at < 320; at++)
    expect(await ask(sql<{ one: number }>`select ${sql.lit(at)}::integer as one`)).toEqual([{ one: at }])
  const { rows } = await pool.query<{ kept: number }>('select count(*) as kept from pg_prepared_statements')
  expect(rows[0]?.kept).toBe(300)
  await pool.end()
})
