import pg from 'pg'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../../tests/harness/database.ts'
import { beginnings, callableAsFields } from './fields.ts'
import { allowedFunctions } from './functions.ts'

/** Each of these is asked anew at every call, and leaves nothing behind. */
const harmless = new Set(
  `array_sample array_shuffle clock_timestamp current_query gen_random_uuid pg_database_size pg_indexes_size
  pg_is_in_recovery pg_partition_ancestors pg_partition_tree pg_relation_size pg_table_size pg_total_relation_size random
  random_normal timeofday uuidv4 uuidv7`.split(/\s+/),
)

test('what may be called is volatile in nothing but what is known to be harmless', async () => {
  const { adminUrl } = await testDatabase()
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT DISTINCT proname AS name FROM pg_proc
       WHERE proname = ANY ($1) AND (provolatile = 'v' OR prosecdef OR prokind = 'p')`,
      [[...allowedFunctions]],
    )
    expect(new Set(rows.map(({ name }) => name))).toEqual(harmless)
  } finally {
    await client.end()
  }
})

test('what may be called behind a dot, and is not allowed, is known by its name', async () => {
  const { adminUrl } = await testDatabase()
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT DISTINCT proname AS name FROM pg_proc
       WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind IN ('f', 'a', 'w') AND provolatile <> 'i'
         AND pronargs >= 1 AND pronargs - pronargdefaults <= 1 AND proname <> ALL ($1)
         AND prorettype NOT IN ('internal'::regtype, 'trigger'::regtype)
         AND NOT 'internal'::regtype = ANY (proargtypes::oid[])`,
      [[...allowedFunctions]],
    )
    const unknown = rows
      .map(({ name }) => name)
      .filter(
        (name) => !callableAsFields.has(name) && !beginnings.some((beginning) => name.startsWith(beginning)),
      )
    expect(unknown).toEqual([])
    expect(rows.length).toBeGreaterThan(200)
  } finally {
    await client.end()
  }
})
