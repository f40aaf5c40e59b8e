/** Who writes to the audit log can do nothing else to it: every other verb is tried, and the database refuses each. */
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#platform/server/ids.ts'
import { leafOf } from '../../modules/audit/server/leaf.ts'
import { testServer } from '../harness/server.ts'

const server = await testServer()
const { adminUrl, appUrl, sequencerUrl } = server.database
const behind = new pg.Client(adminUrl)
const asApp = new pg.Client(appUrl)
const asSequencer = new pg.Client(sequencerUrl)

const written = leaf()
const { id } = JSON.parse(written) as { id: string }

beforeAll(async () => {
  await Promise.all([behind.connect(), asApp.connect(), asSequencer.connect()])
  await asApp.query('insert into audit_entries (leaf) values ($1)', [written])
  await asApp.query("insert into audit_payloads (entry_id, at, sealed) values ($1, now(), '\\x01')", [id])
  await asSequencer.query(
    "insert into audit_leaves (index, entry_id, hash) values (0, $1, sha256('\\x00'::bytea || convert_to($2, 'UTF8')))",
    [id, written],
  )
  await asSequencer.query("insert into audit_keys (vkey, origin) values ('key', 'origin')")
  await asSequencer.query(
    "insert into audit_checkpoints (size, root, note, signed_at) values (1, sha256('x'), 'note', now())",
  )
})
afterAll(async () => {
  await Promise.all([behind.end(), asApp.end(), asSequencer.end()])
})

function leaf(over: Record<string, unknown> = {}): string {
  return leafOf({
    v: 1,
    id: uuidv7(),
    time: new Date().toISOString(),
    actor: { type: 'system', id: 'a wall' },
    verb: 'client.updated',
    object: { type: 'client', id: 'somebody' },
    result: 'done',
    ...over,
  })
}

const tables = ['audit_entries', 'audit_payloads', 'audit_leaves', 'audit_keys', 'audit_checkpoints']

/** Everything there is, which stays as it is whatever is tried. */
async function whole(): Promise<unknown[]> {
  const found: unknown[] = []
  for (const table of tables) found.push((await behind.query(`select * from ${table} t order by t`)).rows)
  return found
}

/** What stands in `pg_class` and around of a table, which whoever does not own it cannot touch. */
const asOwners: [what: string, statement: (table: string) => string][] = [
  ['alter it', (table) => `alter table ${table} add column more text`],
  ['take its rules away', (table) => `alter table ${table} drop constraint ${table}_pkey`],
  ['disable its triggers', (table) => `alter table ${table} disable trigger all`],
  ['disable one trigger', (table) => `alter table ${table} disable trigger append_only`],
  ['drop a trigger', (table) => `drop trigger append_only on ${table}`],
  [
    'make a trigger',
    (table) =>
      `create trigger mine before insert on ${table} execute function suppress_redundant_updates_trigger()`,
  ],
  ['make a rule', (table) => `create rule mine as on insert to ${table} do instead nothing`],
  ['enable a rule', (table) => `alter table ${table} enable always rule mine`],
  ['make a policy', (table) => `create policy mine on ${table} using (true)`],
  ['enable row security', (table) => `alter table ${table} enable row level security`],
  ['make an index', (table) => `create index on ${table} ((1))`],
  ['rebuild its indexes', (table) => `reindex table ${table}`],
  ['rewrite it', (table) => `cluster ${table} using ${table}_pkey`],
  ['drop it', (table) => `drop table ${table} cascade`],
  ['rename it', (table) => `alter table ${table} rename to gone`],
  ['give it away', (table) => `alter table ${table} owner to mgp_app`],
  ['inherit from it', (table) => `create temp table child () inherits (${table})`],
  ['lock it', (table) => `lock table ${table} in access exclusive mode`],
  ['describe it', (table) => `comment on table ${table} is 'mine'`],
]

