import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { rootDir } from '#platform/server/config.ts'
import { testDatabase } from '../../../tests/harness/database.ts'
import { bareEnv } from '../../../tests/harness/bare-env.ts'

const { appUrl, adminUrl } = await testDatabase()
const admin = new pg.Client(adminUrl)
await admin.connect()
const folder = mkdtempSync(path.join(os.tmpdir(), 'mgp-cli-'))
afterAll(async () => {
  await admin.end()
  rmSync(folder, { recursive: true, force: true })
})
/** What nobody deletes goes with its triggers at rest. */
async function emptied(): Promise<void> {
  await admin.query(`
    begin;
    set local session_replication_role = 'replica';
    truncate clients, client_words, figures, figure_deltas cascade;
    commit`)
}
beforeEach(emptied)

const legacy = path.join(rootDir, 'tests/data/clients-legacy.csv')
const expected: unknown = JSON.parse(
  readFileSync(path.join(rootDir, 'tests/data/clients-legacy.expected.json'), 'utf8'),
)

function start(...args: string[]): ChildProcess {
  return spawn(
    process.execPath,
    [path.join(rootDir, 'apps/server/cli/index.ts'), 'clients', 'import', ...args],
    {
      env: {
        ...bareEnv,
        DATABASE_URL: appUrl,
        DATA_DIR: folder,
        LANG: 'fr_FR.UTF-8',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
}

async function mgp(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const child = start(...args)
  let out = ''
  let err = ''
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number] // no test here kills this one
  return { code, out, err }
}

const clientsThere = async () =>
  (await admin.query<{ count: number }>('select count(*)::int from clients')).rows[0]?.count

function written(name: string, text: string): string {
  const file = path.join(folder, name)
  writeFileSync(file, text)
  return file
}

test('--dry-run --json prints exactly the expected report, and changes nothing', async () => {
  const { code, out } = await mgp(legacy, '--dry-run', '--json')
  expect([code, JSON.parse(out)]).toEqual([0, expected])
  expect(await clientsThere()).toBe(0)
})

test('the import prints the same; a second one adds nothing and says why, row by row', async () => {
  const first = await mgp(legacy, '--json')
  expect([first.code, JSON.parse(first.out)]).toEqual([0, expected])
  const second = await mgp(legacy, '--json')
  const { accepted, errors } = JSON.parse(second.out) as { accepted: number; errors: { code: string }[] }
  expect([second.code, accepted]).toEqual([0, 0])
  expect(errors.filter(({ code }) => code === 'email_already_exists')).toHaveLength(251)
  expect(await clientsThere()).toBe(251)
})

test('without --json a person reads a table, in French or in English', async () => {
  const french = await mgp(legacy, '--dry-run')
  expect(french.out).toMatch(/300 {2}Lignes\n +251 {2}Acceptées/)
  const english = await mgp(legacy, '--dry-run', '--lang', 'en')
  expect(english.out).toMatch(/49 {2}Rejected\n.*The status is not known.*rows 17, 78/)
})

test('a column with a strange heading is imported once it is named', async () => {
  const file = written('strange.csv', 'Patronyme,Email,Statut\nMartin,martin@example.com,Client\n')
  const refused = await mgp(file)
  expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/«\sNom\s»/)])
  expect((await mgp(file, '--map', 'lastName=Patronyme')).code).toBe(0)
  expect(await clientsThere()).toBe(1)
})

test('a file that cannot be read is refused with a sentence that names the line, in JSON too', async () => {
  const file = written('open-quote.csv', 'Nom;Email;Statut\n"Martin;martin@example.com;Client\n')
  const { code, out, err } = await mgp(file, '--json')
  expect([code, err]).toEqual([1, 'Un guillemet ouvert à la ligne 2 n’est jamais refermé.\n'])
  expect(JSON.parse(out)).toMatchObject({
    error: { code: 'import_file_quote_unclosed', details: { line: 2 } },
  })
})

test.each([[[]], [['a.csv', 'b.csv']], [['a.csv', '--force']], [['a.csv', '--map', 'lastName']]])(
  'wrong usage %j ends with code 2 and the usage',
  async (args) => {
    expect(await mgp(...args)).toMatchObject({ code: 2, err: expect.stringContaining('--dry-run') })
  },
)

test('a file that is not there is code 1', async () => {
  expect(await mgp('nowhere.csv')).toMatchObject({ code: 1, err: expect.stringContaining('nowhere.csv') })
})

test(
  'killed at any instant, an import leaves nothing, or everything when it had just committed',
  { timeout: 300_000 },
  async () => {
    const rows = 4000
    const lines = Array.from({ length: rows }, (_, at) => `Martin${at};martin${at}@example.com;Client;Nancy`)
    const file = written('killed.csv', ['Nom;Email;Statut;Ville', ...lines].join('\n'))
    const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
    console.log(`instants of the kills: SEED=${seed}`)
    const random = randomFrom(seed)

    // How long one takes from its first sign in the database to its end, so that the kills fall over all of it.
    const whole = start(file)
    const ended = once(whole, 'close')
    await isAtWork()
    const began = performance.now()
    await ended
    const span = performance.now() - began
    await emptied()

    const kills = 8
    let complete = 1
    for (let kill = 0; kill < kills; kill++) {
      const child = start(file)
      const gone = once(child, 'close')
      await isAtWork()
      await sleep(random() * span)
      child.kill('SIGKILL')
      await gone
      await hasLeft()
      const there = (await clientsThere()) ?? -1
      expect([0, rows]).toContain(there)
      expect(await importsInLog(rows), 'one line in the log for each import that counts').toBe(
        (complete += there / rows),
      )
      await emptied()
    }
    console.log(`${complete - 1} of the ${kills} killed imports had just committed`)
  },
)

async function importsInLog(rows: number): Promise<number | undefined> {
  const counted = `select count(*)::int from audit_entries where verb = 'client.imported' and object_count = $1`
  return (await admin.query<{ count: number }>(counted, [rows])).rows[0]?.count
}

const backends = `select from pg_stat_activity where application_name = 'mgp clients import' and datname = current_database()`

async function isAtWork() {
  while (!(await admin.query(`${backends} and xact_start is not null`)).rowCount) await sleep(2)
}

/** PostgreSQL has noticed that nobody is there any more. */
async function hasLeft() {
  while ((await admin.query(backends)).rowCount) await sleep(10)
}

function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
