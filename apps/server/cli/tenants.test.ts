import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { smallFleet } from '../../../tests/harness/fleet.ts'
import { run } from './tenants.ts'

const fleet = await smallFleet(2)
const [claire, amelie] = fleet.tenants as [(typeof fleet.tenants)[0], (typeof fleet.tenants)[0]]
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'mgp-tenants-'))
afterAll(() => rmSync(dataDir, { recursive: true }))

// In this process: a process of its own for each takes seconds, and what it would add is tested with the other commands.
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
    const code = await run(args)
    return { code, ...said }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

const entries = async () =>
  (await fleet.db.selectFrom('auditLog').select('verb').orderBy('at').execute()).map(({ verb }) => verb)

test('the help names every verb, and what is not understood is answered with it', async () => {
  expect((await mgp('--help')).out).toMatch(/clusters .*\n[^]*  drift\n[^]*  migrate .*\n[^]*  status /)
  expect(await mgp('migrate', '--help')).toMatchObject({ code: 0, out: expect.stringContaining('canaries') })
  expect(await mgp('paint')).toMatchObject({
    code: 2,
    err: expect.stringContaining('Unknown: tenants paint'),
  })
  expect(await mgp('status', '--colour')).toMatchObject({
    code: 2,
    err: expect.stringContaining('mgp tenants status [--json]'),
  })
})

test('a practice is suspended with a reason and let in again, by its id or its database', async () => {
  expect(await mgp('suspend', claire.tenantId)).toMatchObject({ code: 2 })
  expect(await mgp('suspend', claire.tenantId, '--reason', 'Unpaid for a year')).toEqual({
    code: 0,
    out: 'Cabinet de Claire Moreau: suspended.\n',
    err: '',
  })
  expect(await mgp('suspend', claire.databaseName, '--reason', 'Again')).toMatchObject({ code: 1, out: '' })
  expect(await mgp('resume', claire.databaseName)).toMatchObject({ code: 0 })
  expect(await entries()).toEqual(['tenant.suspended', 'tenant.resumed'])
})

test('a name that two practices have is nobody’s', async () => {
  const { code, err } = await mgp('resume', 'claire moreau')
  expect(code).toBe(2)
  expect(err).toContain('"claire moreau" is not one tenant alone')
  expect(err).toContain(amelie.tenantId)
})

test('what differs from the template is printed, and status counts it', async () => {
  await fleet.inside(amelie, 'ALTER TABLE notes ADD COLUMN by_hand text')
  expect(await mgp('drift')).toEqual({
    code: 1,
    out: `${amelie.tenantId}  Cabinet de Claire Moreau\n  unexpected: column public.notes.by_hand text\n`,
    err: '',
  })
  const { out } = await mgp('status')
  expect(out).toMatch(
    /^Schema (\d+), served from \d+ on\n  \1: 2 tenants\nDrift, .*: 1 of 2, 0 not reached\nCluster main/,
  )
})

test('the fleet is migrated from the command line', async () => {
  await fleet.db.updateTable('tenants').set({ schemaVersion: 1 }).where('id', '=', claire.tenantId).execute()
  const { code, out } = await mgp('migrate')
  expect(code).toBe(0)
  expect(out).toMatch(/^Schema \d+: done\n  first    1 of 1, 0 failed, 0 passed over\n  second   1 of 1/)
  expect(await mgp('migrate')).toMatchObject({ code: 0, out: expect.stringContaining('Nothing to migrate') })
})

test('a cluster takes no new practices when it is closed', async () => {
  const { out } = await mgp('clusters', 'close', 'main', '--capacity', '3')
  expect(out).toMatch(/^main  .*  closed, 2 of 3 tenants\n$/)
  expect(await mgp('clusters', 'close', 'elsewhere')).toMatchObject({ code: 2 })
  const here = new URL(fleet.database.adminUrl)
  await expect(mgp('clusters', 'add', 'second', here.href)).rejects.toThrow(
    'That PostgreSQL is the cluster main already',
  )
  // By another of its names.
  here.hostname = 'localhost'
  await expect(mgp('clusters', 'add', 'second', here.href)).rejects.toThrow(
    'has a login that makes databases already',
  )
})
