/** What the SQL console's login may read and change in the central database, as it is meant, and as it stands there. */
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { rootDir } from '#platform/server/config.ts'
import { pillSchema } from '../../modules/sql-console/server/simulating/pill.ts'
import { atTheEnd } from '../harness/at-the-end.ts'
import { testDatabase } from '../harness/database.ts'

/**
 * What nobody reads by a statement: secrets, sealed texts, fingerprints of secrets; `*` is all of a table. A column that stands neither
 * here nor among its rights makes this wall red: a migration that brings one says what it is.
 */
const hidden: Record<string, string> = {
  staff_members: 'password_hash',
  staff_sessions: 'token_hash',
  staff_sign_ins: 'token_hash enrolment_secret_sealed enrolment_link_hash',
  staff_devices: 'token_hash',
  staff_links: 'token_hash',
  staff_authenticators: 'secret_sealed',
  staff_passkeys: 'credential_id public_key',
  staff_recovery_codes: 'selector code_hash',
  staff_password_requests: 'asked_sealed',
  member_accounts: 'password_hash',
  member_sessions: 'token_hash',
  member_sign_ins: 'token_hash',
  member_devices: 'token_hash',
  member_links: 'token_hash',
  member_authenticators: 'secret',
  member_passkeys: 'credential_id public_key',
  member_recovery_codes: 'selector code_hash',
  member_password_requests: 'asked_sealed',
  attempt_counters: '*',
  used_challenges: '*',
  impersonations: 'key_hash browser_hash session_hash',
  tenants: 'login_secret_sealed key_sealed',
  tenant_spares: 'login_secret_sealed',
  tenant_works: 'plan',
  clusters: 'provisioner_url_sealed',
  sepa_mandates: 'iban_sealed',
  sepa_batches: 'xml_sealed',
  outgoing_mails: 'body_sealed',
  privacy_proofs: 'sealed',
  audit_entries: '*',
  audit_payloads: '*',
  audit_log: 'sealed ip_index',
  sql_runs: '*',
  sql_requests: '*',
  sql_fleets: '*',
  sql_fleet_runs: '*',
  sql_queries: '*',
  sql_unmaskings: '*',
  sql_exports: '*',
}

/** What people work with, and may be put right: rows come, change and go. All else is read at most. */
const repaired =
  `announcements background_jobs billing_profiles clients coupons dunning_pauses invoice_lines invoices macros
  plan_options plans quotes saved_views subscription_coupons subscription_extras subscription_options subscriptions support_preferences
  support_tags support_team_members support_teams ticket_drafts ticket_followers ticket_links ticket_reads ticket_tags tickets`.split(
    /\s+/,
  )

const database = await testDatabase()
async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  atTheEnd(() => client.end())
  return client
}
const admin = await connected(database.adminUrl)
const console_ = await connected(database.consoleUrl)

type Column = { table: string; column: string; computed: boolean; may: string[] }

/** Every column of ours with what the login may do to it, however it came by the right. */
async function columnsOf(client: pg.Client): Promise<Column[]> {
  const { rows } = await client.query<Column>(`
    select c.relname as table, a.attname as column, a.attgenerated <> '' or a.attidentity = 'a' as computed,
      array(select right_of from unnest(array['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) right_of
        where has_column_privilege('mgp_console', c.oid, a.attnum, right_of)) as may
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by c.relname, a.attnum`)
  return rows
}

const isHidden = ({ table, column }: Pick<Column, 'table' | 'column'>) =>
  hidden[table] === '*' || (hidden[table] ?? '').split(' ').includes(column)

async function faults(client: pg.Client): Promise<string[]> {
  const columns = await columnsOf(client)
  return columns.flatMap((one) => {
    const meant = isHidden(one)
      ? []
      : repaired.includes(one.table) && !one.computed
        ? ['SELECT', 'INSERT', 'UPDATE']
        : ['SELECT']
    const name = `${one.table}.${one.column}`
    return [
      ...one.may.filter((right) => !meant.includes(right)).map((right) => `${name}: ${right}`),
      ...meant.filter((right) => !one.may.includes(right)).map((right) => `${name}: ${right} is missing`),
    ]
  })
}

/** Rights on whole tables, functions, sequences and schemas: these and no other. */
async function rightsBesides(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ right: string }>(`
    select case relkind when 'S' then 'a sequence' else relname end || ': ' || privilege_type as right from pg_class, aclexplode(relacl) where grantee in ('mgp_console'::regrole, 0)
      and relnamespace in ('public'::regnamespace, 'pgboss'::regnamespace)
    union select proname || ': ' || privilege_type from pg_proc, aclexplode(proacl) where grantee = 'mgp_console'::regrole
    union all select nspname || ': ' || privilege_type from pg_namespace, aclexplode(nspacl) where grantee = 'mgp_console'::regrole
    union all select proname || ': it runs as its owner' from pg_proc where prosecdef and has_function_privilege('mgp_console', oid, 'EXECUTE')
    union all select 'it is in ' || roleid::regrole from pg_auth_members where member = 'mgp_console'::regrole
    union all select privilege || ' on the database' from unnest(array['CREATE', 'TEMPORARY']) privilege
      where has_database_privilege('mgp_console', current_database(), privilege)
    order by 1`)
  return rows.map(({ right }) => right)
}

