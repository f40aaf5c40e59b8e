import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { describe, expect, onTestFinished, test } from 'vitest'
import bossPackage from 'pg-boss/package.json' with { type: 'json' }
import { testDatabase } from '../../tests/harness/database.ts'
import { migrate, pendingMigrations, refusalOfVersion } from './migrate.ts'

/** A folder of migrations as a story tells it: name to SQL. */
function folderOf(files: Record<string, string>): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-migrations-'))
  onTestFinished(() => fs.rmSync(folder, { recursive: true }))
  for (const [name, sql] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), sql)
  return folder
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

const patients = {
  '0001_patients.sql': 'CREATE TABLE patients (id int); GRANT SELECT ON patients TO mgp_app;',
}
const notes = { '0002_notes.sql': 'CREATE TABLE notes AS SELECT count(*) FROM patients;' }

describe('migrations', () => {
  test('run once each, in order', async () => {
    const { adminUrl } = await testDatabase({ empty: true })
    const folder = folderOf({ ...notes, ...patients, 'README.md': 'not a migration' })
    expect(await migrate(adminUrl, { folder })).toEqual(['0001_patients', '0002_notes'])
    expect(await migrate(adminUrl, { folder })).toEqual([])
  })

  test('make everything belong to mgp_owner, which cannot sign in', async () => {
    const { adminUrl } = await testDatabase({ empty: true })
    await migrate(adminUrl, { folder: folderOf(patients) })
    expect(
      await query(
        adminUrl,
        `SELECT DISTINCT rolname AS owner, rolcanlogin AS "canSignIn" FROM pg_class c JOIN pg_roles r ON r.oid = relowner
         WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
      ),
    ).toEqual([{ owner: 'mgp_owner', canSignIn: false }])
  })

  test('that fail leave nothing, keep those before them, and name file and line', async () => {
    const { adminUrl } = await testDatabase({ empty: true })
    const broken = { '0002_broken.sql': 'CREATE TABLE half ();\nCREATE TABLE patients ();\n\nSELEC 1;' }
    const run = migrate(adminUrl, { folder: folderOf({ ...patients, ...broken }) })
    await expect(run).rejects.toThrow(/^Migration 0002_broken failed: line 4: syntax error/)
    expect(
      await query(
        adminUrl,
        "SELECT to_regclass('patients') IS NOT NULL AS kept, to_regclass('half') AS half",
      ),
    ).toEqual([{ kept: true, half: null }])
  })

  test('that were changed after they ran are refused by name', async () => {
    const { adminUrl } = await testDatabase({ empty: true })
    await migrate(adminUrl, { folder: folderOf(patients) })
    const changed = folderOf({ '0001_patients.sql': 'CREATE TABLE patients (id bigint);', ...notes })
    await expect(migrate(adminUrl, { folder: changed })).rejects.toThrow(/0001_patients was changed/)
    expect(await query(adminUrl, "SELECT to_regclass('notes') AS notes")).toEqual([{ notes: null }])
  })

  test('with Windows line ends are the same migrations', async () => {
    const { adminUrl } = await testDatabase({ empty: true })
    await migrate(adminUrl, { folder: folderOf({ '0001_a.sql': 'SELECT 1;\nSELECT 2;\n' }) })
    expect(
      await migrate(adminUrl, { folder: folderOf({ '0001_a.sql': 'SELECT 1;\r\nSELECT 2;\r\n' }) }),
    ).toEqual([])
  })

  test('of a newer version than this one are refused by name', async () => {
    const { adminUrl } = await testDatabase({ empty: true })
    await migrate(adminUrl, { folder: folderOf({ ...patients, ...notes }) })
    await expect(migrate(adminUrl, { folder: folderOf(patients) })).rejects.toThrow(/0002_notes is unknown/)
  })

  test('that share a number are refused by name', async () => {
    const { adminUrl } = await testDatabase({ empty: true })
    const folder = folderOf({ ...patients, '0001_other.sql': 'SELECT 1' })
    await expect(migrate(adminUrl, { folder })).rejects.toThrow(/0001_other and 0001_patients/)
  })

  test('asked for by several processes at once run once', async () => {
    const { adminUrl } = await testDatabase({ empty: true })
    const folder = folderOf({ ...patients, ...notes })
    const runs = await Promise.all([1, 2, 3, 4].map(() => migrate(adminUrl, { folder })))
    expect(runs.flat()).toEqual(['0001_patients', '0002_notes'])
  })

  test('of several databases of one cluster run at once', async () => {
    const databases = await Promise.all([1, 2, 3].map(() => testDatabase({ empty: true })))
    const folder = folderOf(patients)
    const runs = await Promise.all(databases.map(({ adminUrl }) => migrate(adminUrl, { folder })))
    expect(runs).toEqual([['0001_patients'], ['0001_patients'], ['0001_patients']])
  })

  test('still to come are known to the app, which may not run them', async () => {
    const { adminUrl, appUrl } = await testDatabase({ empty: true })
    await migrate(adminUrl, { folder: folderOf(patients) })
    const folder = folderOf({ ...patients, ...notes })
    expect(await pendingMigrations(appUrl, folder)).toEqual(['0002_notes'])
    await expect(migrate(appUrl, { folder })).rejects.toThrow(/permission denied|must be/)
  })
})

test('a PostgreSQL before 18 is refused with both versions named', () => {
  expect(refusalOfVersion(170_005, '17.5 (Debian 17.5-1)')).toBe(
    'This database is PostgreSQL 17.5 (Debian 17.5-1); PostgreSQL 18 or newer is needed (DATABASE_URL).',
  )
  expect(refusalOfVersion(180_000, '18.0')).toBeUndefined()
})

describe("pg-boss's schema", () => {
  test('is the one the installed package wants', async () => {
    const { appUrl } = await testDatabase()
    expect(await query(appUrl, 'SELECT version FROM pgboss.version')).toEqual([
      { version: bossPackage.pgboss.schema },
    ])
  })

  test('lets the server queue and work as mgp_app, owning nothing', async () => {
    const { appUrl } = await testDatabase()
    const boss = new PgBoss({
      connectionString: appUrl,
      max: 2,
      migrate: false,
      createSchema: false,
      reindex: false,
      persistQueueStats: false,
    })
    const errors: Error[] = []
    boss.on('error', (error) => errors.push(error))
    await boss.start()
    await boss.createQueue('reminders')
    await boss.schedule('reminders', '0 3 * * *')
    await boss.send('reminders', { tenant: 'a' })
    const [job] = await boss.fetch('reminders')
    expect(job?.data).toEqual({ tenant: 'a' })
    await boss.complete('reminders', job?.id ?? '')
    await boss.supervise()
    await boss.stop()
    expect(errors).toEqual([])
  })
})
