// The sequencer as it runs, a process of its own over a PostgreSQL and a disk that really write: how fast it works off
// what waits, and how late it is behind people who write without a pause.
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { openCentralDatabase } from '#platform/server/central-database.ts'
import { readConfig } from '#platform/server/config.ts'
import { openSequencerLogin } from '#platform/server/sequencer-login.ts'
import { writeEntries } from '../tests/harness/log-writer.ts'
import { startSequencer } from '../tests/harness/sequencer.ts'
import type { Result } from './run.ts'

export const about = 'numbering 240,000 entries against 10,000/s; lag at 2,000 entries/s against 2 s'

const backlog = 240_000
const limitPerSecond = 10_000
const pace = 2_000
const writers = 16
const entriesEach = 4
const seconds = 30
const limitSeconds = 2

export async function run(): Promise<Result> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-bench-sequence-'))
  const config = readConfig({ DATA_DIR: dataDir })
  const database = await openCentralDatabase(config)
  const admin = new pg.Client(database.adminUrl)
  await admin.connect()
  try {
    const sequencerUrl = (await openSequencerLogin(config, database)) ?? ''
    await writeBacklog(database.appUrl)
    await admin.query('VACUUM ANALYZE audit_entries')
    await admin.query('CHECKPOINT')

    const started = performance.now()
    const sequencer = startSequencer({ database: { sequencerUrl }, dataDir })
    await untilSigned(admin, backlog)
    const took = (performance.now() - started) / 1000
    const { slowest, heads } = await paceOf(admin)
    const rate = backlog / took
    console.log(
      `${backlog} entries that waited: signed ${took.toFixed(1)} s after the start of the process, ` +
        `${rate.toFixed(0)}/s over ${heads} heads, the slowest of them ${slowest.toFixed(0)}/s`,
    )

    // What the first half left for the disk to do is not the second one's.
    spawnSync('sync')
    const written = await keepWriting(database.appUrl)
    await untilSigned(admin, backlog + written)
    const lag = await lagOf(admin)
    console.log(
      `${(written / seconds).toFixed(0)} entries/s for ${seconds} s by ${writers} writers: signed after ` +
        `p50 ${lag.p50.toFixed(2)} s, p99 ${lag.p99.toFixed(2)} s, at most ${lag.max.toFixed(2)} s`,
    )
    sequencer.kill('SIGTERM')
    await once(sequencer, 'close')

    return {
      bench: 'audit-sequence',
      metrics: [
        {
          name: 'entries_per_second',
          value: Math.round(rate),
          target: `>= ${limitPerSecond}`,
          meets: rate >= limitPerSecond,
        },
        {
          name: 'lag_p99_s',
          value: Number(lag.p99.toFixed(2)),
          target: `<= ${limitSeconds} s`,
          meets: lag.p99 <= limitSeconds && written >= pace * seconds * 0.98,
        },
      ],
      ours: Math.round(rate),
      reference: limitPerSecond,
      unit: 'entries/s',
      runs: 1,
    }
  } finally {
    await admin.end()
    await database.stop()
    fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

async function writeBacklog(appUrl: string): Promise<void> {
  let left = backlog
  await together(4, appUrl, async (client) => {
    while (left > 0) {
      left -= 2_000
      await writeEntries(client, 2_000)
    }
  })
}

/** A few entries a transaction, at their time or as soon after as the database lets. @returns how many */
async function keepWriting(appUrl: string): Promise<number> {
  const started = performance.now()
  const transactions = (pace * seconds) / entriesEach / writers
  let written = 0
  await together(writers, appUrl, async (client) => {
    for (let own = 0; own < transactions; own++) {
      const due = started + (own / transactions) * seconds * 1000
      if (due > performance.now()) await sleep(due - performance.now())
      if (performance.now() > started + seconds * 1000) return
      await writeEntries(client, entriesEach)
      written += entriesEach
    }
  })
  return written
}

async function together(
  count: number,
  url: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, async () => {
      const client = new pg.Client(url)
      await client.connect()
      try {
        await work(client)
      } finally {
        await client.end()
      }
    }),
  )
}

async function untilSigned(admin: pg.Client, size: number): Promise<void> {
  for (;;) {
    const { rowCount } = await admin.query('SELECT FROM audit_checkpoints WHERE size >= $1', [size])
    if (rowCount) return
    await sleep(20)
  }
}

async function paceOf(admin: pg.Client): Promise<{ slowest: number; heads: number }> {
  const { rows } = await admin.query(`
    SELECT min(entries / seconds) FILTER (WHERE entries > 1000) AS slowest, count(*)::int AS heads
    FROM (SELECT size - lag(size) OVER w AS entries, extract(epoch FROM signed_at - lag(signed_at) OVER w) AS seconds
          FROM audit_checkpoints WINDOW w AS (ORDER BY size)) AS step`)
  return { slowest: Number(rows[0].slowest), heads: rows[0].heads }
}

/** From the database's clock when an entry was written to the first head over it. */
async function lagOf(admin: pg.Client): Promise<{ p50: number; p99: number; max: number }> {
  const { rows } = await admin.query(
    `SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY late) AS p50,
       percentile_disc(0.99) WITHIN GROUP (ORDER BY late) AS p99, max(late) AS max
     FROM (SELECT extract(epoch FROM (
             SELECT signed_at FROM audit_checkpoints WHERE size > leaf.index ORDER BY size LIMIT 1
           ) - entry.written_at)::float AS late
           FROM audit_leaves leaf JOIN audit_entries entry ON entry.id = leaf.entry_id
           WHERE leaf.index >= $1) AS waited`,
    [backlog],
  )
  return rows[0]
}
