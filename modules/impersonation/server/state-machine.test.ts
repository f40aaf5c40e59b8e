import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { getPractice } from '#contract/cabinet'
import {
  askImpersonation,
  endAccess,
  endOwnImpersonation,
  enterImpersonation,
  leaveImpersonation,
  makeImpersonationKey,
  revokeImpersonation,
} from '#contract/impersonation'
import { getSession } from '#contract/identity'
import { tell } from '#platform/server/news.ts'
import { openBrowserless, type Browserless } from '../../../tests/harness/browserless.ts'
import { freshStaff, withHalf, type TestStaff } from '../../../tests/harness/impersonation.ts'
import { tenancyServer, type TestMember } from '../../../tests/harness/tenants.ts'

let shift = 0
const clock = { now: () => new Date(Date.now() + shift) }
const server = await tenancyServer({ clock })
let members: TestMember[]
let overseer: TestStaff
beforeAll(async () => {
  const practice = await server.openPractice('Claire Moreau')
  members = [
    practice.holder,
    await practice.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' }),
  ]
}, 60_000)

type Actor = { staff: TestStaff; asked?: string; key?: string; browser?: Browserless; inside?: Browserless }

/** News goes round by the database, in the order of commits: when ours was heard, all before it were. */
async function settle() {
  const topic = randomUUID()
  const heard = Promise.withResolvers<void>()
  const leave = server.newsDesk.subscribe((whisper) => {
    if (whisper === null || whisper.topic === topic) heard.resolve()
  })
  await tell(server.db, { topic })
  await heard.promise
  leave()
}

const actor = fc.nat(1)
const plain = <Name extends string>(name: Name) => fc.record({ do: fc.constant(name), actor })
/** By single steps hardly anybody gets as far as the inside: most begin by coming in. */
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('come in' as const), actor, member: fc.nat(1) }) },
  fc.record({ do: fc.constant('ask' as const), actor, member: fc.nat(1), write: fc.boolean() }),
  plain('key'),
  fc.record({ do: fc.constant('enter' as const), actor, times: fc.integer({ min: 1, max: 5 }) }),
  plain('steal'),
  plain('use'),
  plain('leave'),
  plain('wake'),
  plain('revoke'),
  plain('show the door'),
  plain('sign out'),
  fc.record({ do: fc.constant('wait' as const), actor, minutes: fc.constantFrom(1, 2, 31) }),
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

/** @returns how many came in by this step */
async function perform(what: Step, actors: Actor[]): Promise<number> {
  const one = actors[what.actor]! // there are two
  const params = { id: one.asked ?? '' }
  switch (what.do) {
    case 'ask': {
      const body = {
        memberId: members[what.member]!.memberId, // there are two
        purpose: 'trouble',
        reason: 'Suite d’étapes au hasard',
        mayWrite: what.write,
      }
      const reply = await one.staff.ask(askImpersonation, { body })
      if (reply.status === 201)
        Object.assign(one, { asked: (JSON.parse(reply.text) as { id: string }).id, key: undefined })
      return 0
    }
    case 'key': {
      if (!one.asked) return 0
      const { browser, half } = await withHalf(server, one.asked)
      const reply = await one.staff.ask(makeImpersonationKey, { params, body: { browser: half } })
      if (reply.status === 200)
        Object.assign(one, { browser, key: (JSON.parse(reply.text) as { key: string }).key })
      return 0
    }
    case 'enter': {
      if (!one.key || !one.browser) return 0
      const { browser, key } = one
      const replies = await Promise.all(
        Array.from({ length: what.times }, async () => {
          const cookies = Object.fromEntries(
            browser
              .cookie()
              .split('; ')
              .map((pair) => pair.split('=') as [string, string]),
          )
          const tab = openBrowserless(server.app, 'app.localhost:3000', '127.0.0.1', cookies)
          const reply = await tab.ask(enterImpersonation, { body: { key } })
          if (reply.status === 201) one.inside = tab
          return reply.status
        }),
      )
      return replies.filter((status) => status === 201).length
    }
    case 'steal': {
      if (!one.key) return 0
      const thief = openBrowserless(server.app, 'app.localhost:3000', '198.51.100.7')
      const reply = await thief.ask(enterImpersonation, { body: { key: one.key } })
      expect(reply.status).toBe(403)
      return 0
    }
    case 'come in':
      await perform({ do: 'ask', actor: what.actor, member: what.member, write: false }, actors)
      await perform({ do: 'key', actor: what.actor }, actors)
      return perform({ do: 'enter', actor: what.actor, times: 3 }, actors)
    case 'use':
      if (one.inside) await look(one.inside)
      return 0
    case 'leave':
      await one.inside?.ask(leaveImpersonation)
      return 0
    case 'wake':
      await one.staff.ask(endOwnImpersonation)
      return 0
    case 'revoke':
      if (one.asked) await overseer.ask(revokeImpersonation, { params })
      return 0
    case 'show the door':
      if (one.asked) await members[0]!.ask(endAccess, { params }) // the holder
      return 0
    case 'sign out':
      await server.db
        .updateTable('staffSessions')
        .set({ endedAt: clock.now(), endedReason: 'suspended' })
        .where('id', '=', one.staff.sessionId)
        .execute()
      await tell(server.db, { topic: 'sessions' })
      one.staff = await freshStaff(server, 'administrator', clock.now())
      return 0
    case 'wait':
      shift += what.minutes * 60_000
      return 0
  }
}

