import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { rootDir } from '#platform/server/config.ts'
import { migrate } from '#platform/server/migrate.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { testDatabase } from '../../../tests/harness/database.ts'
import { readLeaf } from './leaf.ts'
import { commitmentOf, openPayload } from './payloads.ts'

const { adminUrl } = await testDatabase({ empty: true })
const before = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-before-'))
const client = new pg.Client({ connectionString: adminUrl })
await client.connect()
afterAll(async () => {
  await client.end()
  fs.rmSync(before, { recursive: true })
})

test('entries from before the tree become leaves that say the same', async () => {
  const central = path.join(rootDir, 'db/central')
  for (const file of fs.readdirSync(central).filter((name) => /^000[1-4]_/.test(name)))
    fs.copyFileSync(path.join(central, file), path.join(before, file))
  await migrate(adminUrl, { folder: before })
  const label = 'Été "x" \\ \u0001\u007f é\u{1F600}\u{10FFFF}'
  await client.query(
    `insert into audit_entries (at, actor_label, verb, object_type, object_id, before, after, ip, user_agent, request_id, subject_id)
     values ('2026-01-02T03:04:05.678912Z', $1, 'client.updated', 'client', 'c-1', '{"phone": null}', '{"phone": "+33"}', '192.0.2.1', 'UA', 'r-1', uuidv7()),
            ('2026-01-02T03:04:06Z', 'system', 'client.trashed', 'client', null, null, '{"ids": ["a", "b"]}', null, null, null, null)`,
    [label],
  )
  await migrate(adminUrl)

  const { rows } = await client.query('select * from audit_log order by at')
  const [updated, trashed] = rows
  expect(readLeaf(updated.leaf)).toMatchObject({
    time: '2026-01-02T03:04:05.678Z',
    actor: { id: label, type: 'system' },
    onBehalfOf: { type: 'member' },
    verb: 'client.updated',
    object: { id: 'c-1', type: 'client' },
    result: 'done',
  })
  expect(readLeaf(trashed.leaf)).toMatchObject({ object: { count: 2, type: 'client' } })
  expect(trashed.object_ids).toEqual(['a', 'b'])

  const vault = vaultOf(Buffer.alloc(32, 7))
  for (const { id, leaf, sealed } of rows) {
    const { salted } = openPayload(vault, id, sealed)
    expect(commitmentOf(salted)).toBe(readLeaf(leaf).commitment)
  }
  expect(openPayload(vault, updated.id, updated.sealed).payload).toEqual({
    before: { phone: null },
    after: { phone: '+33' },
    ip: '192.0.2.1',
    userAgent: 'UA',
    requestId: 'r-1',
  })
})
