import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { vaultOf } from '#platform/server/vault.ts'
import { smallFleet } from '../../../../tests/harness/fleet.ts'
import { run } from '../../cli/tenants.ts'

const fleet = await smallFleet(1)
const { tenantId, databaseName } = fleet.tenants[0]!
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-tenants-'))
afterAll(() => fs.rmSync(dataDir, { recursive: true }))
const vault = vaultOf(fleet.masterKey)
await fleet.db
  .updateTable('tenants')
  .set({
    keySealed: vault.seal(randomBytes(32), `tenants.key:${tenantId}`),
    loginSecretSealed: vault.seal(randomBytes(32), `tenants.login_secret:${tenantId}`),
  })
  .where('id', '=', tenantId)
  .execute()

vi.stubEnv('DATABASE_URL', fleet.database.appUrl)
vi.stubEnv('PROVISIONER_DATABASE_URL', fleet.database.provisionerUrl)
vi.stubEnv('DATA_DIR', dataDir)
vi.stubEnv('MASTER_KEY', fleet.masterKey.toString('base64'))

async function mgp(...args: string[]) {
  const said = { out: '', err: '' }
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((line: string) => void (said.out += `${line}\n`)),
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((said.out += String(text)), true)),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((said.err += String(text)), true)),
  ]
  try {
    return { code: await run(args), ...said }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

test('a practice is backed up, restored beside, switched, exported and purged by commands, each of them in the log', async () => {
  expect(await mgp('restore', tenantId, '--reason', 'Essai')).toMatchObject({
    code: 2,
    err: expect.stringContaining('no such backup'),
  })
  expect(await mgp('backup', tenantId)).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringContaining('asked  schema'),
  })
  const restored = await mgp('restore', tenantId, '--reason', 'Essai')
  expect(restored).toMatchObject({ code: 0, err: '' })
  const [beside = ''] = /t_[0-9a-f]{16}/.exec(restored.out) ?? []
  expect((await mgp('spares', tenantId)).out).toMatch(
    new RegExp(`^${beside}  restored .* on main  1 rows  until`),
  )
  expect(await mgp('switch', tenantId, '--to', 't_0000000000000000', '--reason', 'Essai')).toMatchObject({
    code: 1,
  })
  expect(await mgp('switch', tenantId, '--to', beside, '--reason', 'Essai')).toMatchObject({
    code: 0,
    out: `Cabinet de Claire Moreau: lives in ${beside} now.\n`,
  })
  expect((await mgp('spares', tenantId, '--drop', databaseName)).out).toBe('')
  expect(
    await fleet.provisioner.run((client) =>
      client.query('select from pg_database where datname = $1', [databaseName]),
    ),
  ).toMatchObject({ rowCount: 0 })
  const zip = path.join(dataDir, 'export.zip')
  expect(await mgp('export', tenantId, zip, '--reason', 'Départ')).toMatchObject({ code: 0, err: '' })
  expect(fs.statSync(zip).mode & 0o777).toBe(0o600)
  expect(await mgp('export', tenantId, zip, '--reason', 'Départ')).toMatchObject({ code: 2 })
  expect(await mgp('purge', tenantId, '--name', 'Cabinet', '--reason', 'Essai')).toMatchObject({ code: 1 })
  const purged = await mgp('purge', tenantId, '--name', 'Cabinet de Claire Moreau', '--reason', 'Essai')
  expect(purged).toMatchObject({ code: 0, err: expect.stringMatching(/purged\. sha256:[0-9a-f]{64}\n$/) })
  expect(JSON.parse(purged.out)).toMatchObject({
    format: 'magestionpsy.purge-certificate',
    tenant: { id: tenantId },
  })
  const rows = await fleet.db
    .selectFrom('auditLog')
    .select(['verb', 'tenantId'])
    .orderBy('at')
    .orderBy('id')
    .execute()
  expect(rows).toEqual(
    [
      'backup_asked',
      'backed_up',
      'restore_asked',
      'restored',
      'switch_asked',
      'switched',
      'spare_dropped',
      'exported',
      'purge_asked',
      'purged',
    ].map((verb) => ({ verb: `tenant.${verb}`, tenantId })),
  )
})