/** That it happened at all: random steps that lead nowhere prove nothing. */
const times = { cameIn: 0, served: 0, shownOut: 0 }

async function look(inside: Browserless): Promise<number> {
  const { status } = await inside.ask(getPractice)
  times[status === 200 ? 'served' : 'shownOut']++
  return status
}

/** What must never be, whatever was done before. */
async function hold(actors: Actor[]) {
  const now = clock.now()
  const { rows } = await server.pool.query<{ id: string; lives: boolean; asleep: boolean }>(
    `select i.id, s.ended_at is null and s.expires_at > $1 as lives, s.asleep_for = i.id as asleep
     from impersonations i join staff_sessions s on s.id = i.staff_session_id
     where i.started_at is not null and i.ended_at is null and i.ends_at > $1`,
    [now],
  )
  for (const actor of actors) {
    if (!actor.inside) continue
    const status = await look(actor.inside)
    const row = rows.find(({ id }) => id === actor.asked)
    // Who is served stands on a session that lives, and sleeps for this.
    if (status === 200) expect(row).toMatchObject({ lives: true, asleep: true })
    else expect(status).toBe(401)
  }
  const { rows: twice } = await server.pool.query(
    `select staff_session_id from impersonations where started_at is not null and ended_at is null group by 1 having count(*) > 1`,
  )
  expect(twice).toEqual([])
  // Whatever was done in one bears both names.
  const { rows: nameless } = await server.pool.query(
    `select e.id from audit_log e join impersonations i on i.id = e.impersonation_id
     where e.actor_type <> 'staff' or e.actor_id <> i.staff_id::text or e.subject_id <> i.member_id::text`,
  )
  expect(nameless).toEqual([])
}

const runs = process.env['TEST_LONG'] ? 200 : 12

test('whatever is asked, redeemed, used, revoked and left to expire by several at once: nobody is inside without a living session of their own, no key has two winners, and nothing is done without both names', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), async (steps) => {
      overseer = await freshStaff(server, 'direction', clock.now())
      members = await Promise.all(members.map(({ memberId }) => server.asMember(memberId)))
      const actors: Actor[] = [
        { staff: await freshStaff(server, 'administrator', clock.now()) },
        { staff: await freshStaff(server, 'super_administrator', clock.now()) },
      ]
      for (const what of steps) {
        const cameIn = await perform(what, actors)
        expect(cameIn).toBeLessThanOrEqual(1)
        times.cameIn += cameIn
        await settle()
        await hold(actors)
      }
      // Their sessions are awake, or asleep for what runs.
      for (const { staff } of actors) expect([200, 401]).toContain((await staff.ask(getSession)).status)
    }),
    { numRuns: runs, endOnFailure: true },
  )
  // Neither more nor less was written down than was seen.
  const { rows } = await server.pool.query(`select from audit_log where verb = 'impersonation.seen'`)
  expect(rows).toHaveLength(times.served)
  for (const [what, many] of Object.entries(times)) expect(many, what).toBeGreaterThan(runs / 2)
}, 1_800_000)
