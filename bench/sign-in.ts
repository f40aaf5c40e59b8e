// Sign-ins (the password's step, as strangers' browsers make it) against argon2id verifications and nothing else, with as
// many at once; and how long other people wait meanwhile: quiet, while fifty people a second sign in, and under attack.
import { randomBytes, randomUUID } from 'node:crypto'
import { centralDb, openPool } from '#platform/server/db.ts'
import { bareVerifications } from './sign-in/bare.ts'
import { crowd } from './sign-in/crowd.ts'
import { paced } from './sign-in/paced.ts'
import { median, percentile } from './shared/load.ts'
import { smallSite } from './shared/small-site.ts'
import { cookieOf } from './shared/signed-in.ts'
import { hashPassword } from '../modules/identity/server/passwords/hashing.ts'
import { insertStaff } from '../modules/identity/server/queries.ts'
import type { Result } from './run.ts'

export const about = 'sign-ins a second against bare argon2id, and what others wait meanwhile'

const rounds = 5
const seconds = 6
const atOnce = 8
const people = 400
const password = 'une phrase de passe pour mesurer'

export async function run(): Promise<Result> {
  const { server, appUrl, stop } = await smallSite({ TRUSTED_PROXIES: 'loopback' })
  try {
    const passwordHash = await hashPassword(password)
    const emails = await hire(appUrl, passwordHash)
    const port = Number(new URL(server.url).port)
    const cookie = await cookieOf(server, 'support')

    await crowd({ port, emails, password, atOnce, seconds: 2 }).report
    const [ours, theirs]: [number[], number[]] = [[], []]
    for (let round = 1; round <= rounds; round++) {
      const one = await crowd({ port, emails, password, atOnce, seconds }).report
      if (Object.keys(one.statuses).join() !== '200')
        throw new Error(`not all got in: ${JSON.stringify(one.statuses)}`)
      const other = await bareVerifications({ passwordHash, password, atOnce, seconds })
      ours.push(one.perSecond)
      theirs.push(other)
      console.log(
        `round ${round}: sign-ins ${one.perSecond.toFixed(1)}/s, bare argon2id ${other.toFixed(1)}/s, ratio ${(one.perSecond / other).toFixed(2)}`,
      )
    }

    const others = () =>
      paced({ port, cookie, paths: ['/api/v1/clients?limit=50', '/api/v1/session'], perSecond: 40, seconds })
    await others()
    const busy: number[] = []
    for (let round = 1; round <= rounds; round++) {
      const quiet = percentile(await others(), 0.95)
      const signingIn = crowd({ port, emails, password, perSecond: 50, seconds })
      const meanwhile = percentile(await others(), 0.95)
      const { statuses } = await signingIn.report
      busy.push(meanwhile / quiet)
      console.log(
        `round ${round}: others' p95 ${quiet.toFixed(1)} ms quiet, ${meanwhile.toFixed(1)} ms while 50/s sign in (${JSON.stringify(statuses)})`,
      )
    }
    // Last: what is attacked for a minute lets no stranger try for five.
    const attacked: number[] = []
    for (let round = 1; round <= rounds; round++) {
      const quiet = percentile(await others(), 0.95)
      const guessing = crowd({ port, emails, password: 'a guess', perSecond: 50, seconds })
      const meanwhile = percentile(await others(), 0.95)
      const { statuses } = await guessing.report
      attacked.push(meanwhile / quiet)
      console.log(
        `round ${round}: others' p95 ${quiet.toFixed(1)} ms quiet, ${meanwhile.toFixed(1)} ms while 50/s guess (${JSON.stringify(statuses)})`,
      )
    }
    const ratio = median(ours.map((value, at) => value / (theirs[at] ?? Number.NaN)))
    const metric = (name: string, value: number, target: string, meets: boolean) => ({
      name,
      value: Number(value.toFixed(2)),
      target,
      meets,
    })
    return {
      bench: 'sign-in',
      metrics: [
        metric('ratio', ratio, '>= 0.8', ratio >= 0.8),
        metric('others_p95_while_50_sign_in', median(busy), '<= 2', median(busy) <= 2),
        metric('others_p95_while_50_guess', median(attacked), '<= 2', median(attacked) <= 2),
      ],
      ours: Math.round(median(ours)),
      reference: Math.round(median(theirs)),
      unit: 'sign-ins/s',
      runs: rounds,
    }
  } finally {
    await stop()
  }
}

/** People enough that nobody signs in twice at the same time. */
async function hire(appUrl: string, passwordHash: string): Promise<string[]> {
  const pool = openPool(appUrl, { max: 1 })
  const db = centralDb(pool)
  const emails: string[] = []
  for (let at = 0; at < people; at++) {
    const email = `${randomUUID()}@example.com`
    const staffId = await insertStaff(db, {
      email,
      firstName: 'Une',
      lastName: 'Collègue',
      passwordHash,
      demonstration: false,
    })
    // Nobody gets as far as a code: what is sealed does not matter.
    await db
      .insertInto('staffAuthenticators')
      .values({ staffId, secretSealed: randomBytes(49), lastStep: 0 })
      .execute()
    emails.push(email)
  }
  await pool.end()
  return emails
}
