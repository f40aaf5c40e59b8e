// The first page of the audit log by every filter, alone and together, over millions of entries: over HTTP as a signed-in
// auditor gets it, against the bare SQL somebody who knows the tables would write (bench/audit-search/questions.ts).
import { fork } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import pg from 'pg'
import { openCentralDatabase } from '#platform/server/central-database.ts'
import { readConfig } from '#platform/server/config.ts'
import { loadMasterKey } from '#platform/server/master-key.ts'
import { seedDemo } from '../apps/server/cli/demo.ts'
import { startRealServer, type RealServer } from '../tests/harness/real-server.ts'
import { fill } from './audit-search/filling.ts'
import { questionsFor, type Question } from './audit-search/questions.ts'
import { bareIds, type BareOrder } from './audit-search/reference.ts'
import { load, median, percentile } from './shared/load.ts'
import { cookieOf } from './shared/signed-in.ts'
import type { Result } from './run.ts'

export const about =
  'the audit log by every filter over 5,000,000 entries, against the bare SQL (BENCH_ENTRIES: how many)'

const entries = Number(process.env['BENCH_ENTRIES'] ?? 5_000_000)
const rounds = 5
const seconds = 1
const connections = 2
const most = 3
/** Of an entry with its indexes, its payload and its number, while they are made too. */
const bytesEach = 2_500

export async function run(): Promise<Result> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-bench-audit-'))
  const { bavail, bsize } = fs.statfsSync(dataDir)
  if (bavail * bsize < entries * bytesEach)
    throw new Error(
      `${entries} entries need ${Math.ceil((entries * bytesEach) / 1e9)} GB under ${os.tmpdir()}`,
    )
  const config = readConfig({ APP_ENV: 'demonstration', DATA_DIR: dataDir })
  const database = await openCentralDatabase(config)
  const end = async () => {
    await database.stop('immediate')
    fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
  try {
    await seedDemo({ ...database, config }, {})
    const masterKey = loadMasterKey(config)
    await fill({ adminUrl: database.adminUrl!, masterKey, entries }, console.log) // the embedded one has a superuser
    const server = await startRealServer({
      databaseUrl: database.appUrl,
      dataDir,
      env: { CHECK_OUTPUT: 'off', ROLE: 'web', LOG_LEVEL: 'warn' },
    })
    try {
      return await compare(server, database.appUrl, masterKey)
    } finally {
      await server.stop()
    }
  } finally {
    await end()
  }
}

type Compared = { name: string; ours: number; bare: number; ratio: number }

export async function compare(
  server: RealServer,
  databaseUrl: string,
  masterKey: Uint8Array,
): Promise<Result> {
  const db = new pg.Client(databaseUrl)
  await db.connect()
  try {
    const headers = { Accept: 'application/json', Cookie: await cookieOf(server, 'auditor') }
    const all: Compared[] = []
    for (const question of await questionsFor(db, masterKey)) {
      await sameAnswer(question, server, headers, db)
      const compared = await measure(question, server, headers, databaseUrl)
      all.push(compared)
      console.log(
        `${compared.name.padEnd(30)} p95 ours ${compared.ours.toFixed(1).padStart(7)} ms, bare SQL ${compared.bare.toFixed(1).padStart(7)} ms, ratio ${compared.ratio.toFixed(2)}`,
      )
    }
    const worst = all.reduce((one, other) => (other.ratio > one.ratio ? other : one))
    console.log(`the worst: ${worst.name}`)
    return {
      bench: 'audit-search',
      metrics: [
        {
          name: 'worst_p95_ratio',
          value: Number(worst.ratio.toFixed(2)),
          target: `<= ${most}`,
          meets: worst.ratio <= most,
        },
      ],
      ours: Number(worst.ours.toFixed(1)),
      reference: Number(worst.bare.toFixed(1)),
      unit: 'ms p95',
      runs: rounds,
    }
  } finally {
    await db.end()
  }
}

async function measure(
  { name, filter, bare }: Question,
  server: RealServer,
  headers: Record<string, string>,
  databaseUrl: string,
): Promise<Compared> {
  const port = Number(new URL(server.url).port)
  const paths = [addressOf(filter)]
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(percentile((await load({ port, paths, headers, connections, seconds })).took, 0.95))
    theirs.push(percentile(await askBare({ databaseUrl, question: bare, connections, seconds }), 0.95))
  }
  // Of each round's own two: what else the machine did then weighed on both.
  const ratio = median(ours.map((value, at) => value / (theirs[at] ?? Number.NaN)))
  return { name, ours: median(ours), bare: median(theirs), ratio }
}

const addressOf = (filter: Question['filter']) =>
  `/api/v1/audit/entries?${new URLSearchParams(filter as Record<string, string>)}`

/** Both find the same entries in the same order, or the comparison says nothing. */
async function sameAnswer(
  { name, filter, bare }: Question,
  server: RealServer,
  headers: Record<string, string>,
  db: pg.Client,
): Promise<void> {
  const ask = () => fetch(`${server.url}${addressOf(filter)}`, { headers })
  // The first time one looks leaves an entry of its own.
  await (await ask()).arrayBuffer()
  const { rows } = (await (await ask()).json()) as { rows: { id: string }[] }
  const ours = rows.map(({ id }) => id)
  const theirs = (await bareIds(db, bare)).slice(0, 50)
  if (!isDeepStrictEqual(ours, theirs))
    throw new Error(
      `"${name}" is not answered by the bare SQL as it is by the server: ${ours.length} entries here, ${theirs.length} there`,
    )
}

async function askBare(order: BareOrder): Promise<number[]> {
  const child = fork(path.join(import.meta.dirname, 'audit-search/reference.ts'), {
    serialization: 'advanced',
  })
  child.send(order)
  const [took] = (await once(child, 'message')) as [number[] | string]
  if (typeof took === 'string') throw new Error(took)
  return took
}
