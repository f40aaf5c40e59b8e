// Ours and the limit of what can be had, on the same machine and in turn: what else the machine did weighs on both.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { freePort } from '../../tests/harness/real-server.ts'
import type { Result } from '../run.ts'
import { load, median, percentile } from './load.ts'

const seconds = 4

/** How many answers a second, of a server of ours and of a bare one (`bare-server.ts`) with the same JSON. */
export async function besideBareServer({
  bench,
  url,
  list,
  headers,
  reference,
  env,
  atLeast,
}: {
  bench: string
  /** Of our server; what is asked of it. */
  url: string
  list: string
  headers: Record<string, string>
  /** The file that is the bare server, from bench/ on, and what it is told besides its port. */
  reference: string
  env: Record<string, string>
  atLeast: number
}): Promise<Result> {
  const rounds = 7
  const referencePort = await freePort()
  const bare = fork(path.join(import.meta.dirname, '..', reference), {
    env: { ...process.env, ...env, PORT: String(referencePort) },
  })
  try {
    await once(bare, 'message')
    await sameFirstPage(`${url}${list}`, `http://localhost:${referencePort}/`, headers)
    const port = Number(new URL(url).port)
    const measure = (at: number) => load({ port: at, paths: [list], headers, connections: 16, seconds })
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
    const ratio = ratioOf(ours, theirs)
    return {
      bench,
      metrics: [
        { name: 'ratio', value: Number(ratio.toFixed(2)), target: `>= ${atLeast}`, meets: ratio >= atLeast },
      ],
      ours: Math.round(median(ours)),
      reference: Math.round(median(theirs)),
      unit: 'requests/s',
      runs: rounds,
    }
  } finally {
    bare.disconnect()
  }
}

/** How long the slowest of twenty takes, through our server and as bare SQL. @param bare what each took, in ascending order */
export async function besideBareSql({
  bench,
  url,
  paths,
  headers,
  bare,
  atMost,
}: {
  bench: string
  url: string
  paths: string[]
  headers: Record<string, string>
  bare: (order: { connections: number; seconds: number }) => Promise<number[]>
  atMost: number
}): Promise<Result> {
  const rounds = 5
  const order = { connections: 4, seconds }
  const port = Number(new URL(url).port)
  const measureOurs = async () => percentile((await load({ port, paths, headers, ...order })).took, 0.95)
  const measureBare = async () => percentile(await bare(order), 0.95)
  await measureOurs()
  await measureBare()
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 1; round <= rounds; round++) {
    const [one, other] = [await measureOurs(), await measureBare()]
    ours.push(one)
    theirs.push(other)
    console.log(
      `round ${round}: p95 ours ${one.toFixed(1)} ms, bare SQL ${other.toFixed(1)} ms, ratio ${(one / other).toFixed(2)}`,
    )
  }
  const ratio = ratioOf(ours, theirs)
  return {
    bench,
    metrics: [
      { name: 'p95_ratio', value: Number(ratio.toFixed(2)), target: `<= ${atMost}`, meets: ratio <= atMost },
    ],
    ours: Number(median(ours).toFixed(1)),
    reference: Number(median(theirs).toFixed(1)),
    unit: 'ms p95',
    runs: rounds,
  }
}

/** Of each round's own two. */
const ratioOf = (ours: readonly number[], theirs: readonly number[]) =>
  median(ours.map((value, at) => value / (theirs[at] ?? Number.NaN)))

/** Both do the same work, or the comparison says nothing. */
async function sameFirstPage(ours: string, theirs: string, headers: Record<string, string>): Promise<void> {
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
