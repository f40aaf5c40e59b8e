// A log of millions, made by PostgreSQL itself: leaves as the server writes them, their payloads apart, all of it numbered.
// Everything is frequent somewhere and rare somewhere else, so that every filter can be asked both ways.
import pg from 'pg'
import { vaultOf } from '#platform/server/vault.ts'
import { ipIndexOf } from '../../modules/audit/server/payloads.ts'

const clients = 20_000
const addresses = 2_000
const batch = 250_000

/** What is there 1 time in so many; everything else falls as a skewed dice does. */
export const rare = { verb: 100_003, actor: 50_021, ip: 90_001, word: 150_001, failed: 80_021, many: 1_000 }

export const addressAt = (n: number) =>
  `198.${51 + Math.floor(n / 65_536)}.${Math.floor(n / 256) % 256}.${n % 256}`
export const rareAddress = '2001:db8::7'

/** As the tables' owner, without indexes until the end: minutes instead of an hour. */
export async function fill(
  { adminUrl, masterKey, entries }: { adminUrl: string; masterKey: Uint8Array; entries: number },
  say: (text: string) => void,
): Promise<void> {
  const db = new pg.Client(adminUrl)
  await db.connect()
  try {
    // Nothing was changed afterwards, nothing refers to what is not there: what triggers watch over is true as it is.
    await db.query(`set session_replication_role = replica; set synchronous_commit = off`)
    await preparePeople(db, masterKey)
    await takeColumnsAsTheyCome(db)
    const indexes = await dropIndexes(db)
    for (let from = 0; from < entries; from += batch) {
      await db.query(write, [from, Math.min(entries, from + batch) - 1, entries, rare.verb, rare.actor, rare.ip, rare.word, rare.failed, rare.many]) // prettier-ignore
      say(`${Math.min(entries, from + batch)} of ${entries} entries`)
    }
    // What the server writes from now on gets its columns as everywhere.
    await db.query('alter table audit_entries enable always trigger read_leaf')
    await db.query(`set maintenance_work_mem = '1GB'`)
    for (const definition of indexes) await db.query(definition)
    say('indexes')
    await db.query('vacuum (analyze) audit_entries, audit_payloads, audit_leaves, clients')
  } finally {
    await db.end()
  }
}

async function preparePeople(db: pg.Client, masterKey: Uint8Array): Promise<void> {
  await db.query(`
    insert into clients (kind, status, last_name, first_name, email, city, department)
    select 'practitioner', 'active',
      (array['Arnaud','Bernard','Lefèvre','N’Diaye','Moreau','Rousseau','Fontaine','Chevalier','Garnier','Faure'])[1 + n % 10] || case when n % 7 = 0 then '-Roux' else '' end,
      (array['Roxane','Loïc','Anne','Hélène','Marc','Wei','Élise','Paul','Inès'])[1 + n % 9], 'b' || n || '@example.com', 'Metz', '57'
    from generate_series(1, ${clients}) n`)
  await db.query(`
    create temp table some_clients as select (row_number() over (order by md5(id::text)))::int - 1 as n, id from clients;
    create temp table some_staff as select (row_number() over (order by id))::int - 1 as n, id from staff_members;
    create temp table some_addresses (n int primary key, ip text, ip_index bytea);
    create unique index on some_clients (n); create unique index on some_staff (n);
    analyze some_clients, some_staff`)
  const vault = vaultOf(masterKey)
  const ips = [...Array.from({ length: addresses }, (_, n) => addressAt(n)), rareAddress]
  await db.query(
    `insert into some_addresses select ordinality - 1, ip, ip_index from unnest($1::text[], $2::bytea[]) with ordinality as u (ip, ip_index, ordinality)`,
    [ips, ips.map((ip) => ipIndexOf(vault, ip))],
  )
}

/** Reading does not show whether a column was read from its leaf, nor whether the leaf was looked over: most of a load's time. */
async function takeColumnsAsTheyCome(db: pg.Client): Promise<void> {
  await db.query('alter table audit_entries disable trigger read_leaf')
  const checks = await db.query<{ name: string }>(
    `select conname as name from pg_constraint where conrelid = 'audit_entries'::regclass and contype = 'c'`,
  )
  for (const { name } of checks.rows) await db.query(`alter table audit_entries drop constraint ${name}`)
}

/** @returns how to make them again */
async function dropIndexes(db: pg.Client): Promise<string[]> {
  const { rows } = await db.query<{ name: string; definition: string }>(`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
    where indrelid in ('audit_entries'::regclass, 'audit_payloads'::regclass) and not indisprimary`)
  for (const { name } of rows) await db.query(`drop index ${name}`)
  return rows.map(({ definition }) => definition)
}

const verbs = `array['client.read','client.updated','audit_entry.read','staff.signed_in','client.status_changed','client.created',
  'invoice.read','invoice.created','session.stepped_up','staff.signed_out','audit.searched','ticket.replied','ticket.created',
  'ticket.resolved','clients.exported','client.trashed','client.restored','saved_view.created','saved_view.replaced',
  'saved_view.deleted','payment.received','invoice.sent','invoice.reminded','tenant.migrated','tenant.backed_up','staff.invited',
  'staff.updated','session.ended','staff.password_changed','staff.roles_changed','role.updated','role.created',
  'roles.permissions_changed','address_block.lifted','client.imported','client_import.started','client_import.uploaded',
  'staff.suspended','staff.reactivated','factor_reset.requested','endpoint.refused']`

