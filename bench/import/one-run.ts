// One timed load in a process of its own, so that its peak memory is its own: `ours FILE` or `reference FILE`.
// Prints { ms, peakMegabytes, rows } as its only line. The database is named by DATABASE_URL and found empty of clients.
import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { openPool } from '#platform/server/db.ts'
import { systemClock } from '#platform/server/clock.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { openAudit } from '#server/audit'
import { importFile } from '#server/clients'
import { loadedColumns } from './loaded-columns.ts'

const [side, file = ''] = process.argv.slice(2)
const pool = openPool(process.env['DATABASE_URL'] ?? '', { max: 1 })
await pool.query('select 1')

const started = performance.now()
const rows = side === 'ours' ? await ours() : await reference()
const ms = performance.now() - started
// maxRSS counts kilobytes.
console.log(JSON.stringify({ ms, peakMegabytes: process.resourceUsage().maxRSS / 1024, rows }))
await pool.end()

/** From the closed file to the committed import, everything a person waits for. */
async function ours(): Promise<number> {
  const report = await importFile(pool, {
    path: file,
    name: 'legacy.csv',
    dryRun: false,
    audit: openAudit({ vault: vaultOf(randomBytes(32)), clock: systemClock }),
    actor: { label: 'bench' },
  })
  return report.accepted
}

/** Bare COPY of the rows our import makes of that file, already cleaned, into the same table: same columns, indexes, triggers, role. */
async function reference(): Promise<number> {
  const client = await pool.connect()
  await client.query('begin')
  await client.query('set local statement_timeout = 0')
  const copy = client.query(copyFrom(`copy clients (${loadedColumns}) from stdin`))
  await pipeline(createReadStream(file, { highWaterMark: 256 * 1024 }), copy)
  await client.query('commit')
  client.release()
  return copy.rowCount
}
