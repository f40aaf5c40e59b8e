/**
 * Who may what in a cluster that holds tenants' databases, as it is meant, and how what really stands there is read:
 * from the cluster's own catalogues, every database of it, never from a list of ours.
 */
import pg from 'pg'
import { onDatabase } from '../harness/another-cluster.ts'

const everyone = ['practitioner', 'secretary', 'support', 'console', 'keeper']

/**
 * Inside a tenant's database. What, who (`all` are the five that work in it), which rights. A right that is not here is
 * one too many; a migration that gives one adds its line.
 */
export const meantInside = table(`
  schema public              all                                     USAGE
  table schema_migrations    all                                     SELECT
  table practice             all                                     SELECT
  table practice             practitioner                            UPDATE (name, time_zone, revision, updated_at)
  table practice             keeper                                  INSERT, UPDATE
  table profiles             all                                     SELECT
  table profiles             keeper                                  INSERT, UPDATE
  table files                all                                     SELECT
  table files                practitioner secretary                  INSERT, DELETE
  table notes                practitioner                            SELECT, INSERT, DELETE
  table notes                practitioner                            UPDATE (body_sealed, locked_at)
  table notes                support console                         SELECT (id, author_id, kind, written_at, locked_at)
  table practice             practitioner                            UPDATE (phone, email, address, postcode, city, holidays, late_window_hours, late_share_percent, no_show_share_percent, reminder_email_days, reminder_sms_days, reminder_hour, retention_active_years, retention_archive_years)
  table profiles             practitioner                            UPDATE (profession, rpps, adeli, siret, phone, revision)
  table preferences          practitioner secretary                  SELECT, INSERT, UPDATE, DELETE
  table origins              practitioner secretary                  SELECT, INSERT, UPDATE, DELETE
  table patients             practitioner secretary                  SELECT, INSERT, UPDATE
  table patients             practitioner                            DELETE
  table relatives            practitioner secretary                  SELECT, INSERT, UPDATE, DELETE
  table consents             practitioner secretary                  SELECT, INSERT, UPDATE, DELETE
  table patient_requests     practitioner                            SELECT, INSERT, UPDATE, DELETE
  table acts                 practitioner secretary                  SELECT
  table acts                 practitioner                            INSERT, UPDATE, DELETE
  table tariffs              practitioner secretary                  SELECT
  table tariffs              practitioner                            INSERT, UPDATE, DELETE
  table appointment_series   practitioner secretary                  SELECT, INSERT, UPDATE, DELETE
  table appointments         practitioner secretary                  SELECT, INSERT, UPDATE, DELETE
  table working_hours        practitioner secretary                  SELECT, INSERT, UPDATE, DELETE
  table absences             practitioner secretary                  SELECT, INSERT, UPDATE, DELETE
  table open_slots           practitioner secretary                  SELECT, INSERT, UPDATE, DELETE
  table notes                practitioner                            UPDATE (title_sealed, held_on, patient_id, appointment_id, version, revision, saved_at, trashed_at)
  table notes                support console                         SELECT (patient_id, appointment_id, held_on, version, revision, saved_at, trashed_at)
  table note_versions        practitioner                            SELECT, INSERT
  table note_versions        support console                         SELECT (note_id, version, signed_at, replaced_at)
  table extra_fees           practitioner secretary                  SELECT, INSERT, UPDATE, DELETE
  table fee_note_series      practitioner secretary                  SELECT, INSERT, UPDATE
  table fee_notes            practitioner secretary                  SELECT, INSERT
  table fee_notes            practitioner secretary                  UPDATE (cancelled_at, cancelled_reason)
  table fee_note_lines       practitioner secretary                  SELECT, INSERT
  table payments             practitioner secretary                  SELECT, INSERT
  table payments             practitioner secretary                  UPDATE (method, reference)
  table payment_allocations  practitioner secretary                  SELECT, INSERT
  table dues                 practitioner secretary support console  SELECT
  table calls                practitioner secretary                  SELECT, INSERT, UPDATE, DELETE
  table tasks                practitioner secretary                  SELECT, INSERT, UPDATE, DELETE
  table messages             practitioner secretary keeper           SELECT, INSERT, UPDATE
  table support_accesses     practitioner keeper                     SELECT
  table support_accesses     keeper                                  INSERT
  table support_accesses     keeper                                  UPDATE (ended_at, ended_by)
  table support_access_acts  practitioner keeper                     SELECT
  table support_access_acts  keeper                                  INSERT
  table preferences          support console                         SELECT
  table origins              support console                         SELECT
  table patients             support console                         SELECT
  table relatives            support console                         SELECT
  table consents             support console                         SELECT
  table patient_requests     support console                         SELECT
  table acts                 support console                         SELECT
  table tariffs              support console                         SELECT
  table appointment_series   support console                         SELECT
  table appointments         support console                         SELECT
  table working_hours        support console                         SELECT
  table absences             support console                         SELECT
  table open_slots           support console                         SELECT
  table extra_fees           support console                         SELECT
  table fee_note_series      support console                         SELECT
  table fee_notes            support console                         SELECT
  table fee_note_lines       support console                         SELECT
  table payments             support console                         SELECT
  table payment_allocations  support console                         SELECT
  table calls                support console                         SELECT
  table tasks                support console                         SELECT
  table messages             support console                         SELECT
  table support_accesses     support console                         SELECT
  table support_access_acts  support console                         SELECT
  table patients             keeper                                  SELECT
  table relatives            keeper                                  SELECT
  table appointments         keeper                                  SELECT
  table acts                 keeper                                  SELECT
  table fee_notes            keeper                                  SELECT
  table audit_outbox         practitioner secretary support console  INSERT
  table audit_outbox         keeper                                  SELECT, INSERT, DELETE
  table console_pill         console                                 INSERT
  table preferences          console                                 INSERT, UPDATE, DELETE
  table origins              console                                 INSERT, UPDATE, DELETE
  table patients             console                                 INSERT, UPDATE, DELETE
  table relatives            console                                 INSERT, UPDATE, DELETE
  table acts                 console                                 INSERT, UPDATE, DELETE
  table tariffs              console                                 INSERT, UPDATE, DELETE
  table appointment_series   console                                 INSERT, UPDATE, DELETE
  table appointments         console                                 INSERT, UPDATE, DELETE
  table working_hours        console                                 INSERT, UPDATE, DELETE
  table absences             console                                 INSERT, UPDATE, DELETE
  table open_slots           console                                 INSERT, UPDATE, DELETE
  table extra_fees           console                                 INSERT, UPDATE, DELETE
  table calls                console                                 INSERT, UPDATE, DELETE
  table tasks                console                                 INSERT, UPDATE, DELETE
  table notes                console                                 SELECT (ctid, xmin, xmax)
  table note_versions        console                                 SELECT (ctid, xmin, xmax)
`)