const write = `
with dice as materialized (
  select g, 1763800000000 - ($3::bigint - g) * 12600 as ms, md5(g::text) as md5, random() as r1, random() as r2, random() as r3,
    random() as r4, random() as r5, random() as r6, random() as r7
  from generate_series($1::bigint, $2::bigint) g),
entry as materialized (
  select g, r6, (left(hex, 8) || '-' || substr(hex, 9) || '-7' || left(md5, 3) || '-8' || substr(md5, 4, 3) || '-' || substr(md5, 7, 12)) as id,
    to_timestamp(ms / 1000.0) as at, md5,
    case when g % $5::int = 0 then (select id::text from some_staff order by n desc limit 1)
      when r1 < 0.15 then 'system' else staff.id::text end as actor,
    case when g % $4::int = 0 then 'role.deleted' else (${verbs})[1 + floor(41 * r2 ^ 3)::int] end as verb,
    client.id::text as client,
    case when r3 < 0.02 then member.id::text end as subject,
    case when g % $8::int = 0 then 'failed' when r4 < 0.01 then 'refused' when r4 < 0.02 then 'intended' when r4 < 0.27 then 'seen' else 'done' end as result,
    case when g % $7::int = 0 then 'zibeline retrouvée' when r5 < 0.03 then
      (array['erreur de facturation','demande du client','doublon de dossier','fin de contrat','contrôle annuel'])[1 + floor(r5 / 0.006)::int] end as reason,
    case when r5 < 0.01 then 'SUP-' || (g % 40000) end as ticket,
    case when r7 < 0.85 then case when g % $6::int = 0 then ${addresses} else floor(${addresses} * r6 ^ 3)::int end end as address,
    case when g % $9::int = 7 then (select array_agg(c.id::text) from generate_series(1, 20) k join some_clients c on c.n = (g / 7 * k) % ${clients}) end as many
  from dice cross join lateral (select lpad(to_hex(ms), 12, '0') as hex) h
    join some_staff staff on staff.n = floor((select count(*) - 1 from some_staff) * r1 ^ 2)::int
    join some_clients client on client.n = floor(${clients} * r6 ^ 2)::int
    join some_clients member on member.n = floor(${clients} * r5)::int),
payload as materialized (
  select entry.id, entry.at, ip_index, case when ip is not null then
    sha256(convert_to(md5 || 'salt', 'UTF8')) || convert_to('{"ip":"' || ip || '","requestId":"' || md5 || '","userAgent":"Mozilla/5.0 (X11; Linux x64) bench"}', 'UTF8') end as salted
  from entry join some_addresses on n = address),
stored as (
  insert into audit_payloads (entry_id, at, sealed, ip_index) select id::uuid, at, '\\x00'::bytea || salted, ip_index from payload),
leaf as materialized (
  select entry.*, object, type, sha256(salted) as commitment, '{"actor":{"id":"' || actor || '","type":"' || case actor when 'system' then 'system' else 'staff' end || '"}'
    || coalesce(',"commitment":"' || encode(sha256(salted), 'hex') || '"', '')
    || ',"id":"' || entry.id || '","object":{'
    || case when many is not null then '"count":20,' when object is null then '' else '"id":"' || object || '",' end || '"type":"' || type || '"}'
    || coalesce(',"onBehalfOf":{"id":"' || subject || '","type":"member"}', '')
    || coalesce(',"reason":' || to_json(reason), '')
    || ',"result":"' || result || '"'
    || coalesce(',"ticket":"' || ticket || '"', '')
    || ',"time":"' || to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","v":1,"verb":"' || verb || '"}' as leaf
  from (select entry.*, salted from entry left join payload on payload.id = entry.id) entry
    cross join lateral (select case split_part(verb, '.', 1) when 'staff' then 'staff_member' when 'clients' then 'client' when 'audit' then 'audit_log'
      when 'roles' then 'role_matrix' else split_part(verb, '.', 1) end as type) t
    cross join lateral (select case when type = 'staff_member' then (select id::text from some_staff where n = g % (select count(*) from some_staff))
      when type = 'audit_log' then null when type = 'endpoint' then 'GET /roles' when type = 'client' then client else md5(client || type)::uuid::text end as object) o
  order by g),
numbered as (
  insert into audit_leaves (index, entry_id, hash) select g, id::uuid, sha256('\\x00'::bytea || convert_to(leaf, 'UTF8')) from leaf)
insert into audit_entries (leaf, id, at, actor_type, actor_id, subject_id, verb, object_type, object_id, object_count, reason, ticket,
  result, commitment, object_ids, written_at)
select leaf, id::uuid, at, case actor when 'system' then 'system' else 'staff' end, actor, subject, verb, type,
  case when many is null then object end, cardinality(many), reason, ticket, result, commitment, many, at
from leaf order by g`
