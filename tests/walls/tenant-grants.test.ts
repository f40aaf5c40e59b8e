/** What stands in the catalogues of a cluster and of every practice's database in it is what is meant, and no wider. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '#platform/server/clock.ts'
import { centralDb, openPool } from '#platform/server/db.ts'
import { openLog } from '#platform/server/log.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { openClusters } from '../../modules/tenancy/server/clusters.ts'
import { shut, unshut } from '../../modules/tenancy/server/life/closing.ts'
import { opaqueName } from '../../modules/tenancy/server/logins.ts'
import { cloneTemplate, makeLogins, openToLogins } from '../../modules/tenancy/server/making-databases.ts'
import { openTemplates } from '../../modules/tenancy/server/template.ts'
import { readSchema } from '../../modules/tenancy/server/versions.ts'
import { anotherCluster, onDatabase } from '../harness/another-cluster.ts'
import { testDatabase } from '../harness/database.ts'
import { faultsOfCluster } from './tenant-grants.ts'

const cluster = await anotherCluster()
const central = await testDatabase()
const db = centralDb(openPool(central.appUrl, { max: 2 }))
const log = openLog('silent')
const clusters = openClusters({ db, vault: vaultOf(randomBytes(32)), clock: systemClock, log })
const templates = openTemplates({ db, schema: readSchema(), log })

/** As provisioning does it, on a cluster where nothing else is. */
async function practice() {
  const on = await clusters.provisioner(await clusters.ensure('beside', cluster.provisionerUrl))
  const [database, login] = [opaqueName(), opaqueName()]
  await makeLogins(on, login, randomBytes(32))
  await cloneTemplate(on, database, templates)
  await openToLogins(on, database, login)
  return { database, login }
}

/** Each fault planted below is in Camille's practice; Élodie's stands beside it. */
const camille = await practice()
const elodie = await practice()
const forgotten = opaqueName()
const template = templates.name

const admin = new pg.Client(cluster.adminUrl)
beforeAll(() => admin.connect())
afterAll(async () => {
  await admin.end()
  await clusters.close()
  await db.destroy()
})

const faults = (beside = new Set<string>()) =>
  faultsOfCluster({
    adminUrl: cluster.adminUrl,
    beside,
    loginsOf: new Map(
      [camille, elodie, { database: forgotten, login: '' }].map(({ database, login }) => [database, login]),
    ),
  })

test('a cluster with practices in it is as it is meant to be', async () => {
  expect(await faults()).toEqual([])
})

test('so is one where a database is shut, or was shut and opened again', async () => {
  const which = { databaseName: elodie.database, loginRole: elodie.login }
  const provisioner = await clusters.provisioner(await clusters.ensure('beside', cluster.provisionerUrl))
  await provisioner.run((client) => shut(client, which))
  expect(await faults(new Set([elodie.database]))).toEqual([])
  expect(await faults()).toContain(`database ${elodie.database}: ${elodie.login}_keeper CONNECT is missing`)
  await provisioner.run((client) => unshut(client, which))
  expect(await faults()).toEqual([])
  expect(await faults(new Set([elodie.database]))).toContain(
    `database ${elodie.database}: ${elodie.login}_keeper CONNECT`,
  )
})

type Plant = { what: string; plant: string; undo: string; found: string }
const { database, login } = camille

