import pg from 'pg'
import { expect, test } from 'vitest'
import { onDatabase } from '../../../tests/harness/another-cluster.ts'
import { smallFleet } from '../../../tests/harness/fleet.ts'
import { migrateTenant } from './migrating.ts'

const fleet = await smallFleet(1)
const claire = fleet.tenants[0]!

const versionsIn = async (tenant = claire) =>
  (await fleet.inside(tenant, 'SELECT version FROM schema_migrations ORDER BY 1')).map(
    ({ version }) => version,
  )

const migrate = (schema = fleet.schema, how = {}) => migrateTenant(fleet.provisioner, claire, schema, how)

test('a database that has everything is asked once and left alone', async () => {
  expect(await migrate()).toEqual({ from: fleet.schema.current, applied: [], attempts: 1 })
})

test('a file that fails leaves those before it, and nothing of itself', async () => {
  const { schema } = fleet.release({
    '0011_tasks': 'CREATE TABLE tasks (id integer);',
    '0012_colours': 'CREATE TABLE colours (id integer);\n\nINSERT INTO tasks (missing) VALUES (1);',
    '0013_never': 'CREATE TABLE never (id integer);',
  })
  await expect(migrate(schema)).rejects.toThrow(
    'Migration 0012_colours failed: line 3: column "missing" of relation "tasks" does not exist',
  )
  expect((await versionsIn()).at(-1)).toBe(11)
  expect(await fleet.inside(claire, `SELECT to_regclass('colours') AS there`)).toEqual([{ there: null }])
})

test('what it makes belongs to the owner of what is inside', async () => {
  expect(await fleet.inside(claire, `SELECT tableowner FROM pg_tables WHERE tablename = 'tasks'`)).toEqual([
    { tableowner: 'mgp_tenant_owner' },
  ])
})

test('whoever works in a table is not waited for long, and the change is tried again when they are done', async () => {
  const { schema } = fleet.release({
    '0011_tasks': 'CREATE TABLE tasks (id integer);',
    '0012_colours': 'ALTER TABLE tasks ADD COLUMN colour text;',
  })
  const slow = new pg.Client(onDatabase(fleet.database.adminUrl, claire.databaseName))
  await slow.connect()
  await slow.query('BEGIN; LOCK TABLE tasks IN ACCESS SHARE MODE')
  const refused: unknown[] = []
  const brought = await migrate(schema, {
    lockTimeoutMs: 20,
    pauseMs: 1,
    again(error: unknown) {
      refused.push(error)
      if (refused.length === 2) void slow.end()
    },
    attempts: 1_000,
  })
  expect(String(refused[0])).toContain('lock timeout')
  expect(brought).toMatchObject({ from: 11, applied: ['0012_colours'] })
  expect(brought.attempts).toBeGreaterThan(2)
})

test('whoever holds the table for ever is left alone after a few tries', async () => {
  const { schema } = fleet.release({
    '0011_tasks': 'CREATE TABLE tasks (id integer);',
    '0012_colours': 'ALTER TABLE tasks ADD COLUMN colour text;',
    '0013_days': 'ALTER TABLE tasks ADD COLUMN day date;',
  })
  const slow = new pg.Client(onDatabase(fleet.database.adminUrl, claire.databaseName))
  await slow.connect()
  await slow.query('BEGIN; LOCK TABLE tasks IN ACCESS SHARE MODE')
  let tries = 1
  await expect(
    migrate(schema, { lockTimeoutMs: 5, pauseMs: 1, attempts: 3, again: () => tries++ }),
  ).rejects.toThrow('Migration 0013_days failed: canceling statement due to lock timeout')
  expect(tries).toBe(3)
  await slow.end()
})

test('two at once: one works, the other finds it done', async () => {
  const { schema } = fleet.release({
    '0011_tasks': 'CREATE TABLE tasks (id integer);',
    '0012_colours': 'ALTER TABLE tasks ADD COLUMN colour text;',
    '0013_days': 'ALTER TABLE tasks ADD COLUMN day date; SELECT pg_sleep(0.1);',
  })
  const both = await Promise.all([migrate(schema), migrate(schema)])
  expect(both.map(({ applied }) => applied).sort()).toEqual([[], ['0013_days']])
})

test('a file that was changed after it ran, and one of a newer release, are refused by name', async () => {
  const changed = fleet.release({
    '0011_tasks': 'CREATE TABLE tasks (id bigint);',
    '0012_colours': 'ALTER TABLE tasks ADD COLUMN colour text;',
    '0013_days': 'ALTER TABLE tasks ADD COLUMN day date; SELECT pg_sleep(0.1);',
    '0014_more': 'CREATE TABLE more (id integer);',
  })
  await expect(migrate(changed.schema)).rejects.toThrow('Migration 0011_tasks was changed after it ran there')
  await expect(migrate(fleet.schema)).rejects.toThrow('newer release: 0011_tasks is unknown to this one')
  expect((await versionsIn()).at(-1)).toBe(13)
})

test('the database of another practice is not touched, whatever the catalogue says', async () => {
  const { schema } = fleet.release({ '0011_other': 'CREATE TABLE other (id integer);' })
  const wrong = { ...claire, tenantId: '01990000-0000-7000-8000-000000000000' }
  await expect(migrateTenant(fleet.provisioner, wrong, schema)).rejects.toThrow(
    `The database ${claire.databaseName} is not the one of tenant 01990000-0000-7000-8000-000000000000.`,
  )
})