/** Nobody but this role owns what is inside, and nobody can connect as it. */
const owner = 'mgp_tenant_owner'

/** What a role of ours may be besides a name: everything not said here is refused. */
const meantAttributes: Record<string, string> = {
  mgp_owner: '',
  mgp_app: 'LOGIN',
  mgp_sequencer: 'LOGIN',
  mgp_provisioner: 'LOGIN CREATEDB CREATEROLE',
  mgp_console: 'LOGIN',
  mgp_console_owner: 'LOGIN',
  mgp_tenant_owner: '',
  ...Object.fromEntries(everyone.map((role) => [`mgp_tenant_${role}`, ''])),
}

/** Who is a member of whom, with which options: nobody else is. `t_x` stands for each tenant's logins. */
const meantMembers = new Set([
  ...everyone.map((role) => `mgp_provisioner in mgp_tenant_${role}: ADMIN`),
  'mgp_provisioner in mgp_tenant_owner: ADMIN SET',
  // How long statements have run, to count a tenant's slow ones; nothing that is in a database.
  'mgp_provisioner in pg_read_all_stats: INHERIT',
  ...everyone.map((role) => `t_x_${role} in mgp_tenant_${role}: INHERIT`),
  't_x_owner in mgp_tenant_owner: INHERIT SET',
  // The command line simulates changes of the central schema as one who owns it.
  'mgp_console_owner in mgp_owner: INHERIT',
  // How long others' statements have run, not what they say of whom.
  'mgp_provisioner in pg_read_all_stats: INHERIT',
  // Whoever makes a role may give it away: PostgreSQL's own way since version 16.
  ...['owner', ...everyone].map((role) => `mgp_provisioner in t_x_${role}: ADMIN`),
])