/** A statement of each kind that reads or changes rows. */
const ofRows: [what: string, statement: (table: string) => string][] = [
  ['update', (table) => `update ${table} set ${column(table)} = ${column(table)}`],
  ['delete', (table) => `delete from ${table}`],
  ['truncate', (table) => `truncate ${table}`],
  ['truncate with others', (table) => `truncate ${table} restart identity cascade`],
  ['merge', (table) => `merge into ${table} t using (select 1) one on true when matched then delete`],
  ['lock its rows', (table) => `select from ${table} for update`],
]
const toRead: typeof ofRows = [
  ['select', (table) => `select * from ${table}`],
  ['count', (table) => `select count(*) from ${table}`],
  ['copy out', (table) => `copy ${table} to stdout`],
  ['be told what was written', (table) => `${insert(table)} returning ${column(table)}`],
  ['see a conflict', (table) => `${insert(table)} on conflict (${key(table)}) do nothing`],
]
const onConflict: typeof ofRows = [
  [
    'update on conflict',
    (table) =>
      `${insert(table)} on conflict (${key(table)}) do update set ${column(table)} = excluded.${column(table)}`,
  ],
]

const key = (table: string) => ({ audit_entries: 'id', audit_payloads: 'entry_id' })[table] ?? 'index'
const column = (table: string) =>
  ({ audit_entries: 'leaf', audit_payloads: 'sealed', audit_keys: 'origin', audit_checkpoints: 'note' })[
    table
  ] ?? 'hash'
function insert(table: string): string {
  if (table === 'audit_entries') return `insert into audit_entries (leaf) values ('${written}')`
  return `insert into audit_payloads (entry_id, at, sealed) values ('${id}', now(), '\\x02')`
}

const trials = (kinds: typeof ofRows, on: string[]) =>
  on.flatMap((table) => kinds.map(([what, statement]) => [`${what}: ${table}`, statement(table)] as const))

async function refused(client: pg.Client, statement: string, code: string | RegExp = '42501') {
  const before = await whole()
  // In a transaction, so that what did succeed after all is only counted, not kept.
  await client.query('begin')
  const error = await client.query(statement).then(
    () => ({ code: 'it was done' }),
    (thrown: pg.DatabaseError) => thrown,
  )
  await client.query('rollback')
  expect(error.code).toMatch(code)
  expect(await whole()).toEqual(before)
}

describe('the server', () => {
  const own = ['audit_entries', 'audit_payloads']

  test('writes entries and payloads', async () => {
    const before = Number((await behind.query('select count(*) from audit_entries')).rows[0].count)
    await asApp.query('insert into audit_entries (leaf) values ($1)', [leaf()])
    expect(Number((await behind.query('select count(*) from audit_entries')).rows[0].count)).toBe(before + 1)
  })

  test.each([
    ...trials([...toRead, ...ofRows, ...onConflict], own),
    ...trials(ofRows, ['audit_leaves', 'audit_keys', 'audit_checkpoints']),
  ])('may not %s', (_, statement) => refused(asApp, statement))

  test.each(trials(asOwners, tables))('may not %s', (_, statement) => refused(asApp, statement))

  test.each([
    ['choose which transaction wrote', `insert into audit_entries (leaf, xid) values ('${leaf()}', '3')`],
    ['choose when it wrote', `insert into audit_entries (leaf, written_at) values ('${leaf()}', now())`],
    ['number an entry', `insert into audit_leaves values (1, '${id}', sha256('x'))`],
    ['make a key known', "insert into audit_keys (vkey, origin) values ('mine', 'mine')"],
    ['sign', "insert into audit_checkpoints values (2, sha256('x'), 'mine', now())"],
    ['say an erasure is done', 'update audit_erasures set done_at = now()'],
    [
      'date a demand back',
      "insert into audit_erasures (kind, before, reason, entry_id, requested_at) values ('age', now(), 'x', uuidv7(), now() + interval '1 day')",
    ],
    ['replace what the log is read by', 'create or replace view audit_log as select 1 as one'],
    ['drop what the log is read by', 'drop view audit_log'],
    [
      'change how a leaf is read',
      'create or replace function read_audit_leaf() returns trigger language plpgsql as $$ begin return new; end $$',
    ],
    [
      'disarm the triggers',
      'create or replace function refuse_audit_change() returns trigger language plpgsql as $$ begin return null; end $$',
    ],
    ['step over the triggers', 'set session_replication_role = replica'],
    ['become the owner', 'set role mgp_owner'],
    ['become the sequencer', 'set role mgp_sequencer'],
    ['become somebody else altogether', 'set session authorization mgp_owner'],
    ['let itself in', 'grant mgp_owner to mgp_app'],
    ['read files', "select pg_read_file('postgresql.conf')"],
    ['run programs', "copy (select 1) to program 'true'"],
    ['change the server’s settings', 'set zero_damaged_pages = on'],
  ])('may not %s', (_, statement) => refused(asApp, statement))

  test.each([
    [
      'give an entry another id',
      `insert into audit_entries (leaf, id) values ('${leaf()}', uuidv7())`,
      '42501',
    ],
    ['give it another time', `insert into audit_entries (leaf, at) values ('${leaf()}', now())`, '42501'],
    [
      'say another verb than the leaf',
      `insert into audit_entries (leaf, verb) values ('${leaf()}', 'x')`,
      '42501',
    ],
    ['write the same entry twice', insert('audit_entries'), '23505'],
    ['write a second payload over the first', insert('audit_payloads'), '23505'],
    ['write what is no JSON', "insert into audit_entries (leaf) values ('{')", '22P02'],
    [
      'write an entry without a verb',
      `insert into audit_entries (leaf) values ('${leaf({ verb: undefined })}')`,
      '23514',
    ],
    [
      'write an entry without a time',
      `insert into audit_entries (leaf) values ('${leaf({ time: 'yesterday' })}')`,
      '23514',
    ],
    ['invent a result', `insert into audit_entries (leaf) values ('${leaf({ result: 'undone' })}')`, '23514'],
    ['update through the view', "update audit_log set leaf = ''", /^(42501|55000)$/],
    ['delete through the view', 'delete from audit_log', /^(42501|55000)$/],
    ['insert through the view', "insert into audit_log (leaf) values ('')", /^(42501|55000)$/],
  ])('cannot %s', (_, statement, code) => refused(asApp, statement, code))
})

