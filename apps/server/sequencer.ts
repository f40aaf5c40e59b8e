/** The process that numbers and signs the audit log (decision 8). Nobody else reads the signing key, or writes the tree. */
import { logFolder, refusalCode, runSequencer, SequencerRefusal, signingKeyFile } from '#sequencer/audit'
import { ConfigError, readSequencerConfig, type SequencerConfig } from '#platform/server/config.ts'
import { openLog } from '#platform/server/log.ts'

const config = read()
const log = openLog(config.logLevel)
const leaving = new AbortController()

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // The second signal does not wait for anybody; whatever was begun is taken up by the next one.
    if (leaving.signal.aborted) process.exit(1)
    leaving.abort()
  })
}

try {
  await runSequencer(
    {
      databaseUrl: config.sequencerDatabaseUrl,
      folder: logFolder(config.dataDir),
      keyFile: config.auditSigningKeyFile ?? signingKeyFile(config.dataDir),
      origin: `${new URL(config.backofficeUrl).host}/audit/log`,
      log,
    },
    leaving.signal,
  )
  process.exit(0)
} catch (error) {
  if (!(error instanceof SequencerRefusal)) throw error
  log.fatal({ reason: error.message }, 'the audit log is not signed any more until somebody has looked')
  fail(error.message, refusalCode)
}

function read(): SequencerConfig {
  try {
    return readSequencerConfig(process.env)
  } catch (error) {
    if (error instanceof ConfigError) fail(error.message, 2)
    throw error
  }
}

function fail(sentence: string, code: number): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(code)
}
