import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testServer } from '../harness/server.ts'

const server = await testServer()
const behind = new pg.Client(server.database.adminUrl)
const asApp = new pg.Client(server.database.appUrl)
beforeAll(async () => {
  await behind.connect()
  await asApp.connect()
})
afterAll(async () => {
  await behind.end()
  await asApp.end()
})

test('no connection of the server belongs to a superuser, an owner, or a member of one', async () => {
  await (await server.as('administrator')).send('GET', '/api/v1/session')
  const { rows } = await behind.query<{
    usename: string
    application_name: string
    rolsuper: boolean
    owner: boolean
    elevated: boolean
  }>(`
    select distinct a.usename, a.application_name, r.rolsuper,
      exists (select from pg_class c where c.relowner = r.oid) as owner,
      (r.rolcreaterole or r.rolcreatedb or r.rolbypassrls or r.rolreplication or pg_has_role(r.oid, 'mgp_owner', 'member')) as elevated
    from pg_stat_activity a join pg_roles r on r.oid = a.usesysid
    where a.datname = current_database() and a.application_name like 'magestionpsy%'`)
  expect(rows.map((row) => row.application_name)).toEqual(
    expect.arrayContaining(['magestionpsy', 'magestionpsy jobs', 'magestionpsy news']),
  )
  for (const row of rows)
    expect(row).toMatchObject({ usename: 'mgp_app', rolsuper: false, owner: false, elevated: false })
})

test('every table belongs to the owner, nothing is granted to everybody, and the app may not truncate', async () => {
  const { rows } = await behind.query<{
    name: string
    owner: string
    everybody: boolean
    truncate: boolean
  }>(`
    select c.oid::regclass::text as name, pg_get_userbyid(c.relowner) as owner,
      exists (select from aclexplode(c.relacl) grants where grants.grantee = 0) as everybody,
      has_table_privilege('mgp_app', c.oid, 'TRUNCATE') as truncate
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'pgboss') and c.relkind in ('r', 'p', 'v')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`)
  expect(rows.length).toBeGreaterThan(20)
  for (const row of rows)
    expect(row).toMatchObject({ name: row.name, owner: 'mgp_owner', everybody: false, truncate: false })
})

test('functions of ours that run with their owner’s rights are not everybody’s, and pin their search path', async () => {
  const { rows } = await behind.query<{ name: string; everybody: boolean; pinned: boolean }>(`
    select p.oid::regprocedure::text as name,
      has_function_privilege('public', p.oid, 'EXECUTE') as everybody,
      coalesce(array_to_string(p.proconfig, ' ') like '%search_path=%', false) as pinned
    from pg_proc p where p.prosecdef and pg_get_userbyid(p.proowner) = 'mgp_owner'`)
  expect(rows.length).toBeGreaterThan(0)
  for (const row of rows) expect(row).toMatchObject({ name: row.name, everybody: false, pinned: true })
})

test.each([
  [
    'make a role that passes for a built-in one',
    "insert into roles (key, level, built_in) values ('mine', 50, true)",
  ],
  [
    'make a role of the top level',
    "insert into roles (key, name, level) values ('mine', 'Mine', 100)",
    '23514',
  ],
  ['raise a built-in role', "update roles set level = 100 where key = 'support'", '23001'],
  ['remove a built-in role', "delete from roles where key = 'auditor'", '23001'],
  [
    'take a right from the top',
    "delete from role_permissions using roles where roles.id = role_id and key = 'super_administrator'",
    '23001',
  ],
  [
    'limit the top',
    "insert into role_limits select id, 'department', '57' from roles where key = 'super_administrator'",
    '23001',
  ],
  ['forget who held which role', 'delete from staff_roles'],
  ['falsify figures', "insert into figures values ('revenue_excl', now(), '', 1, 1)"],
  ['create a table', 'create table mine (id int)'],
  ['become the owner', 'set role mgp_owner'],
  ['make a database', 'create database mine'],
  ['make a login', 'create role mine login'],
  ['become who makes practices’ databases', 'set role mgp_provisioner'],
  ['become the owner of what is in them', 'set role mgp_tenant_owner'],
  ['forget a practice', 'delete from tenants'],
  ['change whose database it is', 'update tenants set id = uuidv7()'],
  ['forget that a practice was purged', 'delete from tenant_purges'],
  ['rewrite the certificate of a purge', "update tenant_purges set certificate = ''"],
  ['say that another asked for it', 'update tenant_works set asked_by = null'],
  ['make a member somebody else', 'update members set account_id = account_id'],
  ['take a member into another practice', 'update members set tenant_id = tenant_id'],
  ['make a session another member’s', 'update member_sessions set member_id = member_id'],
])('the app’s role may not %s', async (_, statement, code = '42501') => {
  await expect(asApp.query(statement)).rejects.toMatchObject({ code })
})
