import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { startEmbedded } from '#platform/server/embedded-postgres.ts'
import { atTheEnd } from '../../../../tests/harness/at-the-end.ts'
import { startingWith, usual } from '../simulating/bounds.ts'
import { pillSchema } from '../simulating/pill.ts'
import { simulate, type Doors } from '../simulating/simulating.ts'
import type { Simulation } from '../simulating/simulation.ts'
import { readApart } from '../statements/reading-apart.ts'
import type { Statement } from '../statements/reading.ts'
import { calls, hidings, statements } from './escapes.ts'

// A cluster that is nobody else's: whatever is otherwise in it afterwards is our doing.
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-escapes-'))
fs.chmodSync(folder, 0o755)
const writable = path.join(folder, 'writable')
fs.mkdirSync(writable)
fs.chmodSync(writable, 0o777)
const cluster = await startEmbedded(path.join(folder, 'cluster'), { durable: false })
atTheEnd(async () => {
  await cluster.stop('immediate')
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
})

const at = (database: string, user?: string) => {
  const url = new URL(cluster.adminUrl)
  url.pathname = `/${database}`
  if (user) [url.username, url.password] = [user, 'known']
  return url.toString()
}
async function connected(url: string, options = ''): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, options })
  client.on('error', () => {})
  await client.connect()
  return client
}
const closing = (client: pg.Client) => atTheEnd(() => client.end())
const setup = await connected(at('postgres'))
await setup.query('ALTER SYSTEM SET autovacuum = off')
await setup.query('SELECT pg_reload_conf()')
for (const role of ['console', 'owner'])
  await setup.query(`CREATE ROLE escapes_${role} LOGIN NOINHERIT PASSWORD 'known'`)
for (const name of ['other', 'target']) await setup.query(`CREATE DATABASE ${name}`)
await setup.end()
const [admin, other, victim] = [
  await connected(at('target')),
  await connected(at('other')),
  await connected(at('target')),
]
for (const client of [admin, other, victim]) closing(client)
let victimPid = 0

beforeAll(async () => {
  await other.query('CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)')
  await admin.query(`GRANT CREATE ON SCHEMA public TO escapes_owner; REVOKE TEMPORARY ON DATABASE target FROM PUBLIC;
    REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC; GRANT USAGE ON LANGUAGE plpgsql TO escapes_owner;
    SELECT lo_from_bytea(4711, 'kept')`)
  const owner = await connected(at('target', 'escapes_owner'))
  await owner.query(`${pillSchema}
    CREATE TABLE clients (id int PRIMARY KEY, name text);
    CREATE TABLE numbered (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, client_id int REFERENCES clients ON DELETE CASCADE);
    CREATE FUNCTION wipes() RETURNS bigint LANGUAGE sql AS 'WITH d AS (DELETE FROM clients RETURNING 1) SELECT count(*) FROM d';
    CREATE FUNCTION wipes(clients) RETURNS bigint LANGUAGE sql AS 'WITH d AS (DELETE FROM clients RETURNING 1) SELECT count(*) FROM d';
    CREATE PROCEDURE leaves() LANGUAGE plpgsql AS 'BEGIN DELETE FROM clients; COMMIT; END';
    CREATE VIEW known AS SELECT * FROM clients;
    INSERT INTO clients SELECT i, 'Client ' || i FROM generate_series(1, 10) i;
    INSERT INTO numbered (client_id) SELECT i FROM generate_series(1, 10) i;
    GRANT SELECT, INSERT, UPDATE, DELETE ON clients, numbered TO escapes_console; GRANT SELECT ON known, numbered_id_seq TO escapes_console;
    GRANT INSERT ON console_pill TO escapes_console`)
  await owner.end()
  const { rows } = await victim.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  victimPid = rows[0]?.pid ?? 0
})

const doorsOf = (role: 'console' | 'owner'): Doors => ({
  inside: (bounds) => connected(at('target', `escapes_${role}`), startingWith(bounds)),
  beside: () => connected(at('target', `escapes_${role}`)),
})
const hasty = { ...usual, statement: 400, transaction: 2_000, lock: 200 }

const sum = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)

