/**
 * The verifier in a thread of its own: it hashes for minutes, and nobody's request waits for that. The thread has its own
 * connection and its own copy of the key that opens payloads, and ends with its answer.
 */
import os from 'node:os'
import { parentPort, Worker, workerData } from 'node:worker_threads'
import { auditLagLimitSeconds } from '#contract/audit'
import { openPool } from '#platform/server/db.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { logFolder } from './sequencing/folders.ts'
import { parseVkey } from './tree/keys.ts'
import { verifyLog, type Verification } from './verifying/verify-log.ts'

export type Verifier = (order: {
  /** Verifier keys of witnesses. */
  witnesses: readonly string[]
  /** Checkpoints that somebody else kept. */
  checkpoints: readonly { place: string; note: string }[]
  progress(done: number, total: number): void
}) => Promise<Verification>

type Order = {
  /** How a thread knows that it is this one, and not whatever else imports this file. */
  purpose: 'verifies the audit log'
  databaseUrl: string
  dataDir: string
  masterKey: Uint8Array
  witnesses: readonly string[]
  checkpoints: readonly { place: string; note: string }[]
}
type Said = { progress: [done: number, total: number] } | { verification: Verification }

/** @param on `databaseUrl`: of the server's role, which may read the log and change nothing of it */
export const openVerifier =
  (on: { databaseUrl: string; dataDir: string; masterKey: Uint8Array }): Verifier =>
  ({ witnesses, checkpoints, progress }) =>
    new Promise((resolve, reject) => {
      const order: Order = { purpose: 'verifies the audit log', ...on, witnesses, checkpoints }
      const thread = new Worker(new URL(import.meta.url), {
        workerData: order,
        resourceLimits: { maxOldGenerationSizeMb: 1024 },
      })
      thread.on('message', (said: Said) => {
        if ('verification' in said) resolve(said.verification)
        else progress(...said.progress)
      })
      thread.on('error', reject)
      thread.on('exit', () => reject(new Error('the thread that verifies the audit log ended')))
      // A process that leaves does not wait for it.
      thread.unref()
    })

const isOrder = (data: unknown): data is Order =>
  typeof data === 'object' && data !== null && 'purpose' in data && data.purpose === 'verifies the audit log'

if (parentPort && isOrder(workerData)) {
  const port = parentPort
  const say = (said: Said) => port.postMessage(said)
  const { databaseUrl, dataDir, masterKey, witnesses, checkpoints } = workerData
  // On Linux a priority belongs to a thread; elsewhere it would be the whole process's.
  if (process.platform === 'linux') os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL)
  const pool = openPool(databaseUrl, { max: 1, name: 'magestionpsy verification', onError() {} })
  try {
    const verification = await verifyLog(pool, {
      folder: logFolder(dataDir),
      vault: vaultOf(masterKey),
      witnesses: witnesses.map(parseVkey),
      checkpoints,
      // A machine that is busy for a moment is not a log that was altered: the status page calls late what this does.
      lagMs: auditLagLimitSeconds * 1000,
      progress: (done, total) => say({ progress: [done, total] }),
    })
    say({ verification })
  } finally {
    await pool.end()
  }
}
