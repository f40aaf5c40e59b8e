/** A downloaded proof, checked as a stranger would: another machine's folder, no database, no network. */
import { execFile } from 'node:child_process'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { rootDir } from '#platform/server/config.ts'
import { bareEnv } from '../../harness/bare-env.ts'

/** @returns the command's exit code and all that it printed */
export async function checkedOffline(proof: Buffer, vkey: string): Promise<{ code: number; said: string }> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'proof-'))
  const file = path.join(folder, 'entry.tlog-proof')
  await fs.writeFile(file, proof)
  const command = path.join(rootDir, 'apps/server/cli/index.ts')
  try {
    return await new Promise((resolve) => {
      execFile(
        process.execPath,
        [command, 'audit', 'verify-proof', file, '--key', vkey],
        // Nowhere to connect to, and no data of ours.
        { env: { ...bareEnv, DATA_DIR: folder }, cwd: folder },
        (error, stdout, stderr) =>
          resolve({ code: typeof error?.code === 'number' ? error.code : 0, said: stdout + stderr }),
      )
    })
  } finally {
    await fs.rm(folder, { recursive: true })
  }
}
