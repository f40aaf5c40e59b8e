import fs from 'node:fs'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../tests/harness/database.ts'
import { centralTypes, typesFile } from './types.ts'

const { adminUrl } = await testDatabase()

test('db/central-types.ts says what the migrations make', async () => {
  expect(fs.readFileSync(typesFile, 'utf8'), 'run bin/mgp types').toBe(await centralTypes(adminUrl))
})
