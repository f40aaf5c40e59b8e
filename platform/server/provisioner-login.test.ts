import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { openCentralDatabase } from './central-database.ts'
import { startEmbedded } from './embedded-postgres.ts'
import { openProvisionerLogin, requireProvisioner } from './provisioner-login.ts'

// Somebody's own PostgreSQL, whose administrator is no superuser: a managed one.
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-provisioner-'))
const server = await startEmbedded(home, { durable: false })
const dataDir = path.join(home, 'data')

afterAll(async () => {
  await server.stop('immediate')
  fs.rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
})

function at(url: string, over: { name?: string; user?: string; password?: string }): string {
  const target = new URL(url)
  if (over.name !== undefined) target.pathname = `/${over.name}`
  if (over.user !== undefined) target.username = over.user
  if (over.password !== undefined) target.password = over.password
  return target.href
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

await query(server.adminUrl, "CREATE ROLE dba LOGIN CREATEROLE CREATEDB PASSWORD 'd'")
await query(server.adminUrl, 'CREATE DATABASE theirs OWNER dba')
const dbaUrl = at(server.adminUrl, { name: 'theirs', user: 'dba', password: 'd' })
const given = { appEnv: 'demonstration', dataDir, databaseUrl: dbaUrl, databaseAdminUrl: undefined } as const
const database = await openCentralDatabase(given)
const url = (await openProvisionerLogin({ dataDir, provisionerDatabaseUrl: undefined }, database)) ?? ''

describe('the provisioner’s address', () => {
  test('is made from an administrator’s who is no superuser, and kept', async () => {
    expect(await query(url, 'SELECT current_user AS name')).toEqual([{ name: 'mgp_provisioner' }])
    expect(await openProvisionerLogin({ dataDir, provisionerDatabaseUrl: undefined }, database)).toBe(url)
    expect(new URL(url).password).not.toBe(new URL(database.appUrl).password)
  })

  test('makes databases, the extensions in them, and logins of the practices’ roles', async () => {
    await query(url, "CREATE DATABASE t_0 TEMPLATE template0 ENCODING 'UTF8'")
    await query(
      at(url, { name: 't_0' }),
      'CREATE EXTENSION pg_trgm; ALTER SCHEMA public OWNER TO mgp_tenant_owner',
    )
    await query(
      url,
      "CREATE ROLE t_0_keeper LOGIN PASSWORD 'k'; GRANT mgp_tenant_keeper TO t_0_keeper WITH INHERIT TRUE, SET FALSE",
    )
    await query(url, 'DROP DATABASE t_0')
    await query(url, 'DROP ROLE t_0_keeper')
  })

  test.each([
    'SELECT FROM public.clients',
    'SELECT FROM public.tenants',
    'SET ROLE mgp_owner',
    'SET ROLE mgp_tenant_practitioner',
  ])('may not %s', async (statement) => {
    await expect(query(url, statement)).rejects.toMatchObject({ code: '42501' })
  })

  test('is not there where only the server’s is known', async () => {
    const alone = { appUrl: database.appUrl, adminUrl: undefined, embedded: undefined }
    expect(await openProvisionerLogin({ dataDir, provisionerDatabaseUrl: undefined }, alone)).toBeUndefined()
  })

  test('is not there where the administrator may make no databases, and everything else is', async () => {
    const small = await startEmbedded(path.join(home, 'small'), { durable: false })
    onTestFinished(() => small.stop('immediate'))
    await query(small.adminUrl, "CREATE ROLE keeper LOGIN CREATEROLE PASSWORD 'k'")
    await query(small.adminUrl, 'CREATE DATABASE theirs OWNER keeper')
    const config = {
      ...given,
      dataDir: path.join(home, 'keeper'),
      databaseUrl: at(small.adminUrl, { name: 'theirs', user: 'keeper', password: 'k' }),
      provisionerDatabaseUrl: undefined,
    }
    expect(await openProvisionerLogin(config, await openCentralDatabase(config))).toBeUndefined()
  })
})

describe('an address that is not the provisioner’s is refused in a sentence', () => {
  test.each([
    ['a superuser', 'SUPERUSER', /"wrong" of PROVISIONER_DATABASE_URL is a superuser/],
    ['the server', 'IN ROLE mgp_app', /is not mgp_provisioner/],
    ['one with its rights', 'IN ROLE mgp_provisioner CREATEDB CREATEROLE', /are not inherited/],
  ])('%s', async (_whose, may, why) => {
    await query(server.adminUrl, `CREATE ROLE wrong LOGIN PASSWORD 'w' ${may}`)
    await query(server.adminUrl, 'GRANT CONNECT ON DATABASE theirs TO wrong')
    onTestFinished(
      async () =>
        void (await query(server.adminUrl, 'REVOKE ALL ON DATABASE theirs FROM wrong; DROP ROLE wrong')),
    )
    const provisionerDatabaseUrl = at(dbaUrl, { user: 'wrong', password: 'w' })
    const alone = { appUrl: database.appUrl, adminUrl: undefined, embedded: undefined }
    await expect(openProvisionerLogin({ dataDir, provisionerDatabaseUrl }, alone)).rejects.toThrow(why)
  })

  test.each([
    ['the owner’s rights', 'GRANT mgp_owner TO mgp_provisioner', 'REVOKE mgp_owner FROM mgp_provisioner'],
    ['all data', 'GRANT pg_read_all_data TO mgp_provisioner', 'REVOKE pg_read_all_data FROM mgp_provisioner'],
    ['replication', 'ALTER ROLE mgp_provisioner REPLICATION', 'ALTER ROLE mgp_provisioner NOREPLICATION'],
  ])('mgp_provisioner with %s', async (_what, grant, revoke) => {
    await query(server.adminUrl, grant)
    onTestFinished(async () => void (await query(server.adminUrl, revoke)))
    await expect(requireProvisioner(url)).rejects.toThrow(/reaches beyond its work/)
  })

  test('mgp_provisioner that may not make databases', async () => {
    await query(server.adminUrl, 'ALTER ROLE mgp_provisioner NOCREATEDB')
    onTestFinished(async () => void (await query(server.adminUrl, 'ALTER ROLE mgp_provisioner CREATEDB')))
    await expect(requireProvisioner(url)).rejects.toThrow(/may not create databases/)
  })

  test('a wrong password, which is not repeated', async () => {
    const wrong = requireProvisioner(at(url, { password: 'hunter2' }))
    await expect(wrong).rejects.toThrow(
      /refuses the role "mgp_provisioner" or its password \(PROVISIONER_DATABASE_URL\)/,
    )
    await expect(wrong).rejects.not.toThrow(/hunter2/)
  })
})
