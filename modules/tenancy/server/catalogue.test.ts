import { createHmac, randomBytes } from 'node:crypto'
import { afterAll, expect, test, vi } from 'vitest'
import { testDatabase } from '../../../tests/harness/database.ts'
import { temporaryFolder, tenancyProcess } from '../../../tests/harness/tenancy-process.ts'
import type { Whisper } from '#platform/server/news.ts'
import { openCatalogue } from './catalogue.ts'
import { passwordOf, verifierOf } from './logins.ts'

const database = await testDatabase()
const { dataDir, remove } = temporaryFolder()
const process = await tenancyProcess({ database, masterKey: randomBytes(32), dataDir })
const { db, vault } = process
let hear: (whisper: Whisper | null) => void = () => {}
const desk = { subscribe: (hearer: typeof hear) => ((hear = hearer), () => {}) }
const catalogue = openCatalogue({ db, vault, desk })

afterAll(async () => {
  await process.close()
  remove()
})

const rename = (id: string, name: string) =>
  db.updateTable('tenants').set({ name }).where('id', '=', id).execute()

test('a place is asked for once a second, and anew at the news of it', async () => {
  const { tenantId } = await process.ask()
  const nameNow = async () => (await catalogue.locate(tenantId))?.name
  expect(await nameNow()).toBe('Cabinet de Claire Moreau')
  await rename(tenantId, 'Cabinet du port')
  expect(await nameNow()).toBe('Cabinet de Claire Moreau')
  hear({ topic: 'clients', id: tenantId })
  expect(await nameNow()).toBe('Cabinet de Claire Moreau')
  hear({ topic: 'tenants', id: tenantId })
  expect(await nameNow()).toBe('Cabinet du port')
  await rename(tenantId, 'Cabinet de la gare')
  // The line was lost: anything may have changed.
  hear(null)
  expect(await nameNow()).toBe('Cabinet de la gare')
})

test('what nobody told of shows after a second', async () => {
  const { tenantId } = await process.ask()
  await catalogue.locate(tenantId)
  await rename(tenantId, 'Cabinet du port')
  const now = performance.now()
  vi.spyOn(performance, 'now').mockReturnValue(now + 1_001)
  expect(await catalogue.locate(tenantId)).toMatchObject({ name: 'Cabinet du port' })
  vi.restoreAllMocks()
})

test('who is not there, or not any more, has no place; and is looked for again', async () => {
  expect(await catalogue.locate('01890000-0000-7000-8000-000000000000')).toBeUndefined()
  const { tenantId } = await process.ask()
  const gone = { state: 'purged', keySealed: null, loginSecretSealed: null }
  await catalogue.locate(tenantId)
  await db.updateTable('tenants').set(gone).where('id', '=', tenantId).execute()
  hear({ topic: 'tenants', id: tenantId })
  expect(await catalogue.locate(tenantId)).toBeUndefined()
  expect(await catalogue.vaultOf(tenantId)).toBeUndefined()
})

test('each tenant has a key of its own, and each login a password of its own', async () => {
  const [one, other] = [await process.ask(), await process.ask()]
  const [first, second] = [await catalogue.vaultOf(one.tenantId), await catalogue.vaultOf(other.tenantId)]
  const sealed = first?.seal(Buffer.from('confidential'), 'notes.body:1')
  expect(first?.open(sealed ?? Buffer.alloc(0), 'notes.body:1').toString()).toBe('confidential')
  expect(() => second?.open(sealed ?? Buffer.alloc(0), 'notes.body:1')).toThrow()
  const place = await catalogue.locate(one.tenantId)
  const passwords = (['owner', 'practitioner', 'keeper'] as const).map((role) => place?.passwordOf(role))
  expect(new Set(passwords).size).toBe(3)
  for (const password of passwords) expect(password).toMatch(/^[A-Za-z0-9_-]{43}$/)
})

test('a password is HKDF-SHA-256 of the secret for its login, and its verifier that of RFC 7677', () => {
  // RFC 5869 sections 2.2 and 2.3, where one block is all that is asked for.
  const hmac = (key: Buffer, text: Buffer) => createHmac('sha256', key).update(text).digest()
  const secret = Buffer.alloc(32, 7)
  const info = Buffer.from('t_0_keeper\u0001')
  expect(passwordOf(secret, 't_0_keeper')).toBe(
    hmac(hmac(Buffer.alloc(32), secret), info).toString('base64url'),
  )
  // RFC 7677 section 3: user "user", password "pencil", this salt, 4096 rounds.
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64')
  expect(verifierOf('pencil', { salt, rounds: 4096 })).toBe(
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  )
})
