/**
 * The server with a clock that a test moves: apps/server/main.ts, and as far ahead of the real time as DATA_DIR/work/clock
 * says, in milliseconds. What the database and the job queue do by their own clocks stays where it is.
 */
import fs from 'node:fs'
import path from 'node:path'
import { assemble } from '../../apps/server/assemble.ts'
import { readServerConfig } from '#platform/server/config.ts'
import { openLog } from '#platform/server/log.ts'

const config = readServerConfig(process.env)
const log = openLog(config.logLevel)
const file = path.join(config.dataDir, 'work/clock')

function aheadMs(): number {
  try {
    return Number(fs.readFileSync(file, 'utf8'))
  } catch {
    return 0 // nobody has moved it yet
  }
}

const assembly = await assemble(config, { log, clock: { now: () => new Date(Date.now() + aheadMs()) } })
await assembly.app.listen({ port: config.port, host: config.listenHost })
process.on('SIGTERM', () => void assembly.close().then(() => process.exit(0)))
