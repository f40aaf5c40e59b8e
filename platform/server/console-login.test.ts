import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { openCentralDatabase } from './central-database.ts'
import { openConsoleLogin, openConsoleOwnerLogin } from './console-login.ts'
import { startEmbedded } from './embedded-postgres.ts'

// Somebody's own PostgreSQL, whose administrator is no superuser: a managed one.
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-console-'))
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
const none = { dataDir, consoleDatabaseUrl: undefined }
const url = (await openConsoleLogin(none, database)) ?? ''
const ownerUrl = (await openConsoleOwnerLogin(none, database)) ?? ''

describe('the console’s address', () => {
  test('is made from an administrator’s who is no superuser, and kept', async () => {
    expect(await query(url, 'SELECT current_user AS name')).toEqual([{ name: 'mgp_console' }])
    expect(await openConsoleLogin(none, database)).toBe(url)
    expect(new Set([url, ownerUrl, database.appUrl].map((one) => new URL(one).password)).size).toBe(3)
  })

  test.each([
    'SELECT password_hash FROM staff_members',
    'SELECT FROM audit_payloads',
    'UPDATE payments SET reference = reference',
    'CREATE TABLE mine ()',
    'CREATE TEMPORARY TABLE mine ()',
    'SET ROLE mgp_owner',
    'SET ROLE mgp_app',
  ])('cannot %s', async (text) => {
    await expect(query(url, text)).rejects.toMatchObject({ code: '42501' })
  })

  test('where nobody knows the administrator, the one that is given is used, and none where none is', async () => {
    const bare = { ...database, adminUrl: undefined }
    expect(await openConsoleLogin({ dataDir, consoleDatabaseUrl: url }, bare)).toBe(url)
    expect(await openConsoleLogin(none, bare)).toBeUndefined()
    expect(await openConsoleOwnerLogin(none, bare)).toBeUndefined()
  })

  test.each([
    ['the administrator', dbaUrl, 'owns the database'],
    ['the server', database.appUrl, 'is a member of mgp_app'],
  ])('may not be that of %s', async (_, wrong, why) => {
    await expect(
      openConsoleLogin({ dataDir, consoleDatabaseUrl: wrong }, { ...database, adminUrl: undefined }),
    ).rejects.toThrow(why)
  })
})

test('what simulates changes of the schema owns the tables, and cannot become their owner', async () => {
  expect(
    await query(
      ownerUrl,
      `SELECT current_user AS name, pg_has_role('mgp_owner', 'USAGE') AS owns, pg_has_role('mgp_owner', 'SET') AS becomes`,
    ),
  ).toEqual([{ name: 'mgp_console_owner', owns: true, becomes: false }])
})