/** Extensions any owner of a database may create: none of them reaches files, programs or other databases. */
const meantExtensions = new Set(['plpgsql', 'pg_trgm', 'unaccent', 'fuzzystrmatch', 'btree_gist'])

/** What may be set for a database or a role: limits and where names are looked up, nothing that lifts a wall. */
const meantSettings =
  /^(search_path|statement_timeout|lock_timeout|idle_in_transaction_session_timeout|idle_session_timeout|transaction_timeout|timezone|default_transaction_read_only|log_min_duration_statement)=/i

const tenantDatabase = /^t_[0-9a-f]{16}$/
const tenantLogin = /^(t_[0-9a-f]{16})_(owner|practitioner|secretary|support|console|keeper)$/
const template = /^mgp_template_[0-9a-f]{12}$/
const draft = /^mgp_template_draft_[0-9a-f]{12}$/

export type Cluster = {
  /** As superuser, in any of its databases. */
  adminUrl: string
  /** The central database, where it lies in this cluster. */
  central?: string
  /** Of each tenant's database, what the logins that may enter it begin with: what the catalogue says. */
  loginsOf: ReadonlyMap<string, string>
  /** Those among them that stand beside a living one: nobody comes in. */
  beside?: ReadonlySet<string>
}

/** Everything in a cluster that is wider than it is meant to be, or missing: one sentence each, none when all is well. */
export async function faultsOfCluster(cluster: Cluster): Promise<string[]> {
  return asking(cluster.adminUrl, async (admin) => {
    const databases = await databasesOf(admin)
    const inside = databases.filter(({ name }) => tenantDatabase.test(name) && cluster.loginsOf.has(name))
    const faults = [
      ...databases.flatMap((database) => faultsOfDatabase(database, cluster)),
      ...faultsOfRoles(await rolesOf(admin)),
      ...faultsOfMembers(await membersOf(admin)),
      ...faultsOfSettings(await settingsOf(admin)),
      ...(await waysIn(admin)),
    ]
    for (const { name } of inside)
      for (const fault of await asking(onDatabase(cluster.adminUrl, name), faultsInside))
        faults.push(`${name}: ${fault}`)
    return faults.toSorted()
  })
}

// ───────────────────────────── databases

type Database = { name: string; owner: string; open: boolean; template: boolean; rights: string[] }

function faultsOfDatabase(
  { name, owner: owns, open, template: isTemplate, rights }: Database,
  on: Cluster,
): string[] {
  const say = (meant: string[]) =>
    rights.filter((right) => !meant.includes(right)).map((right) => `database ${name}: ${right}`)
  const logins = on.loginsOf.get(name)
  if (name === 'template0') return open ? ['database template0: somebody can connect to it'] : []
  if (name === 'postgres' || name === 'template1') return say(['mgp_provisioner CONNECT'])
  if (name === on.central)
    return say([
      ...['CONNECT', 'CREATE', 'TEMPORARY'].map((right) => `mgp_owner ${right}`),
      'mgp_app CONNECT',
      'mgp_app TEMPORARY',
      'mgp_sequencer CONNECT',
      'mgp_provisioner CONNECT',
      'mgp_console CONNECT',
      'mgp_console_owner CONNECT',
    ])
  const ours = template.test(name) || draft.test(name) || logins !== undefined
  if (!ours) return [`database ${name}: nobody knows whose it is`]
  const stray = owns === 'mgp_provisioner' ? [] : [`database ${name}: it belongs to ${owns}`]
  if (template.test(name))
    return [
      ...stray,
      ...(open ? [`database ${name}: somebody can connect to the template`] : []),
      ...(isTemplate ? [] : [`database ${name}: it is no template`]),
      ...say([]),
    ]
  if (draft.test(name)) return [...stray, ...say([])]
  const meant = ['owner', ...everyone].map((role) => `${logins}_${role} CONNECT`)
  if (on.beside?.has(name)) return [...stray, ...say([])]
  const missing = meant.filter((right) => !rights.includes(right))
  return [...stray, ...say(meant), ...missing.map((right) => `database ${name}: ${right} is missing`)]
}

