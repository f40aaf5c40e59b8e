import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ConfigError, readServerConfig } from '#platform/server/config.ts'
import { openLog } from '#platform/server/log.ts'
import { assemble } from '../../../../apps/server/assemble.ts'
import { atTheEnd } from '../../../../tests/harness/at-the-end.ts'
import { billableClient, issuedFor, openBilling } from '../../../../tests/harness/billing.ts'
import { sealHolds } from '../../../../tests/harness/pdf-structure.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { selfMade } from './self-made.ts'

const folder = await mkdtemp(path.join(os.tmpdir(), 'mgp-given-seal-'))
atTheEnd(() => rm(folder, { recursive: true, force: true }))
const pem = (kind: string, der: Buffer) =>
  `-----BEGIN ${kind}-----\n${der.toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END ${kind}-----\n`
const privatePem = (key: KeyObject) => key.export({ format: 'pem', type: 'pkcs8' }).toString()

async function file(name: string, text: string): Promise<string> {
  const place = path.join(folder, name)
  await writeFile(place, text)
  return place
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 })
const der = await selfMade(rsa.privateKey, rsa.publicKey)
const certificate = await file('seal.pem', pem('CERTIFICATE', der))
const key = await file('seal.key', privatePem(rsa.privateKey))
const server = await testServer({ env: { INVOICE_SEAL_CERT: certificate, INVOICE_SEAL_KEY: key } })

test('documents are sealed with the certificate the configuration names', async () => {
  const billing = await server.as('billing')
  await openBilling(server.db)
  const { id } = await issuedFor(billing, await billableClient(server.db))
  const { bytes } = await billing.send('GET', `/api/v1/invoices/${id}/pdf`)
  const pdf = Buffer.from(bytes)
  expect(await sealHolds(pdf)).toBe(true)
  const kept = await server.db
    .selectFrom('invoicePdfs')
    .where('invoiceId', '=', id)
    .select('certificateSha256')
    .executeTakeFirst()
  expect(kept?.certificateSha256.toString('hex')).toBe(createHash('sha256').update(der).digest('hex'))
})

/** As the process starts. */
function start(seal: { certificate?: string; key?: string }, now = new Date()) {
  const config = readServerConfig({
    APP_ENV: 'demonstration',
    DATABASE_URL: server.database.appUrl,
    DATA_DIR: server.dataDir,
    MASTER_KEY: server.masterKey.toString('base64'),
    LOG_LEVEL: 'silent',
    INVOICE_SEAL_CERT: seal.certificate ?? certificate,
    INVOICE_SEAL_KEY: seal.key ?? key,
  })
  return assemble(config, { log: openLog('silent'), clock: { now: () => now } })
}

const other = generateKeyPairSync('rsa', { modulusLength: 2_048 })
const weak = generateKeyPairSync('rsa', { modulusLength: 1_024 })
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const locked = rsa.privateKey
  .export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'secret' })
  .toString()

const stories: [
  story: string,
  says: string,
  seal: () => Promise<{ certificate?: string; key?: string }>,
  now?: Date,
][] = [
  [
    'another certificate’s key',
    'INVOICE_SEAL_KEY is not the key of the certificate in INVOICE_SEAL_CERT.',
    async () => ({ key: await file('other.key', privatePem(other.privateKey)) }),
  ],
  [
    'an elliptic key',
    'INVOICE_SEAL_KEY is no RSA key of 2048 bits or more.',
    async () => ({ key: await file('ec.key', privatePem(elliptic.privateKey)) }),
  ],
  [
    'a short key',
    'INVOICE_SEAL_KEY is no RSA key of 2048 bits or more.',
    async () => ({
      key: await file('weak.key', privatePem(weak.privateKey)),
      certificate: await file(
        'weak.pem',
        pem('CERTIFICATE', await selfMade(weak.privateKey, weak.publicKey)),
      ),
    }),
  ],
  [
    'a certificate that has run out',
    'is valid from 2015-01-01T00:00:00.000Z to 2049-12-31T00:00:00.000Z: give one that is valid now.',
    () => Promise.resolve({}),
    new Date('2050-01-01T00:00:00Z'),
  ],
  [
    'a certificate of later',
    'give one that is valid now.',
    () => Promise.resolve({}),
    new Date('2014-12-31T00:00:00Z'),
  ],
  [
    'a file that is not there',
    'cannot be read: ENOENT.',
    () => Promise.resolve({ certificate: path.join(folder, 'nowhere.pem') }),
  ],
  ['a folder', 'cannot be read: EISDIR.', () => Promise.resolve({ key: folder })],
  [
    'something else than a certificate',
    'holds no certificate in PEM.',
    async () => ({ certificate: await file('text.pem', 'Bonjour') }),
  ],
  [
    'a certificate that is cut off',
    'holds no certificate in PEM.',
    async () => ({ certificate: await file('cut.pem', pem('CERTIFICATE', der.subarray(0, 200))) }),
  ],
  [
    'something else than a key',
    'holds no private key in PEM without a password.',
    async () => ({ key: await file('text.key', 'Bonjour') }),
  ],
  [
    'a key under a password',
    'holds no private key in PEM without a password.',
    async () => ({ key: await file('locked.key', locked) }),
  ],
]

test.each(stories)(
  'a server that is to seal with %s does not start, and says why',
  async (_, says, seal, now) => {
    const error: unknown = await start(await seal(), now).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ConfigError)
    expect(String(error)).toContain(says)
    expect(String(error)).not.toMatch(/Bonjour|secret/)
  },
)

test('one of the two alone is refused', () => {
  expect(() =>
    readServerConfig({
      APP_ENV: 'demonstration',
      DATABASE_URL: server.database.appUrl,
      DATA_DIR: server.dataDir,
      INVOICE_SEAL_CERT: certificate,
    }),
  ).toThrow('INVOICE_SEAL_CERT and INVOICE_SEAL_KEY are given together')
})
