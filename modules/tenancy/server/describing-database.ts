import type { ClientBase } from 'pg'
import { tenantRoles } from '#platform/server/tenant-db.ts'

/**
 * What belongs to a tenant's database as a whole, as lines: whose it is, who may connect, what its logins are and may.
 * None of it is cloned with a template or comes back with an archive. Its own logins are told by their role alone, so that
 * what is meant is the same for all.
 *
 * @param client a connection to that database
 * @param loginRole what its logins begin with
 */
export async function describeDatabase(
  client: Pick<ClientBase, 'query'>,
  loginRole: string,
): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(databaseLines, [loginRole])
  return rows.map(({ line }) => line).sort()
}

/** What provisioning makes, and nothing beside it. */
export const meantOfDatabase: readonly string[] = [
  'database owner mgp_provisioner',
  'setting of the database TimeZone=UTC',
  'setting of the database search_path=public, pg_temp',
  'grant on the database to mgp_provisioner: CONNECT, CREATE, TEMPORARY',
  ...tenantRoles.flatMap((role) => [
    `grant on the database to its ${role}: CONNECT`,
    `login its ${role}`,
    `login its ${role} is mgp_tenant_${role}${role === 'owner' ? ' and may become it' : ''}`,
  ]),
].sort()

const databaseLines = `
WITH own AS (
  SELECT oid, datdba, datacl FROM pg_database WHERE datname = current_database()
),
logins AS (
  SELECT r.*, 'its ' || substr(r.rolname, length($1) + 2) AS said FROM pg_roles r WHERE starts_with(r.rolname, $1 || '_')
)
SELECT 'database owner ' || datdba::regrole AS line FROM own
UNION ALL
SELECT format('grant on the database to %s: %s',
  CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE coalesce((SELECT said FROM logins WHERE oid = given.grantee), given.grantee::regrole::text) END,
  string_agg(given.privilege_type || CASE WHEN given.is_grantable THEN ' (may pass it on)' ELSE '' END, ', '
    ORDER BY given.privilege_type COLLATE "C"))
FROM own, aclexplode(coalesce(datacl, acldefault('d', datdba))) AS given GROUP BY given.grantee
UNION ALL
SELECT format('setting of %s %s', concat_ws(' in ', coalesce(l.said, nullif(s.setrole, 0)::regrole::text),
  CASE WHEN s.setdatabase <> 0 THEN 'the database' END), setting)
FROM pg_db_role_setting s LEFT JOIN logins l ON l.oid = s.setrole, unnest(s.setconfig) AS setting
WHERE s.setdatabase = (SELECT oid FROM own) OR s.setdatabase = 0 AND l.oid IS NOT NULL
UNION ALL
SELECT concat_ws(' ', 'login', said, CASE WHEN NOT rolcanlogin THEN 'cannot log in' END,
  CASE WHEN rolsuper THEN 'superuser' END, CASE WHEN rolcreatedb THEN 'createdb' END,
  CASE WHEN rolcreaterole THEN 'createrole' END, CASE WHEN rolreplication THEN 'replication' END,
  CASE WHEN rolbypassrls THEN 'bypassrls' END)
FROM logins
UNION ALL
SELECT concat_ws(' ', 'login', l.said, 'is', m.roleid::regrole, CASE WHEN NOT m.inherit_option THEN 'without its rights' END,
  CASE WHEN m.set_option THEN 'and may become it' END, CASE WHEN m.admin_option THEN 'and may give it' END)
FROM logins l JOIN pg_auth_members m ON m.member = l.oid`
