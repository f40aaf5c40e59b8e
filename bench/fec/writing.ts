/** A process that writes and checks one file of entries and nothing else, and says how large it grew. */
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { fecCheck } from '../../modules/billing/server/accounting/checking-fec.ts'
import { withCopy } from '../../modules/billing/server/accounting/copying.ts'
import { fecCopy } from '../../modules/billing/server/accounting/entries.ts'

const [connectionString = '', companyId = '', path = ''] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString, max: 1 })
const check = fecCheck()
const began = performance.now()
await withCopy(pool, fecCopy({ companyId, from: '2025-01-01', until: '2025-12-31' }), (text) =>
  pipeline(
    text,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        check.read(chunk)
        yield chunk
      }
    },
    createWriteStream(path),
  ),
)
const ms = performance.now() - began
const { faults, entries, lines } = check.end()
console.log(
  JSON.stringify({
    ms,
    faults: faults.length,
    entries,
    lines,
    mostMb: process.resourceUsage().maxRSS / 1_000,
  }),
)
await pool.end()
