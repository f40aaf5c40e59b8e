// Import of 100,000 clients against bare COPY of the same rows, already cleaned, into the same table with the same
// indexes and triggers. Runs are interleaved, each in a fresh process; before each the table is emptied.
import { execFile } from 'node:child_process'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { startEmbedded } from '#platform/server/embedded-postgres.ts'
import { migrate } from '#platform/server/migrate.ts'
import type { Result } from './run.ts'
import { writeLegacyFile } from './import/legacy-file.ts'
import { loadedColumns } from './import/loaded-columns.ts'

export const about = 'import of 100,000 clients against bare COPY of the same rows, cleaned; memory flat'

const rows = 100_000
const fewRows = 10_000
const rounds = 3

type Run = { ms: number; peakMegabytes: number; rows: number }

export async function run(): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'mgp-bench-import-'))
  const postgres = await startEmbedded(join(folder, 'data'))
  const admin = new pg.Client(postgres.adminUrl)
  try {
    await migrate(postgres.adminUrl)
    await admin.connect()
    await admin.query(`alter role mgp_app login password '${postgres.appPassword}'`)
    return await compare(folder, admin, postgres.appUrl)
  } finally {
    await admin.end()
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function compare(folder: string, admin: pg.Client, appUrl: string): Promise<Result> {
  const large = join(folder, 'large.csv')
  const small = join(folder, 'small.csv')
  const cleaned = join(folder, 'cleaned.copy')
  const once = (side: 'ours' | 'reference', file: string) => runOnce(admin, appUrl, side, file)
  await writeLegacyFile(large, rows)
  await writeLegacyFile(small, fewRows)
  const few = await once('ours', small)
  const warmUp = await once('ours', large)
  await pipeline(
    admin.query(copyTo(`copy (select ${loadedColumns} from clients order by id) to stdout`)),
    createWriteStream(cleaned),
  )
  const ours: Run[] = []
  const reference: Run[] = []
  for (let round = 1; round <= rounds; round++) {
    reference.push(await once('reference', cleaned))
    ours.push(await once('ours', large))
    console.log(
      `round ${round}: ours ${rate(ours.slice(-1))} rows/s, bare COPY ${rate(reference.slice(-1))} rows/s`,
    )
  }
  const ratio = rate(ours) / rate(reference)
  // Ten times the rows: what remains is how late the garbage collector comes, not what the import holds.
  const growth = Math.max(...ours.map((one) => one.peakMegabytes)) - few.peakMegabytes
  console.log(
    `peak memory: ${few.peakMegabytes.toFixed(0)} MB for ${few.rows} rows, ${(few.peakMegabytes + growth).toFixed(0)} MB for ${warmUp.rows}`,
  )
  return {
    bench: 'import',
    metrics: [
      { name: 'ratio', value: Number(ratio.toFixed(2)), target: '>= 0.5', meets: ratio >= 0.5 },
      { name: 'memory_growth_mb', value: Math.round(growth), target: '<= 48', meets: growth <= 48 },
    ],
    ours: rate(ours),
    reference: rate(reference),
    unit: 'rows/s',
    runs: rounds,
  }
}

/** Both sides start from an empty table, a checkpoint behind them and statistics of the same age. */
async function runOnce(
  admin: pg.Client,
  appUrl: string,
  side: 'ours' | 'reference',
  file: string,
): Promise<Run> {
  await admin.query('truncate clients, client_words, figures, figure_deltas cascade')
  await admin.query('checkpoint')
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, 'import/one-run.ts'), side, file],
    { env: { ...process.env, DATABASE_URL: appUrl } },
  )
  // Written by one-run.ts.
  return JSON.parse(stdout) as Run
}

/** The median, so that one hiccup of the machine decides nothing. */
function rate(runs: Run[]): number {
  const sorted = runs.map((one) => one.rows / (one.ms / 1000)).toSorted((one, other) => one - other)
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)
}
