// The whole dashboard as the direction gets it, over TCP with session, permission and every figure, against the same
// figures recounted by SQL from the facts (bench/dashboard/recount.ts). One after the other, in turns.
import { isDeepStrictEqual } from 'node:util'
import pg from 'pg'
import { dayOf } from '#platform/server/clock.ts'
import { figure, plan } from '../modules/dashboard/server/figuring.ts'
import { startRealServer } from '../tests/harness/real-server.ts'
import { recount } from './dashboard/recount.ts'
import { load, percentile } from './shared/load.ts'
import { preparedDatabase } from './shared/prepared.ts'
import { cookieOf } from './shared/signed-in.ts'
import type { Result } from './run.ts'

export const about =
  'GET /api/v1/dashboard over a million invoices, against the same figures recounted by SQL'

const address = '/api/v1/dashboard'
const rounds = 7
const seconds = 2
const recounts = 5

export async function run(): Promise<Result> {
  const database = await preparedDatabase()
  const server = await startRealServer({
    databaseUrl: database.appUrl,
    dataDir: database.dataDir,
    env: { CHECK_OUTPUT: 'off' },
  })
  const client = new pg.Client({ connectionString: database.appUrl })
  await client.connect()
  try {
    const headers = { Accept: 'application/json', Cookie: await cookieOf(server, 'direction') }
    const port = Number(new URL(server.url).port)
    const today = dayOf(new Date())
    const planned = plan(today.slice(0, 7), today)
    const recounted = () => recount(client, planned.days)
    await sameFigures(`${server.url}${address}`, headers, figure(planned, await recounted()))

    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 0; round <= rounds; round++) {
      const { took } = await load({ port, paths: [address], headers, connections: 1, seconds })
      const recountTook: number[] = []
      for (let turn = 0; turn < recounts; turn++) {
        const began = performance.now()
        await recounted()
        recountTook.push(performance.now() - began)
      }
      // The first round only warms both sides up.
      if (round === 0) continue
      ours.push(percentile(took, 0.5))
      theirs.push(median(recountTook))
      console.log(
        `round ${round}: dashboard ${ours.at(-1)?.toFixed(2)} ms, recount ${theirs.at(-1)?.toFixed(0)} ms, ` +
          `ratio ${((theirs.at(-1) ?? 0) / (ours.at(-1) ?? 1)).toFixed(0)}`,
      )
    }
    // Of each round's own two: what else the machine did then weighed on both.
    const ratio = median(theirs.map((value, at) => value / (ours[at] ?? Number.NaN)))
    return {
      bench: 'dashboard',
      metrics: [{ name: 'ratio', value: Math.round(ratio), target: '>= 50', meets: ratio >= 50 }],
      ours: Number(median(ours).toFixed(2)),
      reference: Number(median(theirs).toFixed(1)),
      unit: 'ms',
      runs: rounds,
    }
  } finally {
    await client.end()
    await server.stop()
    await database.stop()
  }
}

/** Both count the same, or the comparison says nothing. */
async function sameFigures(url: string, headers: Record<string, string>, expected: object): Promise<void> {
  const answer = (await (await fetch(url, { headers })).json()) as Record<string, unknown>
  for (const [name, value] of Object.entries(expected)) {
    if (!isDeepStrictEqual(answer[name], value))
      throw new Error(`${name} is ${JSON.stringify(answer[name])}, recounted ${JSON.stringify(value)}`)
  }
}

function median(values: readonly number[]): number {
  return percentile(
    values.toSorted((one, other) => one - other),
    0.5,
  )
}
