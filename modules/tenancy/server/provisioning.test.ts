import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { dyingAt, type When } from '../../../tests/harness/dying.ts'
import { onDatabase } from '../../../tests/harness/another-cluster.ts'
import { testDatabase } from '../../../tests/harness/database.ts'
import {
  dropPractices,
  temporaryFolder,
  tenancyProcess,
  type Installation,
  type TenancyProcess,
} from '../../../tests/harness/tenancy-process.ts'
import { rootDir } from '#platform/server/config.ts'
import { tenantRoles } from '#platform/server/tenant-db.ts'

const database = await testDatabase()
const { dataDir, remove } = temporaryFolder()
const installation: Installation = { database, masterKey: randomBytes(32), dataDir }
const survivor = await tenancyProcess(installation)
const { db } = survivor

afterAll(async () => {
  await dropPractices(survivor)
  await survivor.close()
  remove()
})

/** What there is of a tenant, wherever it is. */
async function all(tenantId: string) {
  const tenant = await db
    .selectFrom('tenants')
    .where('id', '=', tenantId)
    .selectAll()
    .executeTakeFirstOrThrow()
  const cluster = await asAdmin(
    database.adminUrl,
    `SELECT (SELECT count(*)::int FROM pg_database WHERE datname = '${tenant.databaseName}') AS databases,
      (SELECT count(*)::int FROM pg_roles WHERE starts_with(rolname, '${tenant.loginRole}')) AS logins,
      (SELECT count(*)::int FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member
        WHERE starts_with(r.rolname, '${tenant.loginRole}')) AS memberships,
      has_database_privilege('public', '${tenant.databaseName}', 'CONNECT') AS everybody`,
  )
  const practices = await asAdmin(
    onDatabase(database.adminUrl, tenant.databaseName),
    'SELECT tenant_id AS "tenantId", name FROM practice',
  )
  const members = await db.selectFrom('members').where('tenantId', '=', tenantId).select('holder').execute()
  const mails = await db
    .selectFrom('outgoingMails')
    .innerJoin('clients', 'clients.email', 'outgoingMails.toEmail')
    .where('clients.id', '=', tenant.clientId)
    .select('template')
    .execute()
  const told = await db
    .selectFrom('auditLog')
    .where('verb', '=', 'tenant.provisioned')
    .where('objectId', '=', tenantId)
    .select('id')
    .execute()
  const works = await db.selectFrom('tenantWorks').where('tenantId', '=', tenantId).select('state').execute()
  return {
    state: tenant.state,
    cluster,
    practices,
    members,
    mails: mails.length,
    told: told.length,
    works: works.map(({ state }) => state),
  }
}

const whole = (tenantId: string) => ({
  state: 'active',
  cluster: [{ databases: 1, logins: tenantRoles.length, memberships: tenantRoles.length, everybody: false }],
  practices: [{ tenantId, name: 'Cabinet de Claire Moreau' }],
  members: [{ holder: true }],
  mails: 1,
  told: 1,
  works: ['done'],
})

async function asAdmin(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}

const admin = new pg.Client(database.adminUrl)
await admin.connect()
afterAll(() => admin.end())

