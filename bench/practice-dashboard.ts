// A practice's dashboard, 700 patients and 20,000 appointments: over TCP with session, permission and every figure,
// against the same statement run bare on a connection of its own. In turns; the slow end of each, since that is what one
// waits for.
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { TenantDatabase } from '#platform/server/tenant-db.ts'
import { boardQuestion } from '../modules/figures/server/queries.ts'
import { live } from './shared/lived-practice.ts'
import { load, median, percentile } from './shared/load.ts'
import { manyPractices, type PracticeAddress } from './tenant-request/many-practices.ts'
import type { Result } from './run.ts'

export const about = 'the practice’s dashboard over 20,000 appointments, against its SQL run bare'

const address = '/api/v1/practice/board'
const rounds = 7
const seconds = 3

export async function run(): Promise<Result> {
  const site = await manyPractices(1, () => ({ env: {} }), console.log)
  const [practice] = site.practices
  try {
    if (!practice) throw new Error('no practice was opened')
    const memberId = await live(site, practice)
    const bare = await bareQuestion(practice, memberId)
    const port = Number(new URL(site.server.url).port)
    const overHttp = async () => {
      const headers = { Accept: 'application/json', Cookie: practice.cookie }
      const order = { port, host: 'app.localhost', paths: [address], headers, connections: 1, seconds }
      return percentile((await load(order)).took, 0.95)
    }
    // Each is compiled, planned and warm once before.
    await overHttp()
    await bare.slowest()
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 1; round <= rounds; round++) {
      if (round % 2 === 0) theirs.push(await bare.slowest())
      ours.push(await overHttp())
      if (round % 2 === 1) theirs.push(await bare.slowest())
      console.log(
        `round ${round}: p95 ${ours.at(-1)?.toFixed(1)} ms, its SQL bare ${theirs.at(-1)?.toFixed(1)} ms`,
      )
    }
    await bare.end()
    const ratio = median(theirs.map((value, at) => (ours[at] ?? Number.NaN) / value))
    return {
      bench: 'practice-dashboard',
      metrics: [
        { name: 'p95_times_sql', value: Number(ratio.toFixed(2)), target: '<= 3', meets: ratio <= 3 },
        {
          name: 'appointments',
          value: bare.appointments,
          target: '>= 20000',
          meets: bare.appointments >= 20_000,
        },
      ],
      ours: Number(median(ours).toFixed(2)),
      reference: Number(median(theirs).toFixed(2)),
      unit: 'ms',
      runs: rounds,
    }
  } finally {
    await site.stop()
  }
}

/** The very statement, in the same role, over one connection without anything around it. */
async function bareQuestion({ url }: PracticeAddress, memberId: string) {
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  const db = new Kysely<TenantDatabase>({ dialect: new PostgresDialect({ pool }) })
  const { sql, parameters } = boardQuestion({
    now: new Date(),
    own: memberId,
    memberId,
    namesPatients: true,
    sections: { agenda: true, patients: true, people: true, money: true },
  }).compile(db)
  const { rows } = await pool.query<{ count: string }>('SELECT count(*) FROM appointments')
  return {
    appointments: Number(rows[0]?.count),
    async slowest() {
      const took: number[] = []
      const until = performance.now() + seconds * 1_000
      while (performance.now() < until) {
        const began = performance.now()
        await pool.query(sql, [...parameters])
        took.push(performance.now() - began)
      }
      return percentile(
        took.toSorted((one, other) => one - other),
        0.95,
      )
    },
    end: () => pool.end(),
  }
}
