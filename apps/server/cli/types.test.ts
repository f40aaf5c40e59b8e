import fs from 'node:fs'
import pg from 'pg'
import { expect, test } from 'vitest'
import { makeSchema, readSchema } from '#server/tenancy'
import { testDatabase } from '../../../tests/harness/database.ts'
import { centralTypes, tenantTypes, typesFiles } from './types.ts'

test('db/central-types.ts says what the migrations make', async () => {
  const { adminUrl } = await testDatabase()
  expect(fs.readFileSync(typesFiles.central, 'utf8'), 'run bin/mgp types').toBe(await centralTypes(adminUrl))
})

test('db/tenant-types.ts says what the migrations of a tenant’s database make', async () => {
  const { adminUrl } = await testDatabase({ empty: true })
  const client = new pg.Client(adminUrl)
  await client.connect()
  await makeSchema(client, readSchema()).finally(() => client.end())
  expect(fs.readFileSync(typesFiles.tenant, 'utf8'), 'run bin/mgp types').toBe(await tenantTypes(adminUrl))
})
