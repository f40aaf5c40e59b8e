/**
 * With what documents are sealed: a certificate and its key from files that the configuration names, else made once for this
 * installation and kept in DATA_DIR, its key under the master key. One made here proves that a document comes from this
 * installation; who that is, only a certificate of a trust service provider says.
 */
import { createHash, createPrivateKey, generateKeyPair, type KeyObject, X509Certificate } from 'node:crypto'
import { chmodSync, mkdirSync } from 'node:fs'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Vault } from '#platform/server/vault.ts'
import { newToken } from '#platform/server/random.ts'
import { selfMade } from './self-made.ts'

export type Seal = {
  /** DER, the signer's first, then whoever vouches for it. */
  certificates: readonly Buffer[]
  key: KeyObject
  /** SHA-256 of the signer's. */
  certificateSha256: Buffer
  signer: string
  validFrom: Date
  validTo: Date
}

export type SealPlace = {
  dataDir: string
  vault: Pick<Vault, 'seal' | 'open'>
  /** PEM files: the certificate, with those that vouch for it below, and its key. */
  sealFiles?: { certificate: string; key: string } | undefined
}

/** @throws SealUnusable when the files hold no RSA key, or another certificate's */
export async function loadSeal({ dataDir, vault, sealFiles }: SealPlace): Promise<Seal> {
  return sealFiles ? givenSeal(sealFiles) : keptSeal(dataDir, vault)
}

/** There is nothing to seal with, or nothing that holds. */
export class SealUnusable extends Error {
  override name = 'SealUnusable'
}

/**
 * Asked when a server starts, so that nobody learns of it from the first invoice.
 * @throws SealUnusable also where it is not valid on that day: what it seals would be worth nothing
 */
export async function mustSeal(sealFiles: NonNullable<SealPlace['sealFiles']>, now: Date): Promise<void> {
  mustHold(await givenSeal(sealFiles), sealFiles, now)
}

/** @throws SealUnusable for a seal that is not valid on that day */
export function mustHold({ validFrom, validTo }: Seal, sealFiles: SealPlace['sealFiles'], now: Date): void {
  if (now >= validFrom && now <= validTo) return
  const which = sealFiles ? `INVOICE_SEAL_CERT (${sealFiles.certificate})` : 'The seal of this installation'
  throw new SealUnusable(
    `${which} is valid from ${validFrom.toISOString()} to ${validTo.toISOString()}: give one that is valid now.`,
  )
}

async function givenSeal(sealFiles: NonNullable<SealPlace['sealFiles']>): Promise<Seal> {
  const certificates = await read(
    'INVOICE_SEAL_CERT',
    sealFiles.certificate,
    'certificate in PEM',
    (text) => {
      const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
      if (blocks.length === 0) throw new Error('no certificate')
      return blocks.map((block) => new X509Certificate(block))
    },
  )
  const key = await read('INVOICE_SEAL_KEY', sealFiles.key, 'private key in PEM without a password', (text) =>
    createPrivateKey(text),
  )
  return sealOf(certificates, key)
}

/** What a file holds; where that fails it is told which file, and what it should hold. */
async function read<Held>(
  variable: string,
  file: string,
  what: string,
  parsed: (text: string) => Held,
): Promise<Held> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new SealUnusable(`${variable} (${file}) cannot be read: ${code}.`, { cause: error })
  }
  try {
    return parsed(text)
  } catch (error) {
    // What it holds instead may be a secret: nothing of it is repeated.
    throw new SealUnusable(`${variable} (${file}) holds no ${what}.`, { cause: error })
  }
}

type Kept = { certificate: string; key: string }
const place = 'invoice-seal'

async function keptSeal(dataDir: string, vault: SealPlace['vault']): Promise<Seal> {
  const folder = join(dataDir, 'invoice-seal')
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o700)
  const file = join(folder, 'seal.json')
  const kept = (await readKept(file)) ?? (await makeKept(folder, file, vault))
  const key = createPrivateKey({
    key: vault.open(Buffer.from(kept.key, 'base64'), place),
    format: 'der',
    type: 'pkcs8',
  })
  return sealOf([new X509Certificate(Buffer.from(kept.certificate, 'base64'))], key)
}

async function makeKept(folder: string, file: string, vault: SealPlace['vault']): Promise<Kept> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 3072 })
  const made: Kept = {
    certificate: (await selfMade(privateKey, publicKey)).toString('base64'),
    key: vault.seal(privateKey.export({ format: 'der', type: 'pkcs8' }), place).toString('base64'),
  }
  const draft = join(folder, `${newToken()}.draft`)
  await writeFile(draft, JSON.stringify(made), { mode: 0o600, flag: 'wx' })
  try {
    // It appears whole, once: of two processes that begin together one makes the seal of both.
    await link(draft, file)
    return made
  } catch (error) {
    const theirs = await readKept(file)
    if (!theirs) throw error
    return theirs
  } finally {
    await rm(draft, { force: true })
  }
}

async function readKept(file: string): Promise<Kept | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Kept // written by makeKept alone
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** ETSI TS 119 312: less is not trusted any more. */
const leastBits = 2_048

function sealOf(chain: readonly X509Certificate[], key: KeyObject): Seal {
  const [own] = chain
  // Any other kind of signature differs each time it is made.
  if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < leastBits)
    throw new SealUnusable(`INVOICE_SEAL_KEY is no RSA key of ${leastBits} bits or more.`)
  if (!own?.checkPrivateKey(key))
    throw new SealUnusable('INVOICE_SEAL_KEY is not the key of the certificate in INVOICE_SEAL_CERT.')
  return {
    certificates: chain.map(({ raw }) => raw),
    key,
    certificateSha256: createHash('sha256').update(own.raw).digest(),
    signer: /^CN=(.+)$/m.exec(own.subject)?.[1] ?? 'MaGestionPsy',
    validFrom: own.validFromDate,
    validTo: own.validToDate,
  }
}
