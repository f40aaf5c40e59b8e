import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rootDir } from '#platform/server/config.ts'
import { bareEnv } from '../../../tests/harness/bare-env.ts'
import { tenancyServer, type TestPractice } from '../../../tests/harness/tenants.ts'
import type { SqlDocument } from '../terminal/sql-document.ts'

const dataDir = await mkdtemp(path.join(os.tmpdir(), 'mgp-sql-'))
afterAll(() => rm(dataDir, { recursive: true, force: true }))
const server = await tenancyServer()
const { database, masterKey } = server
// One cluster, one password of its roles: with another, whoever tests beside this would be shut out.
const { password } = new URL(database.consoleOwnerUrl)
await writeFile(
  path.join(dataDir, 'database.json'),
  JSON.stringify({ consoleOwnerPassword: decodeURIComponent(password) }),
)
let camille: TestPractice
const admin = new pg.Client({ connectionString: database.adminUrl })
beforeAll(async () => {
  await admin.connect()
  camille = await server.openPractice('Camille Girard')
})
afterAll(() => admin.end())

type Said = { code: number | null; out: string; err: string }

/** As somebody pipes it. */
function typed(input: string | Buffer, args: string[], env: Record<string, string> = {}): Promise<Said> {
  const child = spawn(process.execPath, [path.join(rootDir, 'apps/server/cli/index.ts'), 'sql', ...args], {
    cwd: rootDir,
    env: {
      ...bareEnv,
      APP_ENV: 'demonstration',
      DATABASE_URL: database.appUrl,
      DATABASE_ADMIN_URL: database.adminUrl,
      CONSOLE_DATABASE_URL: database.consoleUrl,
      DATA_DIR: dataDir,
      MASTER_KEY: masterKey.toString('base64'),
      ...env,
    },
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  // Whoever is not read to the end hears of it.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })))
}

async function simulated(
  input: string | Buffer,
  target = 'central',
  more: string[] = [],
  env: Record<string, string> = {},
): Promise<SqlDocument & { code: number | null }> {
  const { code, out, err } = await typed(input, ['simulate', '--target', target, '--json', ...more], env)
  expect(err).toBe('')
  expect(out.trim().split('\n')).toHaveLength(1)
  return { code, ...(JSON.parse(out) as SqlDocument) }
}

const lastEntry = async () =>
  (
    await admin.query(
      "SELECT verb, result, tenant_id FROM audit_entries WHERE verb LIKE 'sql%' ORDER BY id DESC LIMIT 1",
    )
  ).rows[0]

const plain = { truncated: false, dropped: false, rows_gone: null, inexact: null }

describe('the report of a script', { timeout: 120_000 }, () => {
  test('tells what each statement would do on the central database, and that nothing stayed', async () => {
    const report = await simulated(
      'UPDATE clients SET city = $1; DELETE FROM clients WHERE false; SELECT count(*), $1 || $2 FROM clients',
      'central',
      ['--params', '["Metz", 57]'],
    )
    expect(report).toMatchObject({
      code: 0,
      status: 'simulated',
      reason: null,
      target: { kind: 'central', schema_version: expect.any(Number) },
      statements: [
        { command: 'UPDATE', effects: { clients: { inserted: 0, updated: 1, deleted: 0, ...plain } } },
        { command: 'DELETE', effects: {} },
        { rows: [['1', 'Metz57']], row_count: 1 },
      ],
      proof: { status: 'aborted', unchanged: true },
      rolled_back: true,
    })
    expect((await admin.query("SELECT FROM clients WHERE city = 'Metz'")).rowCount).toBe(0)
    expect(await lastEntry()).toEqual({ verb: 'sql.simulated', result: 'done', tenant_id: null })
  })

  test('of a script that fails halfway says of each statement, and of all, that nothing of it would be', async () => {
    const text = "UPDATE clients SET city = 'Metz'; SELECT 1 / 0"
    expect(await simulated(text)).toMatchObject({
      status: 'failed',
      reason: '22012',
      takes_effect: false,
      statements: [{ effects: { clients: { updated: 1 } }, takes_effect: false }],
      rolled_back: true,
    })
    const { out } = await typed(text, ['simulate', '--target', 'central'])
    expect(out).toContain('1. UPDATE, undone with what failed: ')
    expect(out).toContain('Nothing of it would be done.')
    expect(await simulated('SELECT 1')).toMatchObject({
      takes_effect: true,
      statements: [{ takes_effect: true }],
    })
  })

  test('works on a practice, by its database or by whose it is', async () => {
    for (const said of [camille.databaseName, 'camille girard'])
      expect(await simulated("INSERT INTO origins (name) VALUES ('Affiche')", said)).toMatchObject({
        code: 0,
        target: { id: camille.tenantId, database: camille.databaseName },
        statements: [{ effects: { origins: { inserted: 1 } } }],
        rolled_back: true,
      })
    expect(await lastEntry()).toEqual({ verb: 'sql.simulated', result: 'done', tenant_id: camille.tenantId })
  })

  test('drops tables of both, and says what went with them', async () => {
    expect(await simulated('DROP TABLE macro_uses')).toMatchObject({
      code: 0,
      statements: [{ effects: { macro_uses: { dropped: true, rows_gone: 0 } } }],
      rolled_back: true,
    })
    expect(await simulated('DROP TABLE calls CASCADE', camille.tenantId)).toMatchObject({
      code: 0,
      statements: [{ effects: { calls: { dropped: true } } }],
      rolled_back: true,
    })
    expect(await lastEntry()).toMatchObject({ verb: 'sql_schema.simulated' })
    expect((await admin.query('SELECT FROM macro_uses')).rowCount).toBe(0)
  })

  test('is said in words to who reads it in a terminal', async () => {
    const { code, out } = await typed("UPDATE clients SET status = 'active'", [
      'simulate',
      '--target',
      'central',
    ])
    expect(code).toBe(0)
    expect(out).toContain('1. UPDATE: 1 row,')
    expect(out).toMatch(/ {2}~ clients \{ id: [0-9a-f-]{36} \} written again with the values it had/)
    const other = await typed("UPDATE clients SET status = 'excluded'", ['simulate', '--target', 'central'])
    expect(other.out).toMatch(
      / {2}~ clients \{ id: [0-9a-f-]{36} \}\n(?:.*\n)* {4}- status: active\n {4}\+ status: excluded/,
    )
    expect(out).toMatch(/clients +0 +1 +0/)
    expect(out).toMatch(/simulated\. Transaction \d+, asked of another connection: aborted\./)
  })

  test('is refused in words to who reads it in a terminal, with the way out', async () => {
    const { code, out } = await typed('', ['simulate', '--target', 'central'])
    expect(code).toBe(1)
    expect(out).toContain('line 1, column 1: The text holds no statement.')
    expect(out).not.toContain('schema')
    const long = await typed('x'.repeat(9_000_000), ['simulate', '--target', 'central'])
    expect(long.out).toMatch(/The text is too long\. .*million characters/)
  })

  test('masks who it is about', async () => {
    const report = await simulated('SELECT id, email FROM clients')
    expect(report.statements[0]?.rows).toEqual([[expect.stringMatching(/^[0-9a-f-]{36}$/), '•••']])
    const behind = await simulated('SELECT (c).email, lower((c).email) FROM clients c')
    expect(behind.statements[0]?.rows).toEqual([['•••', '•••']])
  })
})

describe(
  'what is refused is told with its reason and its place, and nothing ran',
  { timeout: 120_000 },
  () => {
    test.each([
      [
        'SELECT 1;\nSELECT pg_sleep(1)',
        { reason: 'waiting', name: 'pg_sleep', line: 2, column: 8, text: 'pg_sleep' },
      ],
      ['', { reason: 'empty' }],
      ['SELECT 1\0', { reason: 'unreadable', name: '', from: 8 }],
      [Buffer.from([0x53, 0xff, 0xfe, 0x00]), { reason: 'unreadable', from: 1, line: 1, column: 2 }],
      [`SELECT ${'('.repeat(100_000)}1${')'.repeat(100_000)}`, { reason: 'too_deep' }],
      ['x'.repeat(9_000_000), { reason: 'too_long' }],
    ])('%.40s', async (input, problem) => {
      const report = await simulated(input)
      expect(report).toMatchObject({
        code: 1,
        status: 'refused',
        reason: problem.reason,
        statements: [],
        proof: null,
        rolled_back: true,
      })
      expect(report.problems[0]).toMatchObject(problem)
    })

    test('parameters that are not given, and parameters that nothing asks for', async () => {
      const text = 'SELECT $1::int;\nSELECT $3::int + $1::int + $2::int'
      const few = await simulated(text, 'central', ['--params', '[1]'])
      expect(few).toMatchObject({ code: 1, status: 'refused', reason: 'parameter_missing', statements: [] })
      expect(few.problems.map(({ name, line, column, text: at }) => [name, line, column, at])).toEqual([
        ['$3', 2, 8, '$3'],
        ['$2', 2, 28, '$2'],
      ])
      const many = await simulated('SELECT $1::int', 'central', ['--params', '[1,2,3]'])
      expect(many).toMatchObject({ code: 1, status: 'refused', reason: 'parameter_unused', proof: null })
      expect(many.problems).toMatchObject([{ name: '$2' }])
    })

    test('a byte order mark is none of the text', async () => {
      expect(await simulated('\uFEFFSELECT 1')).toMatchObject({ code: 0, statements: [{ rows: [['1']] }] })
    })

    test('a refusal stands in the log too', async () => {
      await simulated('VACUUM', camille.tenantId)
      expect(await lastEntry()).toEqual({
        verb: 'sql.simulated',
        result: 'refused',
        tenant_id: camille.tenantId,
      })
    })
  },
)

describe('what fails says so', { timeout: 120_000 }, () => {
  test('as PostgreSQL does, and was rolled back', async () => {
    expect(await simulated('SELECT 1;\nSELECT password_hash FROM staff_members')).toMatchObject({
      code: 1,
      status: 'failed',
      reason: '42501',
      failure: { statement: 1 },
      statements: [{ rows: [['1']] }],
      proof: { status: 'aborted' },
      rolled_back: true,
    })
  })

  test('where nobody knows the administrator, the central schema is not simulated, and a login is not set up', async () => {
    const bare = { DATABASE_ADMIN_URL: '' }
    expect(await simulated('DROP TABLE macro_uses', 'central', [], bare)).toMatchObject({
      code: 1,
      status: 'refused',
      reason: 'sql_schema_not_here',
      rolled_back: true,
    })
    expect(await simulated('SELECT 1', 'central', [], { ...bare, CONSOLE_DATABASE_URL: '' })).toMatchObject({
      code: 1,
      reason: 'sql_target_not_ready',
      details: { state: 'not_set_up' },
    })
  })

  test('where the database does not answer', async () => {
    const away = {
      DATABASE_URL: 'postgres://a:b@127.0.0.1:1/a',
      DATABASE_ADMIN_URL: '',
      CONSOLE_DATABASE_URL: '',
    }
    expect(await simulated('SELECT 1', 'central', [], away)).toMatchObject({
      code: 1,
      status: 'failed',
      reason: 'not_reached',
      rolled_back: true,
    })
  })

  test.each([
    [['simulate', '--json']],
    [['simulate', '--target', 'nobody at all', '--json']],
    [['simulate', '--target', 'central', '--params', '{}', '--json']],
    [['simulate', '--target', 'central', '--json', '--force']],
    [['simulate', '--target', 'central', '--target', 'camille girard', '--json']],
  ])('where the command is not understood: %j', async (args) => {
    const { code, out } = await typed('SELECT 1', args)
    expect([code, JSON.parse(out)]).toEqual([
      2,
      expect.objectContaining({ status: 'refused', reason: 'usage', rolled_back: true }),
    ])
  })
})
