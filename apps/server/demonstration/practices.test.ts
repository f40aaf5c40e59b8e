import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demonstrationPassword } from '#server/identity'
import { openTenants } from '#server/tenancy'
import { systemClock } from '#platform/server/clock.ts'
import { readConfig } from '#platform/server/config.ts'
import { centralDb, openPool, sql } from '#platform/server/db.ts'
import { openLog } from '#platform/server/log.ts'
import { loadMasterKey } from '#platform/server/master-key.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { testDatabase } from '../../../tests/harness/database.ts'
import { drop } from '../../../modules/tenancy/server/life/closing.ts'
import { passwordIs } from '../../../modules/identity/server/passwords/hashing.ts'
import { seedDemo } from '../cli/demo.ts'
import { seedPractices } from './practices.ts'
import { seedSupport } from './support.ts'

const database = await testDatabase()
const { appUrl, provisionerUrl } = database
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-practices-'))
const config = readConfig({ DATABASE_URL: appUrl, DATA_DIR: dataDir })
const db = centralDb(openPool(appUrl, { max: 4 }))
const vault = vaultOf(loadMasterKey(config))
const tenants = openTenants({ db, vault, clock: systemClock, log: openLog('silent'), cap: 4 })

beforeAll(async () => {
  await seedDemo({ ...database, config })
  await seedPractices({ appUrl, provisionerUrl, config })
  await seedSupport({ appUrl })
}, 60_000)
afterAll(async () => {
  await tenants.databases.close()
  for (const { clusterId, ...which } of await catalogue()) {
    const provisioner = await tenants.clusters.provisioner(clusterId)
    await provisioner.run((client) => drop(client, which))
  }
  await tenants.close()
  await db.destroy()
  fs.rmSync(dataDir, { recursive: true, force: true })
})

const catalogue = () => db.selectFrom('tenants').select(['clusterId', 'databaseName', 'loginRole']).execute()

test('seven practices are open, one is suspended, one is a canary, and two need somebody', async () => {
  const rows = await db.selectFrom('tenants').select(['name', 'state', 'canary']).execute()
  expect(rows.map(({ state }) => state).toSorted()).toEqual([...Array(6).fill('active'), 'suspended'])
  expect(rows.find(({ canary }) => canary)?.name).toBe('Cabinet d’Odile Verneuil')
  expect(await db.selectFrom('tenantDrifts').select('tenantId').execute()).toHaveLength(1)
  expect(
    await db.selectFrom('tenantWorks').where('state', '=', 'failed').select('id').execute(),
  ).toHaveLength(1)
})

test('everybody in them has the password that is shown, and Léa works in three of them', async () => {
  const accounts = await db.selectFrom('memberAccounts').selectAll().execute()
  // One hash for all: hashing is slow on purpose.
  const [hash, ...others] = new Set(accounts.map(({ passwordHash }) => passwordHash ?? ''))
  expect(others).toEqual([])
  expect(await passwordIs(hash, demonstrationPassword)).toBe(true)
  expect(accounts.every(({ isDemonstration }) => isDemonstration)).toBe(true)
  const lea = accounts.find(({ email }) => email === 'lea.fabre@example.com')
  const members = await db
    .selectFrom('members')
    .where('accountId', '=', lea?.id ?? '')
    .select('profile')
    .execute()
  expect(members.map(({ profile }) => profile)).toEqual(['secretary', 'secretary', 'secretary'])
})

test('notes are there and sealed under the practice’s own key', async () => {
  const { id } = await db
    .selectFrom('tenants')
    .where('name', '=', 'Cabinet de Mireille Thouvenin')
    .select('id')
    .executeTakeFirstOrThrow()
  const practice = await tenants.databases.reading(id, 'practitioner')
  const notes = await practice.selectFrom('notes').select(['id', 'bodySealed']).execute()
  expect(notes).toHaveLength(12)
  const own = await tenants.catalogue.vaultOf(id)
  for (const note of notes) {
    expect(own?.open(note.bodySealed, `notes.body:${note.id}`).toString()).toMatch(/^[A-Z]/)
    expect(() => vault.open(note.bodySealed, `notes.body:${note.id}`)).toThrow()
  }
})

