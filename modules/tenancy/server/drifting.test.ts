import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '#platform/server/clock.ts'
import { silent, smallFleet, type FleetTenant } from '../../../tests/harness/fleet.ts'
import { driftWatch } from './drifting.ts'
import { driftFigures } from './drift-queries.ts'

const fleet = await smallFleet(3)
const { db, pool, clusters } = fleet
const [claire, amelie, yves] = fleet.tenants as [FleetTenant, FleetTenant, FleetTenant]

const check = ({ schema, templates } = fleet) =>
  driftWatch({
    db,
    vault: fleet.vault,
    pool,
    log: silent,
    clock: systemClock,
    clusters,
    schema,
    templates,
  }).check()

const driftOf = async ({ tenantId }: FleetTenant) => {
  const { differences, trouble } = await db
    .selectFrom('tenantDrifts')
    .where('tenantId', '=', tenantId)
    .selectAll()
    .executeTakeFirstOrThrow()
  return {
    trouble,
    lines: (differences as { kind: string; line: string }[]).map(({ kind, line }) => `${kind}: ${line}`),
  }
}

test('what was just made is what its version says', async () => {
  await check()
  for (const tenant of fleet.tenants) expect(await driftOf(tenant)).toEqual({ trouble: null, lines: [] })
  expect(await driftFigures(db)).toMatchObject({ checked: 3, drifting: 0, unreachable: 0 })
})

const planted: [what: string, sql: string, undo: string, lines: string[]][] = [
  [
    'a column somebody added',
    'ALTER TABLE notes ADD COLUMN by_hand text',
    'ALTER TABLE notes DROP COLUMN by_hand',
    ['unexpected: column public.notes.by_hand text'],
  ],
  [
    'an index that is gone',
    'DROP INDEX notes_author_id_written_at_idx',
    'SET ROLE mgp_tenant_owner; CREATE INDEX notes_author_id_written_at_idx ON notes (author_id, written_at DESC)',
    [
      'missing: index CREATE INDEX notes_author_id_written_at_idx ON public.notes USING btree (author_id, written_at DESC)',
    ],
  ],
  [
    'a table everybody may read',
    'GRANT SELECT ON notes TO PUBLIC',
    'REVOKE SELECT ON notes FROM PUBLIC',
    ['unexpected: grant on table public.notes to PUBLIC: SELECT'],
  ],
  [
    'one column too many that support may read',
    'GRANT SELECT (body_sealed) ON notes TO mgp_tenant_support',
    'REVOKE SELECT (body_sealed) ON notes FROM mgp_tenant_support',
    ['unexpected: grant on column public.notes.body_sealed to mgp_tenant_support: SELECT'],
  ],
  [
    'a right on one of PostgreSQL’s own functions',
    'GRANT EXECUTE ON FUNCTION pg_read_file(text) TO mgp_tenant_console',
    'REVOKE EXECUTE ON FUNCTION pg_read_file(text) FROM mgp_tenant_console',
    ['unexpected: grant on function pg_read_file(text) to mgp_tenant_console: EXECUTE'],
  ],
  [
    'rights given beforehand to whatever will be made',
    'ALTER DEFAULT PRIVILEGES FOR ROLE mgp_tenant_owner GRANT SELECT ON TABLES TO mgp_tenant_secretary',
    'ALTER DEFAULT PRIVILEGES FOR ROLE mgp_tenant_owner REVOKE SELECT ON TABLES FROM mgp_tenant_secretary',
    [
      expect.stringContaining(
        'unexpected: default rights of mgp_tenant_owner on tables to mgp_tenant_owner',
      ) as string,
      'unexpected: default rights of mgp_tenant_owner on tables to mgp_tenant_secretary: SELECT',
    ],
  ],
  [
    'a trigger that was switched off',
    'ALTER TABLE audit_outbox DISABLE TRIGGER in_time',
    'ALTER TABLE audit_outbox ENABLE TRIGGER in_time',
    [
      expect.stringMatching(/^missing: trigger CREATE TRIGGER in_time .*\(\)$/) as string,
      expect.stringMatching(/^unexpected: trigger CREATE TRIGGER in_time .*\(\) disabled$/) as string,
    ],
  ],
  [
    'a table that is another one’s',
    'ALTER TABLE files OWNER TO postgres',
    'ALTER TABLE files OWNER TO mgp_tenant_owner',
    [
      expect.stringContaining('missing: grant on table public.files to mgp_tenant_owner') as string,
      'missing: table public.files owner mgp_tenant_owner',
      expect.stringContaining('unexpected: grant on table public.files to postgres') as string,
      'unexpected: table public.files owner postgres',
    ],
  ],
]

test.each(planted)('%s is found and named', async (_what, sql, undo, lines) => {
  await fleet.inside(claire, sql)
  onTestFinished(async () => void (await fleet.inside(claire, undo)))
  await check()
  expect((await driftOf(claire)).lines.sort()).toEqual(lines)
  expect(await driftOf(amelie)).toEqual({ trouble: null, lines: [] })
})

test('what is not in the database but about it is found too', async () => {
  const { databaseName, loginRole } = amelie
  await fleet.inside(
    amelie,
    `GRANT CONNECT ON DATABASE ${databaseName} TO PUBLIC;
     REVOKE CONNECT ON DATABASE ${databaseName} FROM ${loginRole}_secretary;
     ALTER DATABASE ${databaseName} SET search_path = pg_temp, public;
     ALTER ROLE ${loginRole}_support BYPASSRLS;
     GRANT mgp_tenant_practitioner TO ${loginRole}_secretary`,
  )
  await check()
  expect((await driftOf(amelie)).lines).toEqual([
    'missing: grant on the database to its secretary: CONNECT',
    'missing: login its support',
    'missing: setting of the database search_path=public, pg_temp',
    'unexpected: grant on the database to PUBLIC: CONNECT',
    'unexpected: login its secretary is mgp_tenant_practitioner and may become it',
    'unexpected: login its support bypassrls',
    'unexpected: setting of the database search_path=pg_temp, public',
  ])
  expect(await driftOf(claire)).toEqual({ trouble: null, lines: [] })
  expect(await driftFigures(db)).toMatchObject({ drifting: 1 })
})

test('a cluster that does not answer leaves what was known before, with the reason', async () => {
  const gone = new URL(fleet.database.provisionerUrl)
  gone.port = '1'
  const clusterId = await clusters.ensure('gone', gone.href)
  await db.updateTable('tenants').set({ clusterId }).where('id', '=', amelie.tenantId).execute()
  await check()
  expect(await driftOf(amelie)).toMatchObject({ trouble: 'unreachable', lines: { length: 7 } })
  expect(await driftFigures(db)).toMatchObject({ checked: 3, drifting: 1, unreachable: 1 })
})

test('one that is behind is said to be, and is compared when it has been migrated', async () => {
  const next = fleet.release({ '0091_chores': 'CREATE TABLE chores (id integer);' })
  await check({ ...fleet, ...next })
  expect(await driftOf(yves)).toEqual({ trouble: 'behind', lines: [] })
})