/** What others see of the databases' content, roles, settings, objects, sessions and locks; quick enough to be asked each time. */
async function glance(): Promise<object> {
  const { rows } = await admin.query<{ it: object }>(`SELECT jsonb_build_object(
    'clients', (SELECT md5(string_agg(c::text, ',' ORDER BY id)) FROM clients c),
    'numbered', (SELECT md5(string_agg(n::text, ',' ORDER BY id)) FROM numbered n),
    'tables', (SELECT md5(string_agg(format('%s %s %s %s', oid, relname, relfilenode, relacl), ',' ORDER BY oid)) FROM pg_class),
    'columns', (SELECT md5(string_agg(format('%s %s %s', attrelid, attname, atttypid), ',' ORDER BY attrelid, attnum)) FROM pg_attribute),
    'functions', (SELECT md5(string_agg(oid::text || proname, ',' ORDER BY oid)) FROM pg_proc),
    'triggers', (SELECT md5(string_agg(oid::text || tgname || tgenabled::text, ',' ORDER BY oid)) FROM pg_trigger),
    'roles', (SELECT md5(string_agg(r::text, ',' ORDER BY oid)) FROM pg_authid r),
    'members', (SELECT count(*) FROM pg_auth_members),
    'settings', (SELECT md5(string_agg(name || setting, ',' ORDER BY name)) FROM pg_settings WHERE name !~ 'application_name|in_hot_standby'),
    'kept_settings', (SELECT count(*) FROM pg_db_role_setting),
    'files', (SELECT md5(string_agg(f::text, ',')) FROM pg_file_settings f),
    'objects', (SELECT md5(string_agg(loid::text || pageno || encode(data, 'hex'), ',' ORDER BY loid, pageno)) FROM pg_largeobject),
    'databases', (SELECT md5(string_agg(oid::text || datname, ',' ORDER BY oid)) FROM pg_database),
    'tablespaces', (SELECT count(*) FROM pg_tablespace), 'slots', (SELECT count(*) FROM pg_replication_slots),
    'origins', (SELECT count(*) FROM pg_replication_origin), 'subscriptions', (SELECT count(*) FROM pg_subscription),
    'prepared', (SELECT count(*) FROM pg_prepared_xacts), 'locks', (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'),
    'extensions', (SELECT count(*) FROM pg_extension), 'schemas', (SELECT count(*) FROM pg_namespace WHERE nspname !~ '^pg_t'),
    'victim', (SELECT count(*) FROM pg_stat_activity WHERE pid = ${victimPid}),
    'reset', (SELECT stats_reset FROM pg_stat_database WHERE datname = 'target')) AS it`)
  const { rows: kept } = await other.query('SELECT * FROM kept')
  const { rows: sequence } = await admin.query('SELECT last_value, is_called FROM numbered_id_seq')
  return { ...rows[0]?.it, kept, sequence, written: fs.readdirSync(writable) }
}

