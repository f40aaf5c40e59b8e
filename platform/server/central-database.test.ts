import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openCentralDatabase } from './central-database.ts'
import { startEmbedded, type EmbeddedPostgres } from './embedded-postgres.ts'
import { migrate } from './migrate.ts'
import { openSequencerLogin } from './sequencer-login.ts'

// Somebody's own PostgreSQL: a cluster of its own, since these tests change its roles' passwords.
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-external-'))
let server: EmbeddedPostgres

beforeAll(async () => {
  server = await startEmbedded(home, { durable: false })
})

afterAll(async () => {
  await server.stop('immediate')
  fs.rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
})

let count = 0

/** A new database and a DATA_DIR, as a machine that was never started. */
async function fresh(like = ''): Promise<{ superuserUrl: string; dataDir: string }> {
  const name = `own_${++count}`
  await query(server.adminUrl, `CREATE DATABASE ${name} ${like}`)
  const dataDir = path.join(home, `data-${name}`)
  return { superuserUrl: at(server.adminUrl, { name }), dataDir }
}

let model: Promise<unknown> | undefined

/** The same, migrated: once, then copied, as tests/harness/cluster.ts does. */
async function migrated(): Promise<{ superuserUrl: string; dataDir: string }> {
  model ??= query(server.adminUrl, 'CREATE DATABASE model').then(() =>
    migrate(at(server.adminUrl, { name: 'model' })),
  )
  await model
  const made = await fresh('TEMPLATE model STRATEGY file_copy')
  // What belongs to a database is not copied with it.
  await migrate(made.superuserUrl, { always: true })
  return made
}

