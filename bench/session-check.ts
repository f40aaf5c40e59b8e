// What asking who asks costs: a trivial request with a session against the same route, the same answer, without one.
// `/environment` is open to anybody, and reads the session when a cookie comes with it.
import { load, median, percentile } from './shared/load.ts'
import { smallSite } from './shared/small-site.ts'
import { cookieOf } from './shared/signed-in.ts'
import type { Result } from './run.ts'

export const about = 'GET /api/v1/environment with a session against the same without one'

const path = '/api/v1/environment'
const rounds = 7
const seconds = 3
const connections = 16

export async function run(): Promise<Result> {
  const { server, stop } = await smallSite()
  try {
    const port = Number(new URL(server.url).port)
    const cookie = await cookieOf(server, 'support')
    const measure = (headers: Record<string, string>) =>
      load({ port, paths: [path], headers: { Accept: 'application/json', ...headers }, connections, seconds })
    await measure({})
    await measure({ Cookie: cookie })
    const [ours, theirs]: [number[], number[]] = [[], []]
    for (let round = 1; round <= rounds; round++) {
      const [one, other] = [await measure({ Cookie: cookie }), await measure({})]
      ours.push(one.perSecond)
      theirs.push(other.perSecond)
      console.log(
        `round ${round}: with a session ${one.perSecond.toFixed(0)}/s (p95 ${percentile(one.took, 0.95).toFixed(1)} ms), ` +
          `without ${other.perSecond.toFixed(0)}/s, ratio ${(one.perSecond / other.perSecond).toFixed(2)}`,
      )
    }
    const ratio = median(ours.map((value, at) => value / (theirs[at] ?? Number.NaN)))
    return {
      bench: 'session-check',
      metrics: [{ name: 'ratio', value: Number(ratio.toFixed(2)), target: '>= 0.6', meets: ratio >= 0.6 }],
      ours: Math.round(median(ours)),
      reference: Math.round(median(theirs)),
      unit: 'requests/s',
      runs: rounds,
    }
  } finally {
    await stop()
  }
}