describe('the sequencer', () => {
  test.each([
    ...trials(
      ofRows.filter(([what]) => what !== 'lock its rows'),
      ['audit_entries', 'audit_leaves', 'audit_keys', 'audit_checkpoints'],
    ),
    ...trials(onConflict, ['audit_entries', 'audit_payloads']),
    // Who may delete may lock: it hinders erasures, and changes nothing.
    ...trials(asOwners, tables).filter(([what]) => what !== 'lock it: audit_payloads'),
  ])('may not %s', (_, statement) => refused(asSequencer, statement))

  test.each([
    ['write an entry', insert('audit_entries')],
    ['write a payload', insert('audit_payloads')],
    ['read what is sealed', 'select sealed from audit_payloads'],
    ['change a payload', "update audit_payloads set sealed = '\\x'"],
    ['truncate payloads', 'truncate audit_payloads'],
    [
      'ask for an erasure',
      "insert into audit_erasures (kind, before, reason, entry_id) values ('age', now() - interval '2 days', 'x', uuidv7())",
    ],
    ['change what an erasure is about', 'update audit_erasures set before = now()'],
    ['read about clients', 'select from clients'],
    ['read about colleagues', 'select from staff_members'],
    ['read secrets', 'select from staff_authenticators'],
    ['step over the triggers', 'set session_replication_role = replica'],
    ['become the owner', 'set role mgp_owner'],
    ['become the server', 'set role mgp_app'],
    ['make a table', 'create table mine (one int)'],
  ])('may not %s', (_, statement) => refused(asSequencer, statement))
})

describe('even the owner is stopped by the tables themselves', () => {
  afterEach(() => behind.query('rollback'))

  const changes: typeof ofRows = ofRows.filter(([what]) => /^(update|delete|truncate)$/.test(what))
  test.each([
    ...trials(changes, ['audit_entries', 'audit_leaves', 'audit_keys', 'audit_checkpoints']),
    ['update: audit_payloads', "update audit_payloads set sealed = '\\x'"] as const,
    ['truncate: audit_payloads', 'truncate audit_payloads'] as const,
  ])('%s', async (_, statement) => {
    await behind.query('begin')
    await behind.query('set local role mgp_owner')
    await expect(
      behind.query(statement.replace(/^truncate (audit_entries|audit_checkpoints)$/, '$& cascade')),
    ).rejects.toThrow('append-only')
  })

  test('a superuser too, for as long as the triggers stand', async () => {
    await behind.query('begin')
    await expect(behind.query('delete from audit_entries')).rejects.toThrow('append-only')
  })
})
