// The list of clients as a signed-in person gets it, against the most that can be had on the same machine: a bare
// node:http server that sends the same JSON, built by PostgreSQL (bench/clients-list/reference.ts).
import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { freePort, startRealServer } from '../tests/harness/real-server.ts'
import { load, median, percentile } from './shared/load.ts'
import { preparedDatabase } from './shared/prepared.ts'
import { cookieOf } from './shared/signed-in.ts'
import type { Result } from './run.ts'

export const about =
  'GET /api/v1/clients, filtered and sorted, against bare node:http with JSON from PostgreSQL'

const list = '/api/v1/clients?status=active&sort=-lastSignIn'
const rounds = 7
const seconds = 4
const connections = 16

export async function run(): Promise<Result> {
  const database = await preparedDatabase()
  const server = await startRealServer({
    databaseUrl: database.appUrl,
    dataDir: database.dataDir,
    env: { CHECK_OUTPUT: 'off' },
  })
  const referencePort = await freePort()
  const reference = fork(path.join(import.meta.dirname, 'clients-list/reference.ts'), {
    env: { ...process.env, DATABASE_URL: database.appUrl, PORT: String(referencePort) },
  })
  try {
    await once(reference, 'message')
    const port = Number(new URL(server.url).port)
    const headers = { Accept: 'application/json', Cookie: await cookieOf(server, 'support') }
    await sameAnswer(`${server.url}${list}`, `http://localhost:${referencePort}/`, headers)

    const measure = async (at: number) => load({ port: at, paths: [list], headers, connections, seconds })
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
      bench: 'clients-list',
      metrics: [{ name: 'ratio', value: Number(ratio.toFixed(2)), target: '>= 0.5', meets: ratio >= 0.5 }],
      ours: Math.round(median(ours)),
      reference: Math.round(median(theirs)),
      unit: 'requests/s',
      runs: rounds,
    }
  } finally {
    reference.disconnect()
    await server.stop()
    await database.stop()
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
