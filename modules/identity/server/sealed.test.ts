import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { centralDb, openPool } from '#platform/server/db.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { testDatabase } from '../../../tests/harness/database.ts'
import { testServer } from '../../../tests/harness/server.ts'
import { opensItsSecrets } from './sealed.ts'

const server = await testServer()
const empty = await testDatabase()

test('the key a database was sealed with is told from any other', async () => {
  expect(await opensItsSecrets(server.db, server.vault)).toBe(true)
  expect(await opensItsSecrets(server.db, vaultOf(randomBytes(32)))).toBe(false)
})

test('a database without a secret fits every key', async () => {
  const pool = openPool(empty.appUrl, { max: 1 })
  expect(await opensItsSecrets(centralDb(pool), server.vault)).toBe(true)
  await pool.end()
})