function at(url: string, over: { name?: string; user?: string; password?: string; port?: number }): string {
  const target = new URL(url)
  if (over.name !== undefined) target.pathname = `/${over.name}`
  if (over.user !== undefined) target.username = over.user
  if (over.password !== undefined) target.password = over.password
  if (over.port !== undefined) target.port = String(over.port)
  return target.href
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

const trial = { appEnv: 'demonstration', databaseAdminUrl: undefined } as const
const whoAmI = 'SELECT current_user AS name, rolsuper AS super FROM pg_roles WHERE rolname = current_user'

describe('a trial on one’s own PostgreSQL', () => {
  test('with one address that may do everything gives the server a lesser one', async () => {
    const { superuserUrl, dataDir } = await fresh()
    const database = await openCentralDatabase({ ...trial, dataDir, databaseUrl: superuserUrl })
    expect(await query(database.appUrl, whoAmI)).toEqual([{ name: 'mgp_app', super: false }])
    expect(fs.statSync(path.join(dataDir, 'database.json')).mode & 0o777).toBe(0o600)
    const again = await openCentralDatabase({ ...trial, dataDir, databaseUrl: superuserUrl })
    expect(again.appUrl).toBe(database.appUrl)
    expect(again.migrated).toEqual([])
  })

  test('needs no superuser: a role that owns the database and may create roles is enough', async () => {
    const own = await startEmbedded(path.join(home, 'second'), { durable: false })
    onTestFinished(() => own.stop('immediate'))
    await query(own.adminUrl, "CREATE ROLE keeper LOGIN CREATEROLE PASSWORD 'k'")
    await query(own.adminUrl, 'CREATE DATABASE theirs OWNER keeper')
    const databaseUrl = at(own.adminUrl, { name: 'theirs', user: 'keeper', password: 'k' })
    const database = await openCentralDatabase({ ...trial, dataDir: path.join(home, 'keeper'), databaseUrl })
    expect(await query(database.appUrl, whoAmI)).toEqual([{ name: 'mgp_app', super: false }])
  })
})

describe('two addresses', () => {
  test('migrate with the one, and give the other its login', async () => {
    const { superuserUrl, dataDir } = await fresh()
    const databaseUrl = at(superuserUrl, { user: 'mgp_app', password: 'chosen by them' })
    const given = { appEnv: 'production', dataDir, databaseUrl, databaseAdminUrl: superuserUrl } as const
    const database = await openCentralDatabase(given)
    expect(database.migrated).toContain('0001_foundation')
    expect(await query(databaseUrl, whoAmI)).toEqual([{ name: 'mgp_app', super: false }])
  })

  test('let a login of their own work with the rights of mgp_app', async () => {
    const { superuserUrl, dataDir } = await fresh()
    await query(superuserUrl, "CREATE ROLE web_1 LOGIN PASSWORD 'w'")
    const databaseUrl = at(superuserUrl, { user: 'web_1', password: 'w' })
    await openCentralDatabase({ appEnv: 'production', dataDir, databaseUrl, databaseAdminUrl: superuserUrl })
    expect(await query(databaseUrl, 'SELECT count(*)::int AS n FROM clients')).toEqual([{ n: 0 }])
  })

  test('are refused when the server’s is a superuser’s', async () => {
    const { superuserUrl, dataDir } = await fresh()
    const same = {
      appEnv: 'demonstration',
      dataDir,
      databaseUrl: superuserUrl,
      databaseAdminUrl: superuserUrl,
    } as const
    await expect(openCentralDatabase(same)).rejects.toThrow(/"postgres" of DATABASE_URL is a superuser/)
  })
})

describe('production with one address', () => {
  test('refuses a superuser and changes nothing', async () => {
    const { superuserUrl, dataDir } = await fresh()
    const given = { ...trial, appEnv: 'production', dataDir, databaseUrl: superuserUrl } as const
    await expect(openCentralDatabase(given)).rejects.toThrow(/is a superuser.*DATABASE_ADMIN_URL/)
    expect(await query(superuserUrl, "SELECT to_regclass('clients') AS clients")).toEqual([{ clients: null }])
  })

  test('refuses the owner', async () => {
    const { superuserUrl, dataDir } = await migrated()
    await query(superuserUrl, "CREATE ROLE boss LOGIN PASSWORD 'b' IN ROLE mgp_owner")
    await query(superuserUrl, `GRANT CONNECT ON DATABASE own_${count} TO boss`)
    const databaseUrl = at(superuserUrl, { user: 'boss', password: 'b' })
    const given = { ...trial, appEnv: 'production', dataDir, databaseUrl } as const
    await expect(openCentralDatabase(given)).rejects.toThrow(/"boss" of DATABASE_URL owns the database/)
  })

  test.each([
    [
      'may become the owner',
      '',
      'GRANT mgp_owner TO climber WITH INHERIT FALSE, SET TRUE',
      /owns the database/,
    ],
    ['may create roles', 'CREATEROLE', '', /may create roles/],
    ['may create databases', 'CREATEDB', '', /reaches beyond/],
    ['may copy the whole cluster', 'REPLICATION', '', /reaches beyond/],
    ['reads every table', '', 'GRANT pg_read_all_data TO climber', /reaches beyond/],
    ['runs programs', '', 'GRANT pg_execute_server_program TO climber', /reaches beyond/],
  ])('refuses who %s', async (_what, may, grant, why) => {
    const { superuserUrl, dataDir } = await migrated()
    await query(superuserUrl, `CREATE ROLE climber LOGIN PASSWORD 'c' ${may} IN ROLE mgp_app; ${grant}`)
    onTestFinished(async () => void (await query(superuserUrl, 'DROP ROLE climber')))
    const databaseUrl = at(superuserUrl, { user: 'climber', password: 'c' })
    const given = { ...trial, appEnv: 'production', dataDir, databaseUrl } as const
    await expect(openCentralDatabase(given)).rejects.toThrow(why)
  })

  test('serves as the app when the schema is the newest', async () => {
    const { superuserUrl, dataDir } = await migrated()
    await query(superuserUrl, "ALTER ROLE mgp_app LOGIN PASSWORD 'a'")
    const databaseUrl = at(superuserUrl, { user: 'mgp_app', password: 'a' })
    const database = await openCentralDatabase({ ...trial, appEnv: 'production', dataDir, databaseUrl })
    expect(database).toMatchObject({ appUrl: databaseUrl, adminUrl: undefined })
  })

  test('says what to run when the schema is not the newest', async () => {
    const { superuserUrl, dataDir } = await migrated()
    await query(
      superuserUrl,
      "DELETE FROM schema_migrations WHERE version > 1; ALTER ROLE mgp_app LOGIN PASSWORD 'a'",
    )
    const databaseUrl = at(superuserUrl, { user: 'mgp_app', password: 'a' })
    const given = { ...trial, appEnv: 'production', dataDir, databaseUrl } as const
    await expect(openCentralDatabase(given)).rejects.toThrow(/from 0002_pgboss on.*bin\/mgp migrate/)
  })
})

describe('the sequencer’s address', () => {
  test('is made from the administrator’s where it is not given, and kept', async () => {
    const { superuserUrl, dataDir } = await fresh()
    const given = { ...trial, dataDir, databaseUrl: superuserUrl, sequencerDatabaseUrl: undefined }
    const database = await openCentralDatabase(given)
    const url = (await openSequencerLogin(given, database)) ?? ''
    expect(await query(url, whoAmI)).toEqual([{ name: 'mgp_sequencer', super: false }])
    expect(await openSequencerLogin(given, database)).toBe(url)
    expect(new URL(url).password).not.toBe(new URL(database.appUrl).password)
    await expect(query(url, 'SELECT FROM clients')).rejects.toThrow(/permission denied/)
  })

  test('gets its login from the administrator’s where it is given', async () => {
    const { superuserUrl, dataDir } = await fresh()
    const databaseUrl = at(superuserUrl, { user: 'mgp_app', password: 'of the app' })
    const sequencerDatabaseUrl = at(superuserUrl, { user: 'mgp_sequencer', password: 'of the sequencer' })
    const given = { dataDir, databaseUrl, databaseAdminUrl: superuserUrl, sequencerDatabaseUrl }
    const database = await openCentralDatabase({ ...given, appEnv: 'production' })
    expect(await openSequencerLogin(given, database)).toBe(sequencerDatabaseUrl)
    expect(await query(sequencerDatabaseUrl, whoAmI)).toEqual([{ name: 'mgp_sequencer', super: false }])
  })

  test('is not there where only the server’s is known', async () => {
    const none = { dataDir: home, sequencerDatabaseUrl: undefined }
    const database = { appUrl: server.appUrl, adminUrl: undefined, embedded: undefined }
    expect(await openSequencerLogin(none, database)).toBeUndefined()
  })

  test.each([
    ['a superuser', 'SUPERUSER', /is a superuser, which the sequencer must not be/],
    ['the server', 'IN ROLE mgp_app', /is the server's/],
    ['a stranger', '', /has not the rights of mgp_sequencer/],
  ])('is refused when it is that of %s', async (_whose, may, why) => {
    const { superuserUrl, dataDir } = await migrated()
    await query(superuserUrl, `CREATE ROLE wrong LOGIN PASSWORD 'w' ${may}`)
    await query(superuserUrl, `GRANT CONNECT ON DATABASE own_${count} TO wrong`)
    onTestFinished(async () => void (await query(superuserUrl, 'DROP OWNED BY wrong; DROP ROLE wrong')))
    const sequencerDatabaseUrl = at(superuserUrl, { user: 'wrong', password: 'w' })
    const database = { appUrl: superuserUrl, adminUrl: undefined, embedded: undefined }
    await expect(openSequencerLogin({ dataDir, sequencerDatabaseUrl }, database)).rejects.toThrow(why)
  })
})

describe('a database that cannot be used is said in a sentence, without the password', () => {
  async function refusal(over: Parameters<typeof at>[1]): Promise<string> {
    const databaseUrl = at(server.adminUrl, { password: 'hunter2', ...over })
    try {
      await openCentralDatabase({ ...trial, dataDir: path.join(home, 'none'), databaseUrl })
    } catch (error) {
      const sentence = String(error)
      expect(sentence).not.toContain('hunter2')
      return sentence
    }
    throw new Error('it was not refused')
  }

  test('nobody answers', async () => {
    expect(await refusal({ port: 1 })).toMatch(/No PostgreSQL answers at 127.0.0.1:1 \(DATABASE_URL\)/)
  })

  test('the password is wrong', async () => {
    expect(await refusal({})).toMatch(/refuses the role "postgres" or its password/)
  })

  test('the database does not exist', async () => {
    const { password } = new URL(server.adminUrl)
    const databaseUrl = at(server.adminUrl, { name: 'nowhere', password })
    const given = { ...trial, dataDir: path.join(home, 'none'), databaseUrl }
    await expect(openCentralDatabase(given)).rejects.toThrow(/has no database "nowhere".*CREATE DATABASE/)
  })
})