async function databasesOf(admin: pg.Client): Promise<Database[]> {
  const { rows } = await admin.query<Database>(`
    select d.datname as name, pg_get_userbyid(d.datdba) as owner, d.datallowconn as open, d.datistemplate as template,
      coalesce((
        select array_agg(${who('given.grantee')} || ' ' || given.privilege_type || case when given.is_grantable then ' WITH GRANT' else '' end)
        from aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) given where given.grantee <> d.datdba
      ), '{}') as rights
    from pg_database d order by 1`)
  return rows
}

// ───────────────────────────── roles

type Role = { name: string; attributes: string; connections: number; inherits: boolean }

function faultsOfRoles(roles: Role[]): string[] {
  return roles.flatMap(({ name, attributes, connections, inherits }) => {
    // The administrator, who made the cluster; and those of PostgreSQL itself.
    if (name === 'postgres' || name.startsWith('pg_')) return []
    const login = tenantLogin.test(name)
    const meant = login ? 'LOGIN' : meantAttributes[name]
    if (meant === undefined) return [`role ${name}: nobody knows whose it is`]
    // A role nobody was given the password of yet cannot sign in.
    const faults =
      attributes === meant || attributes === meant.replace(/^LOGIN ?/, '')
        ? []
        : [`role ${name}: it is ${attributes}`]
    if (login && !inherits) faults.push(`role ${name}: it does not inherit`)
    if (login && (connections < 0 || connections > 20))
      faults.push(`role ${name}: its connections are not limited`)
    return faults
  })
}

async function rolesOf(admin: pg.Client): Promise<Role[]> {
  const { rows } = await admin.query<Role>(`
    select rolname as name, rolconnlimit as connections, rolinherit as inherits,
      concat_ws(' ', case when rolcanlogin then 'LOGIN' end, case when rolsuper then 'SUPERUSER' end,
        case when rolcreatedb then 'CREATEDB' end, case when rolcreaterole then 'CREATEROLE' end,
        case when rolreplication then 'REPLICATION' end, case when rolbypassrls then 'BYPASSRLS' end) as attributes
    from pg_roles order by 1`)
  return rows
}

type Member = { member: string; role: string; options: string }

function faultsOfMembers(members: Member[]): string[] {
  return members.flatMap(({ member, role, options }) => {
    const [of, to] = [tenantLogin.exec(member)?.[1], tenantLogin.exec(role)?.[1]]
    const plain = (name: string) => name.replace(tenantLogin, 't_x_$2')
    const isMeant =
      meantMembers.has(`${plain(member)} in ${plain(role)}: ${options}`) && (!of || !to || of === to)
    return isMeant ? [] : [`role ${member}: it is in ${role} (${options})`]
  })
}

async function membersOf(admin: pg.Client): Promise<Member[]> {
  const { rows } = await admin.query<Member>(`
    select pg_get_userbyid(member) as member, pg_get_userbyid(roleid) as role,
      concat_ws(' ', case when bool_or(admin_option) then 'ADMIN' end, case when bool_or(inherit_option) then 'INHERIT' end,
        case when bool_or(set_option) then 'SET' end) as options
    from pg_auth_members
    -- PostgreSQL's own, and the administrator, who may everything anyway.
    where not (pg_get_userbyid(roleid) like 'pg\\_%' and pg_get_userbyid(member) like 'pg\\_%') and pg_get_userbyid(member) <> 'postgres'
    group by 1, 2 order by 1, 2`)
  return rows
}

// ───────────────────────────── settings, and ways in

function faultsOfSettings(settings: { of: string; setting: string }[]): string[] {
  return settings
    .filter(({ setting }) => !meantSettings.test(setting))
    .map(({ of, setting }) => `${of}: ${setting}`)
}

async function settingsOf(admin: pg.Client): Promise<{ of: string; setting: string }[]> {
  const { rows } = await admin.query<{ of: string; setting: string }>(`
    select coalesce('database ' || d.datname, 'role ' || r.rolname, 'everything') as of, unnest(setconfig) as setting
    from pg_db_role_setting s left join pg_database d on d.oid = s.setdatabase left join pg_roles r on r.oid = s.setrole`)
  return rows
}