test('the first practice has lived: 700 patients, three of « Pages Jaunes », and somebody comes today', async () => {
  const { id } = await db
    .selectFrom('tenants')
    .where('name', '=', 'Cabinet de Mireille Thouvenin')
    .select('id')
    .executeTakeFirstOrThrow()
  const practice = await tenants.databases.reading(id, 'practitioner')
  const { rows } = await sql<Record<string, number>>`
    SELECT (SELECT count(*) FROM patients) AS patients,
      (SELECT count(*) FROM appointments) AS appointments,
      (SELECT count(*) FROM patients JOIN origins ON origins.id = origin_id WHERE origins.name = 'Pages Jaunes')
        AS pages_jaunes,
      (SELECT max(many) FROM (SELECT count(*) AS many FROM patients JOIN origins ON origins.id = origin_id
        WHERE origins.name <> 'Pages Jaunes' GROUP BY origins.id) AS others) AS of_others,
      (SELECT count(*) FROM appointments JOIN profiles ON member_id = practitioner_id WHERE first_name = 'Mireille'
        AND (starts_at AT TIME ZONE 'Europe/Paris')::date = (now() AT TIME ZONE 'Europe/Paris')::date) AS today,
      (SELECT count(*) FROM dues WHERE paid_cents > due_cents) AS overpaid,
      (SELECT count(*) FROM payments p WHERE cents <>
        (SELECT sum(a.cents) FROM payment_allocations a WHERE a.payment_id = p.id)) AS unallocated,
      (SELECT count(*) FROM fee_notes) AS notes, (SELECT sum(last_number) FROM fee_note_series) AS numbers,
      (SELECT count(*) FROM fee_notes n WHERE total_cents <>
        (SELECT sum(l.cents) FROM fee_note_lines l WHERE l.fee_note_id = n.id)) AS wrong_notes
  `.execute(practice)
  const counted = Object.fromEntries(
    Object.entries(rows[0] ?? {}).map(([what, many]) => [what, Number(many)]),
  )
  expect(counted).toMatchObject({ patients: 700, pagesJaunes: 3, overpaid: 0, unallocated: 0, wrongNotes: 0 })
  expect(counted['notes']).toBeGreaterThan(100)
  expect(counted['numbers']).toBe(counted['notes'])
  expect(counted['ofOthers']).toBeLessThan(3)
  expect(counted['today']).toBeGreaterThan(0)
  expect(counted['appointments']).toBeGreaterThan(18_000)
})

test('a secretary with a space of her own works for two of them, one only for a while', async () => {
  const { id: accountId } = await db
    .selectFrom('members')
    .innerJoin('memberAccounts', 'memberAccounts.id', 'members.accountId')
    .innerJoin('tenants', 'tenants.id', 'members.tenantId')
    .where('tenants.kind', '=', 'secretary')
    .where('holder', '=', true)
    .select('memberAccounts.id')
    .executeTakeFirstOrThrow()
  const grants = await db
    .selectFrom('members')
    .where('accountId', '=', accountId)
    .where('holder', '=', false)
    .select(['profile', 'endsAt'])
    .execute()
  expect(grants.map(({ profile }) => profile)).toEqual(['secretary', 'secretary'])
  expect(grants.filter(({ endsAt }) => endsAt !== null)).toHaveLength(1)
})

test('seeding again opens no other', async () => {
  await seedPractices({ appUrl, provisionerUrl, config })
  expect(await catalogue()).toHaveLength(7)
})

test('their members ask for help: what Mireille asked is her practice’s, and she said how it was', async () => {
  const rows = await db
    .selectFrom('tickets')
    .innerJoin('members', 'members.id', 'requesterMemberId')
    .innerJoin('tenants', 'tenants.id', 'tickets.tenantId')
    .leftJoin('ticketRatings', 'ticketRatings.ticketId', 'tickets.id')
    .where('requesterEmail', '=', 'mireille.thouvenin@example.com')
    .select(['number', 'channel', 'tenants.name', 'members.tenantId as own', 'tickets.tenantId', 'score'])
    .execute()
  expect(rows.length).toBeGreaterThan(2)
  for (const { channel, name, own, tenantId } of rows)
    expect([channel, name, own]).toEqual(['app', 'Cabinet de Mireille Thouvenin', tenantId])
  expect(rows.map(({ number }) => number)).toContain(33)
  expect(rows.map(({ score }) => score)).toContain(5)
})
