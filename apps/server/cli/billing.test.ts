import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import type { BillingVerification } from '#server/billing'
import { readConfig, rootDir } from '#platform/server/config.ts'
import { atTheEnd } from '../../../tests/harness/at-the-end.ts'
import { bareEnv } from '../../../tests/harness/bare-env.ts'
import { testDatabase } from '../../../tests/harness/database.ts'
import { seedDemo } from './demo.ts'

const dataDir = await mkdtemp(path.join(os.tmpdir(), 'mgp-billing-'))
afterAll(() => rm(dataDir, { recursive: true, force: true }))
const database = await testDatabase()
await seedDemo({ ...database, config: readConfig({ APP_ENV: 'demonstration', DATA_DIR: dataDir }) })

/** As somebody types it. */
function verify(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { ...bareEnv, DATABASE_URL: database.appUrl, DATA_DIR: dataDir, APP_ENV: 'demonstration' }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [path.join(rootDir, 'apps/server/cli/index.ts'), 'billing', 'verify', ...args],
      { env, cwd: rootDir },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
}

test('the demonstration is as it was issued, and the command says so', { timeout: 30_000 }, async () => {
  const { code, out } = await verify()
  expect([code, out]).toEqual([0, expect.stringContaining('Nothing was changed.')])
})

test('what a superuser changed is named, with its number, and ends in 1', { timeout: 30_000 }, async () => {
  const admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
  atTheEnd(() => admin.end())
  await admin.query(`
    BEGIN;
    SET LOCAL session_replication_role = 'replica';
    UPDATE invoice_lines SET description = 'Autre chose' WHERE invoice_id = (SELECT id FROM invoices WHERE number = 'FA-2026-000123');
    COMMIT`)
  const plain = await verify()
  expect([plain.code, plain.err]).toEqual([1, expect.stringContaining('FA-2026-000123: line 1.description')])
  const { breaks } = JSON.parse((await verify('--json')).out) as BillingVerification
  expect(breaks).toMatchObject([{ what: 'line', number: 'FA-2026-000123', found: 'Autre chose' }])
})