/** Somebody who needs no password, and parameters that were given away. */
async function waysIn(admin: pg.Client): Promise<string[]> {
  const { rows } = await admin.query<{ fault: string }>(`
    select 'pg_hba.conf: ' || type || ' lets in by ' || auth_method as fault from pg_hba_file_rules where auth_method not in ('scram-sha-256', 'reject', 'cert')
    union all
    select 'parameter ' || parname || ': ' || ${who('given.grantee')} || ' ' || given.privilege_type
    from pg_parameter_acl, aclexplode(paracl) given
    where given.grantee <> 10 and (parname, given.privilege_type, ${who('given.grantee')}) <> ('session_replication_role', 'SET', '${owner}')
    union all
    select 'tablespace ' || spcname || ': ' || ${who('given.grantee')} || ' ' || given.privilege_type
    from pg_tablespace, aclexplode(spcacl) given where given.grantee <> spcowner`)
  return rows.map(({ fault }) => fault)
}

// ───────────────────────────── inside a tenant's database

async function faultsInside(client: pg.Client): Promise<string[]> {
  const found = new Set(await rightsInside(client))
  return [
    ...[...found].filter((right) => !meantInside.has(right)),
    ...[...meantInside].filter((right) => !found.has(right)).map((right) => `${right} is missing`),
    ...(await strayOwners(client)),
    ...(await beyond(client)),
  ]
}

/** Ours: neither PostgreSQL's nor an extension's. */
const ours = (catalogue: string, oid: string, namespace: string) => `
  ${namespace}::regnamespace::text !~ '^(pg_|information_schema)' and not exists
    (select from pg_depend e where e.classid = '${catalogue}'::regclass and e.objid = ${oid} and e.deptype = 'e')`

/** `table notes | support | SELECT (kind)`, each right that somebody else than the owner has. */
async function rightsInside(client: pg.Client): Promise<string[]> {
  const given = (
    what: string,
    right: string,
  ) => `${what} || ' | ' || replace(${who('given.grantee')}, 'mgp_tenant_', '') || ' | ' || ${right}
    || case when given.is_grantable then ' WITH GRANT' else '' end as right`
  const { rows } = await client.query<{ right: string }>(`
    select ${given(`'schema ' || nspname`, 'given.privilege_type')} from pg_namespace n, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) given
      where nspname !~ '^(pg_|information_schema)' and given.grantee <> nspowner
    union all
    select ${given(`case when relkind = 'S' then 'sequence ' else 'table ' end || relname`, 'given.privilege_type')}
      from pg_class c, aclexplode(coalesce(relacl, acldefault(case when relkind = 'S' then 's' else 'r' end::"char", relowner))) given
      where relkind in ('r', 'p', 'v', 'm', 'f', 'S') and given.grantee <> relowner and ${ours('pg_class', 'c.oid', 'relnamespace')}
    union all
    select ${given(`'table ' || relname`, `given.privilege_type || ' (' || attname || ')'`)}
      from pg_attribute a join pg_class c on c.oid = a.attrelid, aclexplode(attacl) given
      where given.grantee <> relowner and not attisdropped and ${ours('pg_class', 'c.oid', 'relnamespace')}
    union all
    -- What anybody may call runs with the caller's rights: harmless, unless it is given on or runs as its owner.
    select ${given(`'function ' || p.oid::regprocedure::text`, 'given.privilege_type')}
      from pg_proc p, aclexplode(coalesce(proacl, acldefault('f', proowner))) given
      where given.grantee <> proowner and (prosecdef or given.grantee <> 0) and ${ours('pg_proc', 'p.oid', 'pronamespace')}
    union all
    select ${given(`'by default, ' || defaclobjtype::text`, 'given.privilege_type')} from pg_default_acl, aclexplode(defaclacl) given
      where given.grantee <> defaclrole
    union all
    -- What PostgreSQL and its extensions bring is as they brought it, or less.
    select ${given(`'system ' || name`, 'given.privilege_type')} from (
      select c.oid, 'pg_class'::regclass as catalogue, relname::text as name, relacl as now, acldefault('r', relowner) as born, relowner as owner, relnamespace::regnamespace::text = 'information_schema' as standard
        from pg_class c where relacl is not null and not (${ours('pg_class', 'c.oid', 'relnamespace')})
      union all
      select p.oid, 'pg_proc'::regclass, proname, proacl, acldefault('f', proowner), proowner, false
        from pg_proc p where proacl is not null and not (${ours('pg_proc', 'p.oid', 'pronamespace')})
      union all
      select n.oid, 'pg_namespace'::regclass, nspname, nspacl, acldefault('n', nspowner), nspowner, nspname = 'information_schema'
        from pg_namespace n where nspacl is not null and nspname ~ '^(pg_|information_schema)'
      union all
      select l.oid, 'pg_language'::regclass, lanname, lanacl, acldefault('l', lanowner), lanowner, false from pg_language l where lanacl is not null
      ) objects left join pg_init_privs i on i.objoid = oid and i.classoid = catalogue and i.objsubid = 0, aclexplode(now) given
      -- initdb writes no note of information_schema: what everybody may look up there is what the standard says.
      where given.grantee <> owner and not (standard and given.grantee = 0 and given.privilege_type in ('SELECT', 'USAGE'))
        and not exists (select from aclexplode(coalesce(i.initprivs, born)) brought
        where brought.grantee = given.grantee and brought.privilege_type = given.privilege_type)
    union all
    select ${given(`'system ' || attrelid::regclass::text || '.' || attname`, 'given.privilege_type')}
      from pg_attribute a join pg_class c on c.oid = attrelid left join pg_init_privs i on i.objoid = attrelid and i.classoid = 'pg_class'::regclass and i.objsubid = attnum,
        aclexplode(attacl) given
      where not (${ours('pg_class', 'c.oid', 'relnamespace')}) and given.grantee <> relowner
        and not exists (select from aclexplode(i.initprivs) brought where brought.grantee = given.grantee and brought.privilege_type = given.privilege_type)
    order by 1`)
  return rows.map(({ right }) => right)
}

