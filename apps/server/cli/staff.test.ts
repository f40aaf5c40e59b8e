import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { expect, test } from 'vitest'
import { rootDir } from '#platform/server/config.ts'
import { testServer } from '../../../tests/harness/server.ts'
import { bareEnv } from '../../../tests/harness/bare-env.ts'

const server = await testServer()

function createLucie(masterKey: Buffer) {
  const person = '--email lucie@example.com --first-name Lucie --last-name Aubert --role support'
  const { status, stderr } = spawnSync(
    process.execPath,
    [path.join(rootDir, 'apps/server/cli/index.ts'), 'staff', 'create', ...person.split(' ')],
    {
      encoding: 'utf8',
      env: {
        ...bareEnv,
        DATABASE_URL: server.database.appUrl,
        DATA_DIR: server.dataDir,
        MASTER_KEY: masterKey.toString('base64'),
      },
    },
  )
  return { status, stderr }
}

const lucies = () =>
  server.db.selectFrom('staffMembers').where('email', '=', 'lucie@example.com').select('id').execute()

test('an account is made with the installation’s own master key, and with no other', async () => {
  expect(createLucie(randomBytes(32))).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('not the master key'),
  })
  expect(await lucies()).toEqual([])
  expect(createLucie(server.masterKey)).toEqual({ status: 0, stderr: '' })
  expect(await lucies()).toHaveLength(1)
})
