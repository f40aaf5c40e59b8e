/** The audit log's sequencer in a test: the whole of it in this process, or the real one as a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { rootDir } from '#platform/server/config.ts'
import { logFolder, signingKeyFile } from '../../modules/audit/server/sequencing/folders.ts'
import { sequenceOnce, type SequencerOptions } from '../../modules/audit/server/sequencing/sequencer.ts'
import type { TestDatabase } from './database.ts'
import { bareEnv } from './bare-env.ts'

type Somewhere = { database: Pick<TestDatabase, 'sequencerUrl'>; dataDir: string }

export function sequencerOf({ database, dataDir }: Somewhere): SequencerOptions {
  return {
    databaseUrl: database.sequencerUrl,
    folder: logFolder(dataDir),
    keyFile: signingKeyFile(dataDir),
    origin: 'localhost:3000/audit/log',
    durable: false,
  }
}

/**
 * Numbers every committed entry, signs the tree and carries out erasures, as the sequencer would within a second:
 * `const { size, root, note } = await numbered(server)`.
 */
export function numbered(server: Somewhere) {
  return sequenceOnce(sequencerOf(server))
}

/**
 * The process itself, as the launcher starts it, on the leash of this one.
 * @param within a command that becomes the process in the end: `unshare --mount`
 */
export function startSequencer(
  { database, dataDir }: Somewhere,
  env: Record<string, string> = {},
  within: readonly string[] = [],
): ChildProcess {
  const here = path.join(rootDir, 'apps/server')
  const entry = ['--import', path.join(here, 'leash.ts'), path.join(here, 'sequencer.ts')]
  const [command = process.execPath, ...rest] = [...within, process.execPath, ...entry]
  return spawn(command, rest, {
    cwd: rootDir,
    env: {
      ...bareEnv,
      APP_ENV: 'test',
      LOG_LEVEL: 'error',
      SEQUENCER_DATABASE_URL: database.sequencerUrl,
      DATA_DIR: dataDir,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
}
