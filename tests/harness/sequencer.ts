/** The audit log's sequencer in a test: the whole of it in this process, or the real one as a process of its own. */
import { logFolder, signingKeyFile } from '../../modules/audit/server/sequencing/folders.ts'
import { sequenceOnce, type SequencerOptions } from '../../modules/audit/server/sequencing/sequencer.ts'
import type { TestDatabase } from './database.ts'

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