test('every column of the central database is readable or a secret, and changed only where people repair', async () => {
  expect(await faults(admin)).toEqual([])
  const tables = new Set((await columnsOf(admin)).map(({ table }) => table))
  expect([...Object.keys(hidden), ...repaired].filter((table) => !tables.has(table))).toEqual([])
})

test('it has no right besides', async () => {
  expect(await rightsBesides(admin)).toEqual(
    [
      'a sequence: SELECT',
      'console_pill: INSERT',
      'plain_text: EXECUTE',
      'public: USAGE',
      ...repaired.map((table) => `${table}: DELETE`),
    ].toSorted(),
  )
})

test('its role is a plain one, and so is the one that owns the tables for a simulation', async () => {
  const { rows } = await admin.query(`
    select rolname, rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls as powerful, rolconnlimit,
      array(select roleid::regrole::text || concat(case when inherit_option then ' INHERIT' end, case when set_option then ' SET' end,
        case when admin_option then ' ADMIN' end) from pg_auth_members where member = r.oid) as member_of
    from pg_roles r where rolname in ('mgp_console', 'mgp_console_owner') order by 1`)
  expect(rows).toEqual([
    { rolname: 'mgp_console', powerful: false, rolconnlimit: 40, member_of: [] },
    { rolname: 'mgp_console_owner', powerful: false, rolconnlimit: 40, member_of: ['mgp_owner INHERIT'] },
  ])
})

describe('the wall is red when', () => {
  test.each([
    [
      'a column comes that nobody told it of',
      'alter table clients add secret text',
      'clients.secret: SELECT is missing',
    ],
    ['a table comes', 'create table strangers (id int)', 'strangers.id: SELECT is missing'],
    [
      'a secret can be read',
      'grant select (password_hash) on staff_members to mgp_console',
      'staff_members.password_hash: SELECT',
    ],
    [
      'a whole table can be read',
      'grant select on staff_sessions to mgp_console',
      'staff_sessions.token_hash: SELECT',
    ],
    ['everybody reads', 'grant select on audit_payloads to public', 'audit_payloads.sealed: SELECT'],
    [
      'a payment can be changed',
      'grant update (amount_cents) on payments to mgp_console',
      'payments.amount_cents: UPDATE',
    ],
  ])('%s', async (_, plant, fault) => {
    await admin.query('begin')
    await admin.query(plant)
    const found = await faults(admin)
    await admin.query('rollback')
    expect(found).toContain(fault)
  })

  test.each([
    ['it may delete payments', 'grant delete on payments to mgp_console', 'payments: DELETE'],
    ['it may empty a table', 'grant truncate on clients to mgp_console', 'clients: TRUNCATE'],
    ['it is the server too', 'grant mgp_app to mgp_console', 'it is in mgp_app'],
    [
      'it may take numbers',
      'grant usage on all sequences in schema public to mgp_console',
      'a sequence: USAGE',
    ],
    [
      'it may call what runs as its owner',
      'grant execute on function fold_figures() to mgp_console',
      'fold_figures: it runs as its owner',
    ],
  ])('%s', async (_, plant, fault) => {
    await admin.query('begin')
    await admin.query(plant)
    const found = await rightsBesides(admin)
    await admin.query('rollback')
    expect(found).toContain(fault)
  })
})

describe('behind the list of functions it may not', () => {
  test.each([
    "select set_config('statement_timeout', '0', false)",
    'select pg_sleep(0)',
    "select pg_notify('news', '')",
    'select pg_advisory_lock(1)',
    'select pg_try_advisory_xact_lock(1, 1)',
    "select pg_logical_emit_message(false, 'a', 'b')",
    'select lo_create(0)',
    "select query_to_xml('select 1', true, true, '')",
    "select table_to_xml('clients', true, true, '')",
    "select * from ts_stat('select to_tsvector(1)')",
    "select pg_read_file('PG_VERSION')",
    "select nextval('figure_deltas_id_seq')",
    'do $$ begin end $$',
    'create function mine() returns int language sql return 1',
    'create temporary table mine ()',
    'select from pgboss.job',
    'select from pg_authid',
    'truncate clients',
    'set role mgp_owner',
    'copy clients to program $$true$$',
  ])('%s', async (statement) => {
    await expect(console_.query(statement)).rejects.toMatchObject({ code: '42501' })
  })

  test('and our own logins still may what they need', async () => {
    for (const url of [database.appUrl, database.sequencerUrl, database.provisionerUrl]) {
      const client = await connected(url)
      await client.query(
        "select pg_advisory_xact_lock(1), set_config('mgp.said', 'a', true), pg_notify('a', 'b')",
      )
      await client.query('do $$ begin end $$')
    }
  })
})

test('what it may repair it can: each table takes a change and a removal', async () => {
  const columns = await columnsOf(admin)
  for (const table of repaired) {
    const set = columns.flatMap(({ table: of, column, computed }) =>
      of === table && !computed ? `${pg.escapeIdentifier(column)} = ${pg.escapeIdentifier(column)}` : [],
    )
    await console_.query('begin')
    await console_.query(`update ${table} set ${set.join(', ')}`)
    await console_.query(`delete from ${table}`)
    await console_.query('select ctid, xmin, xmax from clients')
    await console_.query('rollback')
  }
})

test('every database has the same pill, and the engine knows no other', () => {
  for (const file of ['central/0018_console_login.sql', 'tenant/0004_console.sql'])
    expect(fs.readFileSync(path.join(rootDir, 'db', file), 'utf8')).toContain(pillSchema.trim())
})
