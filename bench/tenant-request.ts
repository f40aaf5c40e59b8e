// What it costs that each practice has a database of its own: a warm request against the same request of a practice that
// is read over a bare pool (and, beside it, against a bare route with the same questions: that is what sessions,
// permissions and headers cost), a cold one against a bare connection, and 1,000 practices in turn under 60 connections.
import { execFileSync, fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import path from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { load, median, percentile } from './shared/load.ts'
import { manyPractices, type ManyPractices, type PracticeAddress } from './tenant-request/many-practices.ts'
import type { Order } from './tenant-request/bare.ts'
import type { Result } from './run.ts'

export const about =
  'requests in 1,000 practices’ databases: warm, cold, and all in turn under 60 connections'

const cap = 60
const rounds = 7
const seconds = 2
const coldTurns = 150
const practicePath = '/api/v1/practice/practice'
/** What `getPractice` asks. */
const questions = [
  'select "name", "kind", "time_zone", "phone", "email", "address", "postcode", "city", "revision" from "practice"',
  'select "member_id", "profile", "first_name", "last_name" from "profiles" where "left_at" is null order by "last_name", "first_name", "member_id"',
]

export async function run(): Promise<Result> {
  // npm run bench -- tenant-request --count 100
  const { values } = parseArgs({ options: { count: { type: 'string', default: '1000' } }, strict: false })
  const count = Number(values.count)
  const site = await manyPractices(
    count,
    ([, pooled]) => ({
      script: path.join(import.meta.dirname, 'tenant-request/one-on-a-pool.ts'),
      env: {
        TENANT_CONNECTIONS: String(cap),
        POOLED_TENANT: pooled?.tenantId ?? '',
        POOLED_URL: pooled?.url ?? '',
      },
    }),
    (sentence) => console.log(sentence),
  )
  const bare = await bareServer({ urls: site.practices.map(({ url }) => url), questions })
  try {
    const warm = await measureWarm(site, bare.port)
    const cold = await measureCold(site, bare.port)
    const all = await inTurn(site)
    const ratio = median(warm.map(({ ours, pool }) => ours / pool))
    const route = median(warm.map((one) => one.ours / one.route))
    return {
      bench: 'tenant-request',
      metrics: [
        { name: 'warm_times_bare', value: round(ratio), target: '<= 1.3', meets: ratio <= 1.3 },
        { name: 'warm_times_bare_route', value: round(route), target: 'shown beside', meets: true },
        { name: 'cold_ms_over_bare', value: round(cold), target: '<= 5 ms', meets: cold <= 5 },
        { name: 'errors_in_turn', value: all.errors, target: '0', meets: all.errors === 0 },
        {
          name: 'most_connections',
          value: all.connections,
          target: `<= ${cap}`,
          meets: all.connections <= cap,
        },
        { name: 'server_memory_mb', value: all.memory, target: '< 350 MB', meets: all.memory < 350 },
      ],
      ours: round(median(warm.map((one) => one.ours))),
      reference: round(median(warm.map((one) => one.pool))),
      unit: 'ms a warm request',
      runs: rounds,
    }
  } finally {
    bare.child.kill()
    await site.stop()
  }
}

/** Median time of a request, one at a time, in turn. */
async function measureWarm(site: ManyPractices, barePort: number) {
  const [kept, pooled] = site.practices
  if (!kept || !pooled) throw new Error('there are no practices')
  const port = portOf(site)
  const of = async ({ cookie }: PracticeAddress) => {
    const paths = [practicePath]
    const order = { port, host: 'app.localhost', paths, headers: { Cookie: cookie }, connections: 1, seconds }
    return percentile((await load(order)).took, 0.5)
  }
  const route = async () => {
    const order = { port: barePort, paths: ['/warm'], headers: {}, connections: 1, seconds }
    return percentile((await load(order)).took, 0.5)
  }
  // Each is compiled and planned once before.
  await of(kept)
  await of(pooled)
  await route()
  const measured = []
  for (let turn = 1; turn <= rounds; turn++) {
    const one =
      turn % 2 === 0
        ? { ours: await of(kept), pool: await of(pooled), route: await route() }
        : { pool: await of(pooled), ours: await of(kept), route: await route() }
    measured.push(one)
    console.log(
      `warm ${turn}: ${one.ours.toFixed(2)} ms, on a bare pool ${one.pool.toFixed(2)} ms (${(one.ours / one.pool).toFixed(2)}), bare route ${one.route.toFixed(2)} ms`,
    )
  }
  return measured
}

/** @returns how much longer a request takes, in milliseconds, whose practice nobody asked for of late */
async function measureCold(site: ManyPractices, barePort: number): Promise<number> {
  const ask = asker()
  const [ours, theirs]: [number[], number[]] = [[], []]
  // Those asked last are still connected.
  const turns = Math.min(coldTurns, site.practices.length - cap)
  for (const [which, { cookie }] of site.practices.slice(cap, cap + turns).entries()) {
    const bare = () => ask(barePort, 'localhost', `/cold/${which + cap}`, {})
    const own = () => ask(portOf(site), 'app.localhost', practicePath, { cookie })
    if (which % 2 === 0) theirs.push((await bare()).took)
    ours.push((await own()).took)
    if (which % 2 === 1) theirs.push((await bare()).took)
  }
  const [one, other] = [median(ours), median(theirs)]
  console.log(`cold: ${one.toFixed(1)} ms, bare connection and questions ${other.toFixed(1)} ms`)
  return one - other
}

/** Every practice, three times, 16 people at once. */
async function inTurn(site: ManyPractices) {
  const ask = asker()
  const admin = new pg.Client({ connectionString: site.adminUrl })
  await admin.connect()
  let [errors, connections, asked] = [0, 0, 0]
  const turns = 3 * site.practices.length
  const began = performance.now()
  const watch = setInterval(async () => {
    const { rows } = await admin.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity where application_name = 'magestionpsy tenant'`,
    )
    connections = Math.max(connections, rows[0]?.count ?? 0)
  }, 100)
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (asked < turns) {
        const practice = site.practices[asked++ % site.practices.length]! // a remainder lies within
        const { status, text } = await ask(portOf(site), 'app.localhost', practicePath, {
          cookie: practice.cookie,
        })
        if (status === 200) continue
        errors++
        console.log(`${status} ${text}`)
      }
    }),
  )
  const took = (performance.now() - began) / 1_000
  clearInterval(watch)
  await admin.end()
  const memory = Math.round(
    Number(execFileSync('ps', ['-o', 'rss=', '-p', String(site.server.pid())])) / 1024,
  )
  console.log(
    `${turns} requests over ${site.practices.length} practices in turn: ${(turns / took).toFixed(0)}/s, ${errors} errors, at most ${connections} connections, server ${memory} MB`,
  )
  return { errors, connections, memory }
}

function asker() {
  const agent = new http.Agent({ keepAlive: true })
  return (port: number, host: string, address: string, headers: Record<string, string>) =>
    new Promise<{ status: number; text: string; took: number }>((resolve, reject) => {
      const began = performance.now()
      const request = http.get(
        { agent, port, host: 'localhost', path: address, headers: { host: `${host}:${port}`, ...headers } },
        (response) => {
          let text = ''
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, text, took: performance.now() - began }),
          )
        },
      )
      request.on('error', reject)
    })
}

async function bareServer(order: Order): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(path.join(import.meta.dirname, 'tenant-request/bare.ts'))
  child.send(order)
  const [port] = (await once(child, 'message')) as [number]
  return { child, port }
}

const portOf = ({ server }: ManyPractices) => Number(new URL(server.url).port)
const round = (value: number) => Number(value.toFixed(2))