async function strayOwners(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ fault: string }>(`
    select what || ' belongs to ' || pg_get_userbyid(owner) as fault from (
      select 'table ' || relname as what, relowner as owner from pg_class c where relkind in ('r', 'p', 'v', 'm', 'f', 'S') and ${ours('pg_class', 'c.oid', 'relnamespace')}
      union all
      select 'function ' || proname, proowner from pg_proc p where ${ours('pg_proc', 'p.oid', 'pronamespace')}
      union all
      select 'schema ' || nspname, nspowner from pg_namespace where nspname !~ '^(pg_|information_schema)'
    ) things where pg_get_userbyid(owner) <> '${owner}'`)
  return rows.map(({ fault }) => fault)
}

/** What reaches out of a database, or past the rights in it. */
async function beyond(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ what: string; name: string }>(`
    select 'extension' as what, extname::text as name from pg_extension
    union all select 'foreign server', srvname from pg_foreign_server
    union all select 'foreign data wrapper', fdwname from pg_foreign_data_wrapper
    union all select 'event trigger', evtname from pg_event_trigger
    union all select 'publication', pubname from pg_publication
    union all select 'subscription', subname from pg_subscription where subdbid = (select oid from pg_database where datname = current_database())
    union all select 'large object', oid::text from pg_largeobject_metadata
    union all select 'function with its owner’s rights', p.oid::regprocedure::text from pg_proc p
      where prosecdef and ${ours('pg_proc', 'p.oid', 'pronamespace')}
    union all select 'language', lanname from pg_language where lanname not in ('internal', 'c', 'sql', 'plpgsql')`)
  return rows
    .filter(({ what, name }) => what !== 'extension' || !meantExtensions.has(name))
    .map(({ what, name }) => `${what} ${name}`)
}

// ───────────────────────────── reading

const who = (grantee: string) => `coalesce(nullif(${grantee}, 0)::regrole::text, 'EVERYBODY')`

function table(text: string): ReadonlySet<string> {
  const lines = text.trim().split('\n')
  return new Set(
    lines.flatMap((line) => {
      const [what = '', roles = '', rights = ''] = line.trim().split(/ {2,}/)
      const [, verbs = '', columns] = /^([^(]*?)(?: \((.*)\))?$/.exec(rights) ?? []
      const names = roles === 'all' ? everyone : roles.split(' ')
      return names.flatMap((role) =>
        verbs
          .split(', ')
          .flatMap((verb) =>
            columns === undefined
              ? [`${what} | ${role} | ${verb}`]
              : columns.split(', ').map((column) => `${what} | ${role} | ${verb} (${column})`),
          ),
      )
    }),
  )
}

async function asking<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
