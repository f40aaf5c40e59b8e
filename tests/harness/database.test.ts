import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { testDatabase } from './database.ts'

const one = await testDatabase()
const other = await testDatabase()

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

describe('a test file has a database of its own', () => {
  test('what one writes the other does not see', async () => {
    const here = await connect(one.adminUrl)
    const there = await connect(other.adminUrl)
    await here.query('CREATE TABLE only_here ()')
    expect((await there.query("SELECT to_regclass('only_here') AS found")).rows).toEqual([{ found: null }])
  })

  test('it is migrated', async () => {
    const app = await connect(one.appUrl)
    const { rows } = await app.query('SELECT version FROM schema_migrations ORDER BY version LIMIT 2')
    expect(rows).toEqual([{ version: 1 }, { version: 2 }])
  })

  test('its rights are those of production: nobody connects but who was told', async () => {
    const admin = await connect(one.adminUrl)
    const { rows } = await admin.query(`
      SELECT has_database_privilege('public', current_database(), 'CONNECT') AS everybody,
             has_database_privilege('mgp_app', current_database(), 'CONNECT') AS app,
             has_database_privilege('mgp_app', current_database(), 'CREATE') AS "appCreates"`)
    expect(rows).toEqual([{ everybody: false, app: true, appCreates: false }])
  })

  test('the app is neither superuser nor owner of anything', async () => {
    const app = await connect(one.appUrl)
    const { rows } = await app.query(`
      SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls,
             (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) AS owned
      FROM pg_roles r WHERE rolname = current_user`)
    expect(rows).toEqual([
      {
        rolname: 'mgp_app',
        rolsuper: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolbypassrls: false,
        owned: 0,
      },
    ])
  })
})
