import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { withLogin } from '#platform/server/database-logins.ts'
import { onDatabase } from '../../../tests/harness/another-cluster.ts'
import { smallFleet } from '../../../tests/harness/fleet.ts'
import { passwordOf } from './logins.ts'
import { migrateTenant, type WayIn } from './migrating.ts'

const fleet = await smallFleet(1)
const claire = fleet.tenants[0]!

const versionsIn = async (tenant = claire) =>
  (await fleet.inside(tenant, 'SELECT version FROM schema_migrations ORDER BY 1')).map(
    ({ version }) => version,
  )

const inside: WayIn = (work) => fleet.provisioner.asItsOwner(claire, work)
const migrate = (schema = fleet.schema, how = {}) => migrateTenant(inside, claire, schema, how)

test('a database that has everything is asked once and left alone', async () => {
  expect(await migrate()).toEqual({ from: fleet.schema.current, applied: [], attempts: 1 })
})

test('a file that fails leaves those before it, and nothing of itself', async () => {
  const { schema } = fleet.release({
    '0011_chores': 'CREATE TABLE chores (id integer);',
    '0012_colours': 'CREATE TABLE colours (id integer);\n\nINSERT INTO chores (missing) VALUES (1);',
    '0013_never': 'CREATE TABLE never (id integer);',
  })
  await expect(migrate(schema)).rejects.toThrow(
    'Migration 0012_colours failed: line 3: column "missing" of relation "chores" does not exist',
  )
  expect((await versionsIn()).at(-1)).toBe(11)
  expect(await fleet.inside(claire, `SELECT to_regclass('colours') AS there`)).toEqual([{ there: null }])
})

test('what it makes belongs to the owner of what is inside', async () => {
  expect(await fleet.inside(claire, `SELECT tableowner FROM pg_tables WHERE tablename = 'chores'`)).toEqual([
    { tableowner: 'mgp_tenant_owner' },
  ])
})

test('whoever works in a table is not waited for long, and the change is tried again when they are done', async () => {
  const { schema } = fleet.release({
    '0011_chores': 'CREATE TABLE chores (id integer);',
    '0012_colours': 'ALTER TABLE chores ADD COLUMN colour text;',
  })
  const slow = new pg.Client(onDatabase(fleet.database.adminUrl, claire.databaseName))
  await slow.connect()
  await slow.query('BEGIN; LOCK TABLE chores IN ACCESS SHARE MODE')
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
    '0011_chores': 'CREATE TABLE chores (id integer);',
    '0012_colours': 'ALTER TABLE chores ADD COLUMN colour text;',
    '0013_days': 'ALTER TABLE chores ADD COLUMN day date;',
  })
  const slow = new pg.Client(onDatabase(fleet.database.adminUrl, claire.databaseName))
  await slow.connect()
  await slow.query('BEGIN; LOCK TABLE chores IN ACCESS SHARE MODE')
  let tries = 1
  await expect(
    migrate(schema, { lockTimeoutMs: 5, pauseMs: 1, attempts: 3, again: () => tries++ }),
  ).rejects.toThrow('Migration 0013_days failed: canceling statement due to lock timeout')
  expect(tries).toBe(3)
  await slow.end()
})

test('two at once: one works, the other finds it done', async () => {
  const { schema } = fleet.release({
    '0011_chores': 'CREATE TABLE chores (id integer);',
    '0012_colours': 'ALTER TABLE chores ADD COLUMN colour text;',
    '0013_days': 'ALTER TABLE chores ADD COLUMN day date; SELECT pg_sleep(0.1);',
  })
  const both = await Promise.all([migrate(schema), migrate(schema)])
  expect(both.map(({ applied }) => applied).sort()).toEqual([[], ['0013_days']])
})

test('a file that was changed after it ran, and one of a newer release, are refused by name', async () => {
  const changed = fleet.release({
    '0011_chores': 'CREATE TABLE chores (id bigint);',
    '0012_colours': 'ALTER TABLE chores ADD COLUMN colour text;',
    '0013_days': 'ALTER TABLE chores ADD COLUMN day date; SELECT pg_sleep(0.1);',
    '0014_more': 'CREATE TABLE more (id integer);',
  })
  await expect(migrate(changed.schema)).rejects.toThrow(
    'Migration 0011_chores was changed after it ran there',
  )
  await expect(migrate(fleet.schema)).rejects.toThrow('newer release: 0011_chores is unknown to this one')
  expect((await versionsIn()).at(-1)).toBe(13)
})

