/** A certificate runs out while the server runs: documents go on being numbered, and their files wait for another. */
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { beforeAll, expect, test } from 'vitest'
import { getInvoice, invoiceFileWaiting } from '#contract/billing'
import { atTheEnd } from '../../../../tests/harness/at-the-end.ts'
import { billableClient, issuedFor, openBilling } from '../../../../tests/harness/billing.ts'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { lettersTo, mailOf } from '../../../../tests/harness/mailbox.ts'
import { sealHolds, sha256 } from '../../../../tests/harness/pdf-structure.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { billingVerification } from '../verifying/index.ts'
import { documentPdf, reconciling } from './keeping.ts'
import { openPdfs } from './opening.ts'
import { selfMade } from './self-made.ts'
import { warnOfSeal } from './warning.ts'

const folder = await mkdtemp(path.join(os.tmpdir(), 'mgp-expiring-seal-'))
atTheEnd(() => rm(folder, { recursive: true, force: true }))
const sealFiles = { certificate: path.join(folder, 'seal.pem'), key: path.join(folder, 'seal.key') }
const pem = (der: Buffer) =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`

/** Another certificate and key in the places the configuration names. @returns its fingerprint */
async function putInPlace(): Promise<string> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  const der = await selfMade(privateKey, publicKey)
  await writeFile(sealFiles.certificate, pem(der))
  await writeFile(sealFiles.key, privateKey.export({ format: 'pem', type: 'pkcs8' }))
  return sha256(der)
}

const former = await putInPlace()
/** It makes no file by itself. */
const server = await testServer({
  env: { ROLE: 'web', INVOICE_SEAL_CERT: sealFiles.certificate, INVOICE_SEAL_KEY: sealFiles.key },
})
const pdfs = openPdfs({ dataDir: server.dataDir, vault: server.vault, sealFiles })
atTheEnd(() => pdfs.close())
/** What a test's certificate is valid until. */
const expired = new Date('2050-01-01T00:00:00Z')
const logged: Record<string, unknown>[] = []
const log = pino({}, { write: (line) => void logged.push(JSON.parse(line) as Record<string, unknown>) })
const keeping = (now: Date) => ({ clock: { now: () => now }, log, pdfs })
const soon = () => new Date(Date.now() + 61_000)
const fileOf = (id: string) => path.join(server.dataDir, 'invoice-files', id, 'sealed.pdf')
const recorded = (id: string) =>
  server.db
    .selectFrom('invoicePdfs')
    .where('invoiceId', '=', id)
    .select('certificateSha256')
    .executeTakeFirst()
const verified = () =>
  billingVerification(server.db, { dataDir: server.dataDir, vault: server.vault, sealFiles, remake: true })

let billing: Browserless
let mireille: string
let older: { id: string; number: string }

beforeAll(async () => {
  billing = await server.as('billing')
  await openBilling(server.db)
  mireille = await billableClient(server.db)
  older = await issuedFor(billing, mireille)
  await documentPdf(server.db, keeping(new Date()), older.id)
})

test('a document is numbered all the same; nothing is sealed, and the reconciler says how many wait and why', async () => {
  const { id } = await issuedFor(billing, mireille)
  expect(await billing.call(getInvoice, { params: { id } })).toMatchObject({ state: 'unpaid' })
  await expect(documentPdf(server.db, keeping(expired), id)).rejects.toMatchObject({
    refusal: invoiceFileWaiting,
  })
  await reconciling(keeping(expired)).run(server.db)
  expect(logged).toMatchObject([{ documents: 1, msg: 'documents wait for a seal that holds' }])
  expect(JSON.stringify(logged)).toContain('is valid from 2015-01-01T00:00:00.000Z to 2049-12-31')
  expect(await recorded(id)).toBeUndefined()
  expect(await pdfs.kept(id)).toBeUndefined()
})

test('a file that was sealed while the certificate held is still made again to the byte', async () => {
  const bytes = await documentPdf(server.db, keeping(new Date()), older.id)
  await rm(fileOf(older.id))
  expect(await documentPdf(server.db, keeping(expired), older.id)).toEqual(bytes)
})

test('whoever answers for the settings hears of it before, and every day after', async () => {
  const mail = mailOf(server)
  const warned = async (day: string) => {
    const before = (await lettersTo(server, 'billing@example.com')).length
    await warnOfSeal(server.db, { ...keeping(new Date(`${day}T07:00:00Z`)), mail })
    return (await lettersTo(server, 'billing@example.com')).slice(before).map(({ subject }) => subject)
  }
  expect(await warned('2049-10-01')).toEqual([])
  expect(await warned('2049-11-30')).toEqual(['Le certificat qui scelle les factures expire dans 30 jours'])
  expect(await warned('2049-12-01')).toEqual([])
  expect(await warned('2049-12-29')).toEqual(['Le certificat qui scelle les factures expire demain'])
  for (const day of ['2050-01-05', '2050-01-06'])
    expect(await warned(day)).toEqual(['Les factures ne peuvent plus être scellées'])
  const [last] = (await lettersTo(server, 'billing@example.com')).slice(-1)
  expect(last?.text).toContain('Un document attend son fichier PDF')
})

test('a seal that cannot be read keeps files waiting too', async () => {
  const { id } = await issuedFor(billing, mireille)
  await rm(sealFiles.key)
  const fresh = openPdfs({ dataDir: server.dataDir, vault: server.vault, sealFiles })
  atTheEnd(() => fresh.close())
  await expect(documentPdf(server.db, { ...keeping(new Date()), pdfs: fresh }, id)).rejects.toMatchObject({
    refusal: invoiceFileWaiting,
  })
})

test('another certificate in its place is taken up without a restart, and what waited is made', async () => {
  const renewed = await putInPlace()
  expect(renewed).not.toBe(former)
  logged.length = 0
  // As when the former has run out: what is in memory is of no use, what lies in the files is.
  const now = soon()
  await pdfs.mustSeal(expired).catch(() => undefined)
  await reconciling(keeping(now)).run(server.db)
  expect(logged).toEqual([])
  const rows = await server.db.selectFrom('invoicePdfs').select(['invoiceId', 'certificateSha256']).execute()
  expect(rows).toHaveLength(3)
  for (const { invoiceId, certificateSha256 } of rows) {
    expect(certificateSha256.toString('hex')).toBe(invoiceId === older.id ? former : renewed)
    expect(await sealHolds((await pdfs.kept(invoiceId)) ?? Buffer.of())).toBe(true)
  }
})

test('what was sealed with the former certificate is not compared, which is said and is no contradiction', async () => {
  const { breaks, files, notCompared } = await verified()
  expect(breaks).toEqual([])
  expect(files).toBe(3)
  expect(notCompared).toEqual([{ certificateSha256: former, files: 1 }])
})

test('one document that cannot be made keeps no other waiting', async () => {
  const first = await issuedFor(billing, mireille)
  const second = await issuedFor(billing, mireille)
  const failing = {
    ...pdfs,
    sealed: (document: Parameters<typeof pdfs.sealed>[0]) =>
      document.content.number === first.number
        ? Promise.reject(new Error('the press broke'))
        : pdfs.sealed(document),
  }
  logged.length = 0
  await reconciling({ ...keeping(soon()), pdfs: failing }).run(server.db)
  expect(await recorded(first.id)).toBeUndefined()
  expect(await recorded(second.id)).toBeDefined()
  expect(logged).toMatchObject([{ invoiceId: first.id }])
})
