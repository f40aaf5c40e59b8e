import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import {
  listTicketMessages,
  mergeTicket,
  reopenTicket,
  replyToTicket,
  resolveTicket,
  setTicketWaiting,
  splitTicket,
  undoTicketMove,
} from '#contract/support'
import type { CentralDb } from '#platform/server/db.ts'
import { freshStaff, type TestStaff } from '../../../../tests/harness/impersonation.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { called, promiseAnswers } from '../../../../tests/harness/support.ts'
import { agreementAt } from '../promises/agreements.ts'
import { clocksOf } from '../sla/targets.ts'
import { happened } from '../tickets/happening.ts'
import { lockTicket } from '../tickets/lock.ts'
import { toldToClocks } from '../tickets/log-of-ticket.ts'
import { logsOf } from '../tickets/queries.ts'

/** A Monday, 9:00 in Paris. */
const monday = new Date('2026-11-23T08:00:00Z')
let now = monday
const clock = { now: () => now }
const server = await testServer({ clock, env: { ROLE: 'web' } })
const { db } = server
let karim: TestStaff
beforeAll(() => promiseAnswers(db), 60_000)

const place = fc.integer({ min: 0, max: 2 })
const acts = fc.constantFrom('resolve', 'reopen', 'wait', 'reply', 'split', 'answer', 'customer')
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('merge' as const), of: place, into: place }) },
  { weight: 4, arbitrary: fc.record({ do: acts, of: place }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('undo' as const), of: fc.integer({ min: 0, max: 1 }) }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** Three tickets of one customer, and all that became of them. */
async function threeTickets(run: number) {
  now = monday
  // A session lasts no longer than a run does.
  karim = await freshStaff(server, 'support', monday)
  const requesterEmail = `orders.${run}@example.com`
  const ids: string[] = []
  for (const priority of ['normal', 'urgent', 'low'] as const)
    ids.push((await called(karim, { requesterEmail, priority })).id)
  return { ids, moves: [] as string[] }
}

type Tickets = Awaited<ReturnType<typeof threeTickets>>

const messagesOf = async (id: string) =>
  (await karim.call(listTicketMessages, { params: { id } })).rows.map((message) => message.id)

const told = (id: string, kind: string) =>
  db.transaction().execute(async (transaction: CentralDb) => {
    const held = await lockTicket(transaction, id)
    if (held.mergedIntoId === null && held.trashedAt === null)
      await happened(transaction, { clock }, id, [{ kind, by: { label: 'Odile Perrin' } }])
  })

/** Whatever may be refused: a refusal changes nothing, which is looked at afterwards. */
async function take({ ids, moves }: Tickets, one: Step): Promise<void> {
  const params = { id: ids[one.of % ids.length]! }
  if (one.do === 'merge') {
    const body = { intoId: ids[one.into]! }
    moves.push((await karim.call(mergeTicket, { params, body })).moveId)
  } else if (one.do === 'undo') {
    const moveId = moves.at(-1 - one.of)
    if (moveId) await karim.call(undoTicketMove, { params: { moveId } })
  } else if (one.do === 'split') {
    const messageIds = (await messagesOf(params.id)).slice(-1)
    const { moveId, ticket } = await karim.call(splitTicket, {
      params,
      body: { subject: 'À part', messageIds },
    })
    moves.push(moveId)
    ids.push(ticket.id)
  } else if (one.do === 'reply') {
    const seenMessageId = (await messagesOf(params.id)).at(-1) ?? null
    await karim.call(replyToTicket, { params, body: { body: 'Vu.', seenMessageId } })
  } else if (one.do === 'answer') await told(params.id, 'agent_reply')
  else if (one.do === 'customer') await told(params.id, 'customer_message')
  else if (one.do === 'resolve') await karim.call(resolveTicket, { params })
  else if (one.do === 'reopen') await karim.call(reopenTicket, { params })
  else await karim.call(setTicketWaiting, { params, body: { waiting: true } })
}

const refused = (error: unknown) => {
  if (!/: 4\d\d /.test(String(error))) throw error
}

let runs = 0
test('in whatever order tickets are merged, split, answered and put back, rows say what logs say, and no message is lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      // Less than an hour in all: known for a second, a session is not seen to be used, and unused it ends after one.
      fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), step), { minLength: 4, maxLength: 14 }),
      async (steps) => {
        const tickets = await threeTickets(++runs)
        let said = 3
        for (const [minutes, one] of steps) {
          now = new Date(now.getTime() + minutes * 60_000)
          const done = await take(tickets, one).then(() => true, refused)
          if (done && one.do === 'reply') said++

          const agreements = await agreementAt(db)
          let found = 0
          for (const id of tickets.ids) {
            const row = await lockTicket(db, id)
            const clocks = clocksOf(toldToClocks(await logsOf(db, [id])), agreements, now.getTime())
            found += (await messagesOf(id)).length
            expect(row.resolvedAt?.getTime() ?? null).toBe(clocks.resolvedAt)
            expect(row.waiting).toBe(clocks.waiting !== null)
            expect(row.dueAt?.getTime() ?? null).toBe(clocks.nextEscalation?.due ?? null)
            // What lives elsewhere owes nothing, and says nothing.
            if (row.mergedIntoId === null) continue
            expect(clocks.nextEscalation).toBeNull()
            expect(await messagesOf(id)).toEqual([])
            expect((await lockTicket(db, row.mergedIntoId)).mergedIntoId).toBeNull()
          }
          expect(found).toBe(said)
        }
      },
    ),
    // A run takes half a second: what fails is told as it is.
    { numRuns: 25, endOnFailure: true },
  )
}, 120_000)