test('the database of another practice is not touched, whatever the catalogue says', async () => {
  const { schema } = fleet.release({ '0011_other': 'CREATE TABLE other (id integer);' })
  const wrong = { ...claire, tenantId: '01990000-0000-7000-8000-000000000000' }
  await expect(migrateTenant(inside, wrong, schema)).rejects.toThrow(
    `The database ${claire.databaseName} is not the one of tenant 01990000-0000-7000-8000-000000000000.`,
  )
})

describe('what the holder of an owner login planted', () => {
  /** The attacker: by the login of their own practice's owner, in their own database. */
  async function asAttacker(statements: string, database = claire.databaseName) {
    const login = `${claire.loginRole}_owner`
    const client = new pg.Client(
      withLogin(onDatabase(fleet.database.adminUrl, database), login, passwordOf(claire.loginSecret, login)),
    )
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(statements)).rows
    } finally {
      await client.end()
    }
  }

  /** Gets out of the role it is called in, and lets the attacker into the other practice's database. */
  const trap = (victim: string) => `
    CREATE TABLE caught (who text, why text);
    GRANT INSERT ON caught TO PUBLIC;
    CREATE FUNCTION trap() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RESET ROLE;
      SET ROLE NONE;
      BEGIN
        EXECUTE 'GRANT CONNECT ON DATABASE ${victim} TO ${claire.loginRole}_owner';
      EXCEPTION WHEN OTHERS THEN
        INSERT INTO public.caught VALUES (current_user, SQLERRM);
      END;
      SET ROLE mgp_tenant_owner;
      RETURN NEW;
    END $$;
    CREATE TRIGGER trap BEFORE INSERT ON schema_migrations FOR EACH ROW EXECUTE FUNCTION trap()`

  const release = (more: Record<string, string> = {}) =>
    fleet.release({
      '0011_chores': 'CREATE TABLE chores (id integer);',
      '0012_colours': 'ALTER TABLE chores ADD COLUMN colour text;',
      '0013_days': 'ALTER TABLE chores ADD COLUMN day date; SELECT pg_sleep(0.1);',
      '0014_trapped': 'CREATE TABLE trapped (id integer);',
      ...more,
    })

  test('lets nobody into another practice when a migration sets it off', async () => {
    const other = await fleet.add()
    await asAttacker(trap(other.databaseName))
    expect(await migrate(release().schema)).toMatchObject({ applied: ['0014_trapped'] })
    await expect(asAttacker('SELECT', other.databaseName)).rejects.toThrow(/permission denied for database/)
    const [caught] = await asAttacker('SELECT who FROM caught')
    expect(caught).toEqual({ who: `${claire.loginRole}_owner` })
  })

  test('of settings and passwords for its login keeps no migration out and misleads none', async () => {
    const login = `${claire.loginRole}_owner`
    await asAttacker(`
      ALTER ROLE ${login} SET search_path = elsewhere;
      ALTER ROLE ${login} SET session_replication_role = replica;
      ALTER ROLE ${login} SET default_transaction_read_only = on;
      ALTER ROLE ${login} PASSWORD 'of the attacker'`)
    const { schema } = release({
      '0015_said': `CREATE TABLE said AS SELECT current_setting('search_path') AS path, session_user::text AS who,
        current_setting('session_replication_role') AS triggers, current_setting('default_transaction_read_only') AS frozen`,
    })
    expect(await migrate(schema)).toMatchObject({ applied: ['0015_said'] })
    expect(await fleet.inside(claire, 'SELECT * FROM said')).toEqual([
      { path: 'public, pg_temp', who: login, triggers: 'origin', frozen: 'off' },
    ])
    expect(await asAttacker('SELECT 1 AS still')).toEqual([{ still: 1 }])
  })

  test('makes no cluster unreachable: an error raised in a database is that database’s', async () => {
    const raising = inside((client) =>
      client.query(`DO $$ BEGIN RAISE EXCEPTION 'it is down' USING ERRCODE = '57P01'; END $$`),
    )
    await expect(raising).rejects.toThrow('it is down')
    const down = await fleet.db
      .selectFrom('clusters')
      .where('unreachableSince', 'is not', null)
      .select('id')
      .execute()
    expect(down).toEqual([])
  })
})
