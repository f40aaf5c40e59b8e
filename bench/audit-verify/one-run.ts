// One verification in a process of its own, so that its peak memory is its own. DATABASE_URL, DATA_DIR and MASTER_KEY as
// for the server. Prints { ms, cpuMs, peakMegabytes, sound, entries, payloads, checkpoints, findings } as its only line.
import { logFolder, verifyLog } from '#server/audit'
import { readServerConfig } from '#platform/server/config.ts'
import { openPool } from '#platform/server/db.ts'
import { loadMasterKey } from '#platform/server/master-key.ts'
import { vaultOf } from '#platform/server/vault.ts'

const config = readServerConfig(process.env)
const pool = openPool(config.databaseUrl, { max: 1 })
await pool.query('select 1')
const started = performance.now()
const { sound, entries, payloadsOpened, checkpoints, counts } = await verifyLog(pool, {
  folder: logFolder(config.dataDir),
  vault: vaultOf(loadMasterKey(config)),
})
const ms = performance.now() - started
// maxRSS counts kilobytes, times are in microseconds.
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
const peakMegabytes = maxRSS / 1024
const cpuMs = (userCPUTime + systemCPUTime) / 1000
console.log(
  JSON.stringify({ ms, cpuMs, peakMegabytes, sound, entries, payloads: payloadsOpened, checkpoints, counts }),
)
await pool.end()
