/** The process that serves the API, both web apps and the jobs. Its database is ready and migrated: launch.ts saw to it. */
import fs from 'node:fs'
import { signingKeyFile } from '#sequencer/audit'
import { ConfigError, readServerConfig, type ServerConfig } from '#platform/server/config.ts'
import { openLog } from '#platform/server/log.ts'
import { assemble } from './assemble.ts'

const config = read()
const log = openLog(config.logLevel)
if (canSign(config))
  fail(
    `The server can read the key of the audit log, ${signingKeyFile(config.dataDir)}. Start it by the launcher, or as ` +
      'another user than ROLE=sequencer.',
    2,
  )

try {
  const assembly = await assemble(config, { log })
  await assembly.app.listen({ port: config.port, host: config.listenHost })
  log.info({ port: config.port, environment: config.appEnv }, 'listening')

  let leaving = false
  const leave = (signal: string) => {
    // The second signal does not wait for anybody.
    if (leaving) process.exit(1)
    leaving = true
    log.info({ signal }, 'finishing requests in flight')
    assembly.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not close cleanly')
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', () => leave('SIGINT')).on('SIGTERM', () => leave('SIGTERM'))
} catch (error) {
  if (error instanceof ConfigError) fail(error.message, 2)
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE')
    fail(`Port ${config.port} is taken: choose another, PORT=${config.port + 1} npm start`, 3)
  throw error
}

function read() {
  try {
    return readServerConfig(process.env)
  } catch (error) {
    if (error instanceof ConfigError) fail(error.message, 2)
    throw error
  }
}

/** Where the log must convince others, whoever serves it must not be able to sign it. */
function canSign({ appEnv, dataDir }: ServerConfig): boolean {
  if (appEnv !== 'production' && appEnv !== 'staging') return false
  try {
    fs.accessSync(signingKeyFile(dataDir), fs.constants.R_OK)
    return true
  } catch {
    return false
  }
}

function fail(sentence: string, code: number): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(code)
}