/** All of it: every row of every table and every catalogue of every database, and every file. */
async function everything(): Promise<{ [what: string]: string }> {
  const found: { [what: string]: string } = {}
  // Files of what was undone are emptied at once, and gone with the next checkpoint.
  await admin.query('CHECKPOINT')
  const passing = `'{relpages,reltuples,relallvisible,relallfrozen,relfrozenxid,relminmxid,datfrozenxid,datminmxid}'::text[]`
  for (const client of [admin, other]) {
    const { rows } = await client.query<{ name: string; kind: string }>(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name, c.relkind AS kind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'S') AND c.relname <> 'pg_statistic' AND n.nspname <> 'pg_toast' ORDER BY 1`,
    )
    for (const { name, kind } of rows) {
      const { rows: told } = await client.query<{ text: string | null }>(
        kind === 'S'
          ? `SELECT last_value || ' ' || is_called AS text FROM ${name}`
          : `SELECT md5(string_agg(j, ',' ORDER BY j)) AS text FROM (SELECT (to_jsonb(t) - ${passing})::text AS j FROM ${name} t) s`,
      )
      found[`${client.database} ${name}`] = told[0]?.text ?? ''
    }
    const { rows: settings } = await client.query<{ it: string }>(
      `SELECT md5(string_agg(name || coalesce(setting, '') || source, ',' ORDER BY name)) AS it FROM pg_settings`,
    )
    found[`${client.database} settings`] = settings[0]?.it ?? ''
  }
  // What comes and goes by itself: the log ahead of writing, statistics, caches of the catalogue, and what pages are free.
  const own =
    /\/(pg_wal|pg_xact|pg_subtrans|pg_multixact|pg_stat|pg_stat_tmp|pg_notify|pg_serial|pg_logical|pg_commit_ts)\/|_(fsm|vm)$|pg_internal\.init|postmaster\.|\.lock$|\.log$|visitors/
  const files = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !own.test(file))
  found.files = sum(files.toSorted().join('\n'))
  for (const file of files.filter((name) => /\.(conf|opts)$|filenode\.map$|PG_VERSION$/.test(name)))
    found[file] = sum(fs.readFileSync(file, 'latin1'))
  return found
}

const filled = (text: string) =>
  text.replaceAll('{folder}', writable).replaceAll('{victim}', String(victimPid))

const texts = [
  ...calls.map((call) => `SELECT ${call}`),
  ...calls.map((call) => `SELECT * FROM ${call} AS f`),
  ...statements,
  ...hidings.flatMap(([, hide]) =>
    ["setval('numbered_id_seq', 500)", String.raw`U&"pg\005fread\005ffile"(E'\x78')`, 'wipes()'].map(hide),
  ),
]

/** As if nobody had looked at it; and without a plan, since EXPLAIN alone refuses much of it. */
const unseen = (text: string): Statement => ({
  text,
  command: '?',
  does: 'writes',
  refusals: [],
  parameters: 0,
  names: [],
  called: [],
  place: { from: 0, to: text.length },
})
const short = (text: string) => (text.length > 200 ? `${text.slice(0, 100)} … ${text.slice(-60)}` : text)

/** With a change before and after it, which must be gone. */
async function pastTheParser(text: string): Promise<Simulation> {
  const script = [
    unseen("UPDATE clients SET name = 'changed'"),
    unseen(text),
    unseen("UPDATE clients SET name = 'changed again'"),
  ]
  return simulate(doorsOf('console'), { statements: script, parameters: [] }, hasty)
}

describe('out of a simulation', () => {
  test('there are ways enough', () => {
    expect(new Set(texts).size).toBeGreaterThan(300)
  })

  test(
    'each way is refused before anything runs, or runs and leaves nothing',
    { timeout: 120_000 },
    async () => {
      const before = await everything()
      const open: string[] = []
      for (const text of texts.map(filled)) {
        const found = await readApart(text)
        const refused =
          'unreadable' in found ? [found.unreadable] : found.statements.flatMap(({ refusals }) => refusals)
        if (refused.length === 0 && 'statements' in found) {
          open.push(text)
          const report = await simulate(
            doorsOf('console'),
            { statements: found.statements, parameters: [] },
            hasty,
          )
          expect(report, short(text)).toMatchObject({
            proof: { unchanged: true },
            residue: { sequences: [] },
          })
        }
      }
      // Strings that only look like something, and a function of ours that is found out when it is about to run.
      expect(open.filter((text) => !/wipes FROM|^SELECT '\\'|^SELECT \$a\$/.test(text)).map(short)).toEqual(
        [],
      )
      expect(await everything()).toEqual(before)
    },
  )

  test('past the parser, each is held by what stands behind it', { timeout: 240_000 }, async () => {
    const before = await everything()
    let last = await glance()
    const alone = process.env.TEST_LONG
      ? texts.filter((text) => text.length < 10_000)
      : [...calls.map((call) => `SELECT ${call}`), ...statements]
    for (const text of alone.map(filled)) {
      const report = await pastTheParser(text)
      expect(report.proof, short(text)).toMatchObject({ status: 'aborted', unchanged: true })
      const now = await glance()
      const declared = report.residue.sequences.map(({ name }) => name)
      const residue = declared.includes('numbered_id_seq') ? { ...last, sequence: expect.anything() } : last
      expect(now, short(text)).toEqual(residue)
      last = now
    }
    const after = await everything()
    const differing = Object.keys(after).filter((what) => after[what] !== before[what])
    expect(differing.filter((what) => what !== 'target public.numbered_id_seq')).toEqual([])
  })

  test('what is allowed leaves what it says, and nothing else', async () => {
    const before = await everything()
    const declared = new Set<string>()
    for (const [role, text] of [
      ['console', 'INSERT INTO numbered (client_id) VALUES (1), (2)'],
      ['console', 'DELETE FROM clients'],
      [
        'console',
        "WITH a AS (INSERT INTO clients VALUES (50, 'x') RETURNING id) INSERT INTO numbered (client_id) SELECT id FROM a",
      ],
      ['console', 'SELECT * FROM clients FOR UPDATE'],
      ['owner', 'DROP TABLE clients CASCADE'],
      ['owner', 'TRUNCATE numbered RESTART IDENTITY'],
      [
        'owner',
        'ALTER TABLE clients ADD COLUMN a uuid DEFAULT gen_random_uuid(); UPDATE clients SET name = NULL; ALTER TABLE clients RENAME TO people',
      ],
      ['owner', 'CREATE TABLE escaped AS SELECT * FROM clients; CREATE INDEX ON escaped (id)'],
      [
        'owner',
        "CREATE TYPE mood AS ENUM ('well'); CREATE SEQUENCE counts; CREATE VIEW seen AS SELECT * FROM clients",
      ],
      ['owner', 'ALTER SEQUENCE numbered_id_seq RESTART WITH 900'],
      ['owner', "COMMENT ON TABLE clients IS 'escaped'"],
    ] as const) {
      const found = await readApart(text)
      if ('unreadable' in found) throw new Error(text)
      expect(
        found.statements.flatMap(({ refusals }) => refusals),
        text,
      ).toEqual([])
      const report = await simulate(doorsOf(role), { statements: found.statements, parameters: [] }, usual)
      expect(report, text).toMatchObject({
        status: 'simulated',
        proof: { status: 'aborted', unchanged: true },
      })
      for (const { name } of report.residue.sequences) declared.add(name)
    }
    const after = await everything()
    expect(Object.keys(after).filter((what) => after[what] !== before[what])).toEqual(
      [...declared].map((name) => `target public.${name}`),
    )
    expect([...declared]).toEqual(['numbered_id_seq'])
  })
})
