import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { logFolder } from '../../modules/audit/server/sequencing/folders.ts'
import { sequenceOnce } from '../../modules/audit/server/sequencing/sequencer.ts'
import {
  verifyLog,
  type Verification,
  type VerificationOrder,
} from '../../modules/audit/server/verifying/verify-log.ts'
import { parseSkey, type Signer } from '../../modules/audit/server/tree/keys.ts'
import { tellPast, type PastEntry } from '../../modules/audit/server/past.ts'
import { centralDb, openPool } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { vaultOf, type Vault } from '#platform/server/vault.ts'
import { atTheEnd } from './at-the-end.ts'
import { cloneDatabase, dropDatabase, testCluster } from './cluster.ts'

/** A copy of a sound log, to be tampered with: the database as its superuser, and the published folder. */
export type LogCopy = {
  folder: string
  /** Holds that folder where the server looks for it. */
  dataDir: string
  appUrl: string
  /** Triggers and foreign keys do not hold here: whoever owns the machine can do this too. */
  admin: pg.Client
  vkey: string
  verify(order?: Partial<VerificationOrder>): Promise<Verification>
  /** Numbers and signs what waits. */
  sequence(): Promise<void>
  read(file: string): Buffer
  write(file: string, bytes: Uint8Array): void
}

export type SoundLog = {
  /** The log's own. */
  signer: Signer
  vault: Vault
  masterKey: Buffer
  size: number
  copy(): Promise<LogCopy>
}

export const origin = 'backoffice.example/audit/log'

/**
 * A log of these entries, a second apart and an hour old, sequenced and signed whenever so many were written.
 * @param signedAt sizes of the checkpoints, the last the size of the log
 */
export async function soundLog(
  entry: (index: number) => Omit<PastEntry, 'id' | 'at'>,
  signedAt: readonly number[],
): Promise<SoundLog> {
  const cluster = await testCluster(inject('clusterDir'))
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-log-'))
  const model = `test_${randomBytes(6).toString('hex')}`
  const made = [model]
  const open: { end(): Promise<void> }[] = []
  atTheEnd(async () => {
    await Promise.all(open.map((one) => one.end()))
    for (const name of made) await dropDatabase(cluster, name)
    fs.rmSync(folder, { recursive: true, force: true })
  })
  const urls = await cloneDatabase(cluster, model)
  const masterKey = randomBytes(32)
  const vault = vaultOf(masterKey)
  const sequence = (databaseUrl: string, where: string) =>
    sequenceOnce({
      databaseUrl,
      folder: where,
      keyFile: path.join(folder, 'key/signing.key'),
      origin,
      durable: false,
    })
  const size = signedAt.at(-1) ?? 0
  const began = Date.now() - 3_600_000
  const db = centralDb(openPool(urls.adminUrl, { max: 1 }))
  for (const [at, until] of signedAt.entries()) {
    const from = signedAt[at - 1] ?? 0
    const entries = Array.from({ length: until - from }, (_, place) => {
      const time = began + (from + place) * 1_000
      return { id: uuidv7(time), at: new Date(time), ...entry(from + place) }
    })
    await tellPast(db, vault, entries)
    await sequence(urls.sequencerUrl, path.join(folder, 'log'))
  }
  await db.destroy()

  const signer = parseSkey(fs.readFileSync(path.join(folder, 'key/signing.key'), 'utf8'))
  return {
    signer,
    vault,
    masterKey,
    size,
    async copy() {
      const name = `test_${randomBytes(6).toString('hex')}`
      made.push(name)
      const own = await cloneDatabase(cluster, name, model)
      const dataDir = path.join(folder, name)
      const published = logFolder(dataDir)
      fs.cpSync(path.join(folder, 'log'), published, { recursive: true })
      const admin = new pg.Client({ connectionString: own.adminUrl })
      await admin.connect()
      await admin.query('SET session_replication_role = replica')
      const pool = openPool(own.appUrl, { max: 1 })
      open.push(admin, pool)
      return {
        folder: published,
        dataDir,
        appUrl: own.appUrl,
        admin,
        vkey: fs.readFileSync(path.join(published, 'vkey'), 'utf8'),
        verify: (order) => verifyLog(pool, { folder: published, vault, lagMs: 50, ...order }),
        sequence: async () => void (await sequence(own.sequencerUrl, published)),
        read: (file) => fs.readFileSync(path.join(published, file)),
        write: (file, bytes) => fs.writeFileSync(path.join(published, file), bytes),
      }
    },
  }
}