const plants: Plant[] = [
  {
    what: 'a REVOKE is forgotten: everybody may connect',
    plant: `GRANT CONNECT ON DATABASE ${database} TO PUBLIC`,
    undo: `REVOKE CONNECT ON DATABASE ${database} FROM PUBLIC`,
    found: `database ${database}: EVERYBODY CONNECT`,
  },
  {
    what: 'a practice is provisioned without its REVOKE, which no template brings along',
    plant: `CREATE DATABASE ${forgotten} TEMPLATE ${template} OWNER mgp_provisioner`,
    undo: `DROP DATABASE ${forgotten}`,
    found: `database ${forgotten}: EVERYBODY TEMPORARY`,
  },
  {
    what: 'everybody may make temporary tables',
    plant: `GRANT TEMPORARY ON DATABASE ${database} TO PUBLIC`,
    undo: `REVOKE TEMPORARY ON DATABASE ${database} FROM PUBLIC`,
    found: `database ${database}: EVERYBODY TEMPORARY`,
  },
  {
    what: 'another practice’s login may connect',
    plant: `GRANT CONNECT ON DATABASE ${database} TO ${elodie.login}_keeper`,
    undo: `REVOKE CONNECT ON DATABASE ${database} FROM ${elodie.login}_keeper`,
    found: `database ${database}: ${elodie.login}_keeper CONNECT`,
  },
  {
    what: 'the server may connect',
    plant: `CREATE ROLE mgp_app; GRANT CONNECT ON DATABASE ${database} TO mgp_app`,
    undo: `REVOKE CONNECT ON DATABASE ${database} FROM mgp_app; DROP ROLE mgp_app`,
    found: `database ${database}: mgp_app CONNECT`,
  },
  {
    what: 'one of its own logins may not connect',
    plant: `REVOKE CONNECT ON DATABASE ${database} FROM ${login}_support`,
    undo: `GRANT CONNECT ON DATABASE ${database} TO ${login}_support`,
    found: `database ${database}: ${login}_support CONNECT is missing`,
  },
  {
    what: 'a practice’s database belongs to somebody else',
    plant: `ALTER DATABASE ${database} OWNER TO postgres`,
    undo: `ALTER DATABASE ${database} OWNER TO mgp_provisioner`,
    found: `database ${database}: it belongs to postgres`,
  },
  ...['postgres', 'template1'].map((name) => ({
    what: `${name} is open to everybody`,
    plant: `GRANT CONNECT ON DATABASE ${name} TO PUBLIC`,
    undo: `REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC`,
    found: `database ${name}: EVERYBODY CONNECT`,
  })),
  {
    what: 'somebody can connect to the template',
    plant: `ALTER DATABASE ${template} ALLOW_CONNECTIONS true`,
    undo: `ALTER DATABASE ${template} ALLOW_CONNECTIONS false`,
    found: `database ${template}: somebody can connect to the template`,
  },
  {
    what: 'there is a database nobody knows',
    plant: 'CREATE DATABASE t_0123456789abcdef',
    undo: 'DROP DATABASE t_0123456789abcdef',
    found: 'database t_0123456789abcdef: nobody knows whose it is',
  },
  {
    what: 'there is a role nobody knows',
    plant: 'CREATE ROLE consultant LOGIN',
    undo: 'DROP ROLE consultant',
    found: 'role consultant: nobody knows whose it is',
  },
  ...Object.entries({
    practitioner: 'CREATEDB',
    secretary: 'CREATEROLE',
    support: 'BYPASSRLS',
    console: 'SUPERUSER',
    keeper: 'REPLICATION',
  }).map(([role, power]) => ({
    what: `a login is given ${power}`,
    plant: `ALTER ROLE ${login}_${role} ${power}`,
    undo: `ALTER ROLE ${login}_${role} NO${power}`,
    found: `role ${login}_${role}: it is LOGIN ${power}`,
  })),
  {
    what: 'somebody can sign in as all practitioners',
    plant: 'ALTER ROLE mgp_tenant_practitioner LOGIN',
    undo: 'ALTER ROLE mgp_tenant_practitioner NOLOGIN',
    found: 'role mgp_tenant_practitioner: it is LOGIN',
  },
  {
    what: 'a login’s connections are not limited',
    plant: `ALTER ROLE ${login}_console CONNECTION LIMIT -1`,
    undo: `ALTER ROLE ${login}_console CONNECTION LIMIT 2`,
    found: `role ${login}_console: its connections are not limited`,
  },
  {
    what: 'a secretary’s login is a practitioner’s too',
    plant: `GRANT mgp_tenant_practitioner TO ${login}_secretary`,
    undo: `REVOKE mgp_tenant_practitioner FROM ${login}_secretary`,
    found: `role ${login}_secretary: it is in mgp_tenant_practitioner (INHERIT SET)`,
  },
  {
    what: 'a login may become its group',
    plant: `GRANT mgp_tenant_support TO ${login}_support WITH SET TRUE`,
    undo: `REVOKE mgp_tenant_support FROM ${login}_support`,
    found: `role ${login}_support: it is in mgp_tenant_support (INHERIT SET)`,
  },
  {
    what: 'a login is another practice’s',
    plant: `GRANT ${elodie.login}_secretary TO ${login}_secretary`,
    undo: `REVOKE ${elodie.login}_secretary FROM ${login}_secretary`,
    found: `role ${login}_secretary: it is in ${elodie.login}_secretary (INHERIT SET)`,
  },
  {
    what: 'a login reads everything',
    plant: `GRANT pg_read_all_data TO ${login}_support`,
    undo: `REVOKE pg_read_all_data FROM ${login}_support`,
    found: `role ${login}_support: it is in pg_read_all_data (INHERIT SET)`,
  },
  {
    what: 'the provisioner reads with the rights of a practitioner',
    plant: 'GRANT mgp_tenant_practitioner TO mgp_provisioner WITH INHERIT TRUE',
    undo: 'GRANT mgp_tenant_practitioner TO mgp_provisioner WITH INHERIT FALSE',
    found: 'role mgp_provisioner: it is in mgp_tenant_practitioner (ADMIN INHERIT)',
  },
  {
    what: 'a setting lifts the triggers',
    plant: `ALTER DATABASE ${database} SET session_replication_role = replica`,
    undo: `ALTER DATABASE ${database} RESET session_replication_role`,
    found: `database ${database}: session_replication_role=replica`,
  },
  {
    what: 'a parameter is given away',
    plant: `GRANT SET ON PARAMETER log_statement TO ${login}_console`,
    undo: `REVOKE SET ON PARAMETER log_statement FROM ${login}_console`,
    found: `parameter log_statement: ${login}_console SET`,
  },
]

