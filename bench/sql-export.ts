// A million rows as a file, as the console's job makes it (read by a cursor, masked, written, sealed on the disk), against the same rows
// read by a cursor and let go of. What counts is memory: that it does not grow with the rows.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import Cursor from 'pg-cursor'
import { openCentralDatabase } from '#platform/server/central-database.ts'
import { readConfig } from '#platform/server/config.ts'
import { openConsoleLogin } from '#platform/server/console-login.ts'
import { centralDb, openPool } from '#platform/server/db.ts'
import { openLog } from '#platform/server/log.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { exportFiles } from '../modules/sql-console/server/exports/files.ts'
import { exporting, readToTheEnd, type Told } from '../modules/sql-console/server/exports/reading.ts'
import { written } from '../modules/sql-console/server/exports/writing.ts'
import { keepColumns } from '../modules/sql-console/server/masking/columns.ts'
import { readApart } from '../modules/sql-console/server/statements/reading-apart.ts'
import { openDoors } from '../modules/sql-console/server/targets/doors.ts'
import type { Metric, Result } from './run.ts'

export const about =
  'a million rows of the SQL console as a sealed CSV file and as a workbook: memory and time'

const rows = 1_000_000
const megabytesMore = 200
const text = `SELECT n AS id, md5(n::text) AS print, n % 97 AS kind, n * 1.5 AS amount, TIMESTAMPTZ '2026-01-01' + n * interval '1 minute' AS at, CASE WHEN n % 11 = 0 THEN NULL ELSE '-note ' || n END AS note FROM generate_series(1, ${rows}) n`

export async function run(): Promise<Result> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-bench-sql-export-'))
  const config = readConfig({ APP_ENV: 'demonstration', DATA_DIR: dataDir })
  const database = await openCentralDatabase(config)
  const pool = openPool(database.appUrl)
  try {
    const consoleUrl = (await openConsoleLogin(config, database)) ?? ''
    const doors = await openDoors({
      db: centralDb(pool),
      locate: () => Promise.resolve(undefined),
      newest: 1,
      log: openLog('error'),
      consoleUrl,
    })('central', 'console')
    const columns = await keepColumns().of(doors, 'central')
    const read = await readApart(text)
    if (!('statements' in read)) throw new Error('it was not read')
    const script = { statements: read.statements, parameters: [] }
    const files = exportFiles(dataDir)
    const vault = vaultOf(Buffer.alloc(32, 1))
    const metrics: Metric[] = []
    const bare = await timed(() => readBare(consoleUrl))
    let ours = 0
    for (const format of ['csv', 'xlsx'] as const) {
      const told: Told = { rows: 0, bytes: 0, cut: null, shortened: 0 }
      const reading = {
        doors,
        script,
        place: 0,
        columns,
        format,
        signal: new AbortController().signal,
        bounds: exporting,
      }
      const memory = watchMemory()
      let bytes = 0
      const took = await timed(async () => {
        const batches = readToTheEnd(reading, told)
        const content = written(format, batches, { sheet: 'Résultat', below: () => [] })
        ;({ bytes } = await files.put(crypto.randomUUID(), crypto.randomUUID(), content, vault))
      })
      const more = memory.end()
      if (told.rows !== rows || told.cut) throw new Error(JSON.stringify(told))
      ours = Math.max(ours, took)
      console.log(
        `${format}: ${rows} rows, ${(bytes / 1e6).toFixed(0)} MB in ${took.toFixed(1)} s (bare ${bare.toFixed(1)} s), ${more.toFixed(0)} MB more than before`,
      )
      metrics.push({
        name: `${format}_memory_mb`,
        value: Math.round(more),
        target: `<= ${megabytesMore} MB`,
        meets: more <= megabytesMore,
      })
    }
    return { bench: 'sql-export', metrics, ours, reference: bare, unit: 's for 1,000,000 rows', runs: 1 }
  } finally {
    await pool.end()
    await database.stop()
    fs.rmSync(dataDir, { recursive: true, force: true })
  }
}

async function readBare(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const cursor = client.query(new Cursor(text, [], { rowMode: 'array' }))
  while ((await cursor.read(1_000)).length > 0);
  await client.end()
}

/** @returns seconds */
async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

/** What the process takes of the machine at its most, over what it took before, in MB. */
function watchMemory() {
  const before = process.memoryUsage().rss
  let most = before
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50)
  return {
    end(): number {
      clearInterval(timer)
      return (most - before) / 1024 ** 2
    },
  }
}