/** Whether a statement about that database is under way. */
async function isAtWork(databaseName: string): Promise<boolean> {
  const { rows } = await admin.query<{ yes: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE state = 'active' AND starts_with(query, 'CREATE DATABASE ' || $1)) AS yes`,
    [databaseName],
  )
  return rows[0]?.yes ?? false
}

/** A lock falls when PostgreSQL notices that whoever held it is gone. */
async function goOn(by: TenancyProcess, workId: string) {
  for (;;) {
    const outcome = await by.works.run(workId)
    if (outcome !== 'taken') return outcome
  }
}

describe('provisioning', () => {
  test('makes the database, its logins and rights, and invites the holder', async () => {
    const { tenantId, workId } = await survivor.ask()
    expect(await survivor.works.run(workId)).toBe('done')
    expect(await all(tenantId)).toEqual(whole(tenantId))
    expect(await survivor.works.run(workId)).toBe('over')
  })

  test('lets each login in as no more than its role, and nobody else’s', async () => {
    const [one, other] = await Promise.all([survivor.ask(), survivor.ask()])
    await Promise.all([survivor.works.run(one.workId), survivor.works.run(other.workId)])
    const place = await survivor.tenants.catalogue.locate(one.tenantId)
    const neighbour = await survivor.tenants.catalogue.locate(other.tenantId)
    if (!place || !neighbour) throw new Error('the catalogue does not know what was just made')
    for (const role of tenantRoles) {
      const login = `${place.loginRole}_${role}`
      const url = new URL(onDatabase(place.address, place.databaseName))
      url.username = login
      url.password = place.passwordOf(role)
      const [row] = await asAdmin(
        url.href,
        `SELECT current_user::text AS who, pg_has_role('mgp_tenant_${role}', 'USAGE') AS works,
          pg_has_role('mgp_tenant_${role}', 'SET') AS becomes, current_setting('search_path') AS path`,
      )
      expect(row).toEqual({ who: login, works: true, becomes: role === 'owner', path: 'public, pg_temp' })
      await expect(asAdmin(onDatabase(url.href, neighbour.databaseName), 'SELECT')).rejects.toMatchObject({
        code: '42501',
      })
    }
  })

  test.each<When>(process.env['TEST_LONG'] ? ['before', 'unheard'] : ['unheard'])(
    'goes on after a death at any statement (%s), with nothing left over and nothing double',
    async (when) => {
      let deaths = 0
      for (let statement = 1, end = 'died'; end === 'died'; statement++) {
        const { tenantId, workId } = await survivor.ask()
        const life = await dyingAt(statement, when, async () => {
          const mortal = await tenancyProcess(installation)
          await mortal.works.run(workId)
        })
        end = life.end
        deaths += end === 'died' ? 1 : 0
        if (end === 'died') await goOn(survivor, workId)
        expect(await all(tenantId), `died at statement ${statement}: ${life.at}`).toEqual(whole(tenantId))
      }
      // Fewer than these and somebody does everything in one go, where a death hides more.
      expect(deaths).toBeGreaterThan(15)
    },
    120_000,
  )

  test('goes on after a process was killed while PostgreSQL was making the database', async () => {
    const { tenantId, workId } = await survivor.ask()
    const said = JSON.stringify({ ...installation, masterKey: installation.masterKey.toString('base64') })
    const file = path.join(rootDir, 'tests/harness/provision.ts')
    const child = spawn(process.execPath, [file, said, workId], { stdio: 'ignore' })
    const gone = once(child, 'exit')
    const { databaseName = '' } = (await survivor.tenants.catalogue.locate(tenantId)) ?? {}
    while (!(await isAtWork(databaseName))) if (child.exitCode !== null) throw new Error('it ended by itself')
    child.kill('SIGKILL')
    expect(await gone).toEqual([null, 'SIGKILL'])
    expect(await goOn(survivor, workId)).toBe('done')
    expect(await all(tenantId)).toEqual(whole(tenantId))
  })

  test('is done once by two processes that begin at once', async () => {
    const { tenantId, workId } = await survivor.ask()
    const other = await tenancyProcess(installation)
    const outcomes = await Promise.all([survivor.works.run(workId), other.works.run(workId)])
    expect(outcomes).toContain('done')
    expect(['taken', 'over']).toContain(outcomes.find((outcome) => outcome !== 'done'))
    expect(await all(tenantId)).toEqual(whole(tenantId))
    await other.close()
  })

  test('makes anew what an interrupted DROP left behind', async () => {
    const { tenantId, workId } = await survivor.ask()
    const place = await survivor.tenants.catalogue.locate(tenantId)
    const provisioner = await survivor.tenants.clusters.provisioner(place?.clusterId ?? '')
    await provisioner.run((client) => client.query(`CREATE DATABASE ${place?.databaseName}`))
    // What DROP DATABASE writes before it removes files.
    await asAdmin(
      database.adminUrl,
      `UPDATE pg_database SET datconnlimit = -2 WHERE datname = '${place?.databaseName}'`,
    )
    expect(await survivor.works.run(workId)).toBe('done')
    expect(await all(tenantId)).toEqual(whole(tenantId))
  })

  test('takes no database that is somebody else’s', async () => {
    const { tenantId, workId } = await survivor.ask()
    const place = await survivor.tenants.catalogue.locate(tenantId)
    await asAdmin(database.adminUrl, `CREATE DATABASE ${place?.databaseName}`)
    for (let tries = 0; tries < 3; tries++) await survivor.works.run(workId)
    const work = await db
      .selectFrom('tenantWorks')
      .where('id', '=', workId)
      .selectAll()
      .executeTakeFirstOrThrow()
    expect(work).toMatchObject({ state: 'failed', errorCode: 'internal' })
    expect(work.errorDetail).toContain('belongs to somebody else')
    await asAdmin(database.adminUrl, `DROP DATABASE ${place?.databaseName}`)
  })
})
