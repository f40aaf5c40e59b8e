// 200 finalisations at once in one series, over HTTP, checked and with their line in the log: what numbers stands still for is
// short, and what renders works elsewhere. Beside it the least a series can cost: a row locked, counted up and inserted.
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { finaliseAll } from './invoice-finalise/finalisers.ts'
import { median, percentile } from './shared/load.ts'
import { cookieOf } from './shared/signed-in.ts'
import { smallSite } from './shared/small-site.ts'
import type { Result } from './run.ts'

export const about = '200 finalisations at once in one series: no gap, at least 100 a second'

const atOnce = 200
const rounds = 5
const least = 100

export async function run(): Promise<Result> {
  // The web process numbers and queues; whoever renders is another.
  const site = await smallSite({ ROLE: 'web' })
  const admin = new pg.Client({ connectionString: site.adminUrl })
  await admin.connect()
  try {
    const port = Number(new URL(site.server.url).port)
    const cookie = await cookieOf(site.server, 'billing')
    await finaliseAll({ port, cookie, drafts: await drafts(admin, 60), atOnce: 20 })
    await makeBare(admin)
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 1; round <= rounds; round++) {
      const { perSecond, took } = await finaliseAll({
        port,
        cookie,
        drafts: await drafts(admin, 400),
        atOnce,
      })
      const bare = await numberBare(site.adminUrl, 400)
      ours.push(perSecond)
      theirs.push(bare)
      console.log(
        `round ${round}: ${perSecond.toFixed(0)}/s (median ${percentile(took, 0.5).toFixed(0)} ms, p95 ${percentile(took, 0.95).toFixed(0)} ms of ${atOnce} at once), ` +
          `bare ${bare.toFixed(0)}/s, ratio ${(perSecond / bare).toFixed(2)}`,
      )
      await sleep(200)
    }
    const { gaps, backwards, documents } = await prove(admin)
    console.log(`${documents} documents: ${gaps} gaps, ${backwards} days that go back`)
    return {
      bench: 'invoice-finalise',
      metrics: [
        {
          name: 'per_second',
          value: Math.round(median(ours)),
          target: `>= ${least}`,
          meets: median(ours) >= least,
        },
        { name: 'gaps', value: gaps, target: '0', meets: gaps === 0 },
        { name: 'days_that_go_back', value: backwards, target: '0', meets: backwards === 0 },
      ],
      ours: Math.round(median(ours)),
      reference: Math.round(median(theirs)),
      unit: 'documents/s',
      runs: rounds,
    }
  } finally {
    await admin.end()
    await site.stop()
  }
}

/** Drafts of one line each, for clients of the demonstration who may be invoiced. */
async function drafts(admin: pg.Client, count: number): Promise<{ id: string; revision: number }[]> {
  const { rows } = await admin.query<{ id: string; revision: number }>(
    `WITH billed AS (
       SELECT id, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS people FROM clients
       WHERE status = 'active' AND trashed_at IS NULL AND address IS NOT NULL),
     begun AS (
       INSERT INTO invoices (client_id, company_id, total_excl_cents, total_vat_cents)
       SELECT billed.id, (SELECT id FROM billing_companies WHERE key = 'main'), 2417, 483
       FROM generate_series(1, $1) AS n JOIN billed ON place = 1 + n % people RETURNING id, revision),
     lines AS (
       INSERT INTO invoice_lines (invoice_id, position, description, quantity, unit_price_cents, vat_basis_points)
       SELECT id, 1, 'Abonnement à MaGestionPsy', 1, 2417, 2000 FROM begun)
     SELECT id, revision FROM begun`,
    [count],
  )
  return rows
}

async function makeBare(admin: pg.Client): Promise<void> {
  await admin.query(`CREATE TABLE bare_series (last integer NOT NULL);
    INSERT INTO bare_series VALUES (0);
    CREATE TABLE bare_documents (number integer PRIMARY KEY, content text NOT NULL)`)
}

/** @returns how many a second, on as many connections as our server holds */
async function numberBare(adminUrl: string, count: number): Promise<number> {
  const pool = new pg.Pool({ connectionString: adminUrl, max: 10 })
  const content = 'x'.repeat(9_000)
  const began = performance.now()
  await Promise.all(
    Array.from({ length: count }, async () => {
      const client = await pool.connect()
      try {
        await client.query('BEGIN')
        const { rows } = await client.query<{ last: number }>('SELECT last FROM bare_series FOR UPDATE')
        const number = (rows[0]?.last ?? 0) + 1
        await client.query('UPDATE bare_series SET last = $1', [number])
        await client.query('INSERT INTO bare_documents VALUES ($1, $2)', [number, content])
        await client.query('COMMIT')
      } finally {
        client.release()
      }
    }),
  )
  const perSecond = count / ((performance.now() - began) / 1_000)
  await pool.end()
  return perSecond
}

async function prove(admin: pg.Client) {
  const { rows } = await admin.query<{ gaps: number; backwards: number; documents: number }>(
    `SELECT count(*) FILTER (WHERE before IS NOT NULL AND count <> before + 1 AND year = year_before)::int AS gaps,
       count(*) FILTER (WHERE issued_on < day_before)::int AS backwards, count(*)::int AS documents
     FROM (
       SELECT issued_on, lag(issued_on) OVER chain AS day_before, split_part(number, '-', 2) AS year,
         lag(split_part(number, '-', 2)) OVER chain AS year_before, split_part(number, '-', 3)::int AS count,
         lag(split_part(number, '-', 3)::int) OVER chain AS before
       FROM invoice_documents WHERE series = 'invoice' WINDOW chain AS (ORDER BY position)) AS chained`,
  )
  return rows[0] ?? { gaps: -1, backwards: -1, documents: 0 }
}
