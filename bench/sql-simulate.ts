// An UPDATE simulated from its text to its masked report (read by the parser, on fresh connections, its effects told row by row, rolled
// back and proved), against the bare BEGIN, UPDATE, ROLLBACK on an open connection of the same login: of one row, and of 100,000.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { openCentralDatabase } from '#platform/server/central-database.ts'
import { readConfig } from '#platform/server/config.ts'
import { openConsoleLogin } from '#platform/server/console-login.ts'
import { centralDb, openPool } from '#platform/server/db.ts'
import { openLog } from '#platform/server/log.ts'
import { keepColumns } from '../modules/sql-console/server/masking/columns.ts'
import { maskReport } from '../modules/sql-console/server/masking/masking.ts'
import { reportOf } from '../modules/sql-console/server/runs/reporting.ts'
import { simulate } from '../modules/sql-console/server/simulating/simulating.ts'
import { readApart } from '../modules/sql-console/server/statements/reading-apart.ts'
import { openDoors } from '../modules/sql-console/server/targets/doors.ts'
import type { Result } from './run.ts'

export const about = 'an UPDATE of one row and of 100,000 simulated, against the bare statement'

const limits = { overhead: 25, ratio: 2.5, megabytes: 300 }
const rows = 100_000
const rounds = { one: 60, many: 5 }
/** As long as what people work with; the long table is looked at whole, and told beside it. */
const few = 10_000
const one = 'UPDATE bench_few SET amount = amount + 1 WHERE id = 4321'
const oneOfMany = 'UPDATE bench_rows SET amount = amount + 1 WHERE id = 4321'
const many = 'UPDATE bench_rows SET amount = amount + 1'

export async function run(): Promise<Result> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-bench-sql-simulate-'))
  const config = readConfig({ APP_ENV: 'demonstration', DATA_DIR: dataDir })
  const database = await openCentralDatabase(config)
  const pool = openPool(database.appUrl)
  try {
    const consoleUrl = (await openConsoleLogin(config, database)) ?? ''
    await fill(database.adminUrl ?? '')
    const doorsOf = openDoors({
      db: centralDb(pool),
      locate: () => Promise.resolve(undefined),
      newest: 1,
      log: openLog('error'),
      consoleUrl,
    })
    const columns = keepColumns()

    /** @returns milliseconds */
    async function simulated(text: string, updated: number): Promise<number> {
      const began = performance.now()
      const read = await readApart(text)
      if (!('statements' in read)) throw new Error('it was not read')
      const ways = await doorsOf('central', 'console')
      const found = await simulate(ways, { statements: read.statements, parameters: [] })
      const schema = await columns.of(ways, 'central')
      const masked = maskReport(found, { statements: read.statements, schema, unmasked: new Set() })
      const report = reportOf(masked, read.statements)
      const took = performance.now() - began
      const [effect] = Object.values(report.statements[0]?.effects ?? {})
      if (effect?.updated !== updated || effect.inexact || !report.proof?.unchanged)
        throw new Error(JSON.stringify(report).slice(0, 2_000))
      return took
    }

    const open = new pg.Client({ connectionString: consoleUrl })
    await open.connect()
    async function bare(text: string): Promise<number> {
      const began = performance.now()
      await open.query('BEGIN READ WRITE')
      await open.query(text)
      await open.query('ROLLBACK')
      return performance.now() - began
    }

    const took = {
      one: [] as number[],
      bareOne: [] as number[],
      oneOfMany: [] as number[],
      many: [] as number[],
      bareMany: [] as number[],
    }
    // Whoever is first pays for what both use.
    await simulated(one, 1)
    await bare(one)
    for (let round = 0; round < rounds.one; round++) {
      took.bareOne.push(await bare(one))
      took.one.push(await simulated(one, 1))
      took.oneOfMany.push(await simulated(oneOfMany, 1))
    }
    for (let round = 1; round <= rounds.many; round++) {
      await cleared(database.adminUrl ?? '')
      const bareTook = await bare(many)
      await cleared(database.adminUrl ?? '')
      const ours = await simulated(many, rows)
      took.bareMany.push(bareTook)
      took.many.push(ours)
      console.log(
        `round ${round}: ${rows} rows, bare ${bareTook.toFixed(0)} ms, simulated ${ours.toFixed(0)} ms, ratio ${(ours / bareTook).toFixed(2)}`,
      )
    }
    await open.end()
    const overhead = median(took.one) - median(took.bareOne)
    const ratio = median(took.many) / median(took.bareMany)
    const megabytes = process.resourceUsage().maxRSS / 1024
    console.log(
      `one row of ${few}: bare ${median(took.bareOne).toFixed(1)} ms, simulated ${median(took.one).toFixed(1)} ms, of ${rows}: ${median(took.oneOfMany).toFixed(1)} ms; at most ${megabytes.toFixed(0)} MB`,
    )
    return {
      bench: 'sql-simulate',
      metrics: [
        metric('one_row_over_bare_ms', overhead, limits.overhead, 'ms'),
        metric('rows_100000_ratio', ratio, limits.ratio, ''),
        metric('memory_mb', megabytes, limits.megabytes, 'MB'),
      ],
      ours: median(took.many),
      reference: median(took.bareMany),
      unit: 'ms for 100,000 rows',
      runs: rounds.many,
    }
  } finally {
    await pool.end()
    await database.stop()
    fs.rmSync(dataDir, { recursive: true, force: true })
  }
}

const metric = (name: string, value: number, limit: number, unit: string) => ({
  name,
  value: Math.round(value * 100) / 100,
  target: `<= ${limit} ${unit}`.trim(),
  meets: value <= limit,
})

async function fill(adminUrl: string): Promise<void> {
  for (const [table, count] of [
    ['bench_rows', rows],
    ['bench_few', few],
  ] as const)
    await asAdmin(
      adminUrl,
      `CREATE TABLE ${table} (id bigint PRIMARY KEY, name text NOT NULL, amount integer NOT NULL);
       INSERT INTO ${table} SELECT n, 'ligne ' || n, n FROM generate_series(1, ${count}) AS n;
       GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO mgp_console;
       GRANT SELECT (ctid, xmin, xmax) ON ${table} TO mgp_console;
       ANALYZE ${table}`,
    )
  await cleared(adminUrl)
}

/** What was rolled back before makes nobody slower. */
const cleared = (adminUrl: string) => asAdmin(adminUrl, 'VACUUM (FULL, ANALYZE) bench_rows')

async function asAdmin(adminUrl: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  await client.query(text).finally(() => client.end())
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
