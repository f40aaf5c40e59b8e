// An agent's queue as they get it, by what is due first, out of a million tickets; against the most that can be had on the
// same machine: a bare node:http server that sends the same JSON, built by PostgreSQL (bench/support-queue/reference.ts).
import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import pg from 'pg'
import { freePort } from '../tests/harness/real-server.ts'
import { load, median, percentile } from './shared/load.ts'
import { cookieOf } from './shared/signed-in.ts'
import { smallSite } from './shared/small-site.ts'
import { loadTickets, tickets } from './support-queue/tickets.ts'
import type { Result } from './run.ts'

export const about =
  'GET /api/v1/tickets of an agent, out of 1,000,000, against bare node:http with JSON from PostgreSQL'

const queue = '/api/v1/tickets?queue=mine'
const rounds = 7
const seconds = 4
const connections = 16

export async function run(): Promise<Result> {
  const site = await smallSite()
  try {
    console.log(`inventing ${tickets} tickets`)
    await loadTickets(site.adminUrl)
    return await compare(site)
  } finally {
    await site.stop()
  }
}

async function compare({ server, appUrl }: Awaited<ReturnType<typeof smallSite>>): Promise<Result> {
  const referencePort = await freePort()
  const reference = fork(path.join(import.meta.dirname, 'support-queue/reference.ts'), {
    env: {
      ...process.env,
      DATABASE_URL: appUrl,
      PORT: String(referencePort),
      AGENT: await agentId(appUrl),
    },
  })
  try {
    await once(reference, 'message')
    const port = Number(new URL(server.url).port)
    const headers = { Accept: 'application/json', Cookie: await cookieOf(server, 'support') }
    await sameAnswer(`${server.url}${queue}`, `http://localhost:${referencePort}/`, headers)

    const measure = async (at: number) => load({ port: at, paths: [queue], headers, connections, seconds })
    await measure(port)
    await measure(referencePort)
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 1; round <= rounds; round++) {
      const [one, other] = [await measure(port), await measure(referencePort)]
      ours.push(one.perSecond)
      theirs.push(other.perSecond)
      console.log(
        `round ${round}: ours ${one.perSecond.toFixed(0)}/s (p95 ${percentile(one.took, 0.95).toFixed(1)} ms), ` +
          `reference ${other.perSecond.toFixed(0)}/s (p95 ${percentile(other.took, 0.95).toFixed(1)} ms), ` +
          `ratio ${(one.perSecond / other.perSecond).toFixed(2)}`,
      )
    }
    // Of each round's own two: what else the machine did then weighed on both.
    const ratio = median(ours.map((value, at) => value / (theirs[at] ?? Number.NaN)))
    return {
      bench: 'support-queue',
      metrics: [{ name: 'ratio', value: Number(ratio.toFixed(2)), target: '>= 0.4', meets: ratio >= 0.4 }],
      ours: Math.round(median(ours)),
      reference: Math.round(median(theirs)),
      unit: 'requests/s',
      runs: rounds,
    }
  } finally {
    reference.disconnect()
  }
}

async function agentId(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string }>(
      `select id from staff_members where email = 'support@example.com'`,
    )
    return rows[0]!.id // the demonstration has one
  } finally {
    await client.end()
  }
}

/** Both do the same work, or the comparison says nothing. */
async function sameAnswer(ours: string, theirs: string, headers: Record<string, string>): Promise<void> {
  type Page = { rows: unknown[]; total: number }
  const [one, other] = await Promise.all(
    [ours, theirs].map(async (url) => (await (await fetch(url, { headers })).json()) as Page),
  )
  if (
    !one ||
    !other ||
    one.rows.length !== 50 ||
    one.total !== other.total ||
    !isDeepStrictEqual(one.rows, other.rows)
  )
    throw new Error('the reference does not answer what the server answers')
}