/** Inside Camille's database. */
const plantsInside: Plant[] = [
  {
    what: 'a secretary may read notes',
    plant: 'GRANT SELECT ON notes TO mgp_tenant_secretary',
    undo: 'REVOKE SELECT ON notes FROM mgp_tenant_secretary',
    found: 'table notes | secretary | SELECT',
  },
  {
    what: 'a secretary may count notes',
    plant: 'GRANT SELECT (id) ON notes TO mgp_tenant_secretary',
    undo: 'REVOKE SELECT (id) ON notes FROM mgp_tenant_secretary',
    found: 'table notes | secretary | SELECT (id)',
  },
  {
    what: 'support may read what a note says',
    plant: 'GRANT SELECT (body_sealed) ON notes TO mgp_tenant_support',
    undo: 'REVOKE SELECT (body_sealed) ON notes FROM mgp_tenant_support',
    found: 'table notes | support | SELECT (body_sealed)',
  },
  {
    what: 'the keeper may delete notes',
    plant: 'GRANT DELETE ON notes TO mgp_tenant_keeper',
    undo: 'REVOKE DELETE ON notes FROM mgp_tenant_keeper',
    found: 'table notes | keeper | DELETE',
  },
  {
    what: 'a right may be passed on',
    plant: 'GRANT SELECT ON files TO mgp_tenant_support WITH GRANT OPTION',
    undo: 'REVOKE GRANT OPTION FOR SELECT ON files FROM mgp_tenant_support',
    found: 'table files | support | SELECT WITH GRANT',
  },
  {
    what: 'a right is missing',
    plant: 'REVOKE INSERT ON audit_outbox FROM mgp_tenant_secretary',
    undo: 'GRANT INSERT ON audit_outbox TO mgp_tenant_secretary',
    found: 'table audit_outbox | secretary | INSERT is missing',
  },
  {
    what: 'everybody may read a table',
    plant: 'GRANT SELECT ON profiles TO PUBLIC',
    undo: 'REVOKE SELECT ON profiles FROM PUBLIC',
    found: 'table profiles | EVERYBODY | SELECT',
  },
  {
    what: 'there is a table the wall was not told of',
    plant: 'CREATE TABLE strangers (id int); GRANT SELECT ON strangers TO mgp_tenant_secretary',
    undo: 'DROP TABLE strangers',
    found: 'table strangers | secretary | SELECT',
  },
  {
    what: 'there is a schema everybody may make things in',
    plant: 'CREATE SCHEMA free; GRANT ALL ON SCHEMA free TO PUBLIC',
    undo: 'DROP SCHEMA free',
    found: 'schema free | EVERYBODY | CREATE',
  },
  {
    what: 'what is made later is given away',
    plant: 'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO mgp_tenant_secretary',
    undo: 'ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM mgp_tenant_secretary',
    found: 'by default, r | secretary | SELECT',
  },
  {
    what: 'a function runs with its owner’s rights',
    plant: `CREATE FUNCTION notes_of_all() RETURNS SETOF notes LANGUAGE sql SECURITY DEFINER AS 'SELECT * FROM notes'`,
    undo: 'DROP FUNCTION notes_of_all',
    found: 'function notes_of_all() | EVERYBODY | EXECUTE',
  },
  {
    what: 'a table belongs to another',
    plant: 'ALTER TABLE files OWNER TO postgres',
    undo: 'ALTER TABLE files OWNER TO mgp_tenant_owner',
    found: 'table files belongs to postgres',
  },
  {
    what: 'passwords can be read',
    plant: 'GRANT SELECT ON pg_authid TO mgp_tenant_console',
    undo: 'REVOKE SELECT ON pg_authid FROM mgp_tenant_console',
    found: 'system pg_authid | console | SELECT',
  },
  {
    what: 'files can be read',
    plant: 'GRANT EXECUTE ON FUNCTION pg_read_file(text) TO mgp_tenant_console',
    undo: 'REVOKE EXECUTE ON FUNCTION pg_read_file(text) FROM mgp_tenant_console',
    found: 'system pg_read_file | console | EXECUTE',
  },
  {
    what: 'there is a way to another server',
    plant: 'CREATE FOREIGN DATA WRAPPER elsewhere; CREATE SERVER there FOREIGN DATA WRAPPER elsewhere',
    undo: 'DROP FOREIGN DATA WRAPPER elsewhere CASCADE',
    found: 'foreign server there',
  },
  {
    what: 'rows leave by a publication',
    plant: 'CREATE PUBLICATION all_of_it FOR ALL TABLES',
    undo: 'DROP PUBLICATION all_of_it',
    found: 'publication all_of_it',
  },
].map((plant) => ({ ...plant, found: `${database}: ${plant.found}` }))

describe('the wall is red when', () => {
  let found: string[] = []
  const carryOut = async (what: 'plant' | 'undo') => {
    const inside = new pg.Client(onDatabase(cluster.adminUrl, database))
    await inside.connect()
    for (const plant of plants) await admin.query(plant[what])
    for (const plant of plantsInside) await inside.query(plant[what])
    await inside.end()
  }
  // All of them at once: reading every database's catalogues takes longer than any other part of this.
  beforeAll(async () => {
    await carryOut('plant')
    found = await faults()
  })

  test.each([...plants, ...plantsInside].map((plant) => [plant.what, plant.found] as const))(
    '%s',
    (_, fault) => {
      expect(found).toContain(fault)
    },
  )

  test('and green again when all of it is put right', async () => {
    await carryOut('undo')
    expect(await faults()).toEqual([])
  })
})
