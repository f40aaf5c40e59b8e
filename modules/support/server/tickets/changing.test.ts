import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { promiseAnswers } from '../../../../tests/harness/support.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { agreementAt } from '../promises/agreements.ts'
import { clocksOf } from '../sla/targets.ts'
import { change, type TicketChange } from './changing.ts'
import { happened } from './happening.ts'
import { lockTicket, type Held } from './lock.ts'
import { toldToClocks } from './log-of-ticket.ts'
import { begin } from './opening.ts'
import { logsOf } from './queries.ts'

/** A Monday, 9:00 in Paris. */
const monday = new Date('2026-11-23T08:00:00Z')
let now = monday
const parts = { clock: { now: () => now } }
const { db } = await testServer()
const by = { label: 'Karim Benali' }
let karim: string
beforeAll(async () => {
  await promiseAnswers(db)
  const row = await db
    .selectFrom('staffMembers')
    .where('email', '=', 'support@example.com')
    .select('id')
    .executeTakeFirstOrThrow()
  karim = row.id
})

async function opened(priority: 'low' | 'normal' | 'high' | 'urgent'): Promise<string> {
  now = monday
  const id = uuidv7(now.getTime())
  const requester = { requesterName: 'Odile Perrin', requesterEmail: 'odile.perrin@example.com' }
  await begin(
    db,
    parts,
    { id, channel: 'staff', subject: 'Agenda', clientId: null, priority, ...requester },
    by,
  )
  return id
}

const changed = (id: string, asked: TicketChange) =>
  db.transaction().execute(async (transaction: CentralDb) => {
    await change(transaction, parts, await lockTicket(transaction, id), asked, by)
  })

const answered = (id: string) =>
  db
    .transaction()
    .execute((transaction: CentralDb) => happened(transaction, parts, id, [{ kind: 'agent_reply', by }]))

/** What the log alone says, beside what stands in the row. */
async function said(id: string): Promise<{ row: Held; due: Date | null; breached: boolean }> {
  const row = await lockTicket(db, id)
  const clocks = clocksOf(toldToClocks(await logsOf(db, [id])), await agreementAt(db), now.getTime())
  const due = clocks.nextEscalation?.due
  return { row, due: due === undefined ? null : new Date(due), breached: clocks.hasBreach }
}

const step = fc.oneof(
  fc.constant('answer' as const),
  fc.record(
    {
      priority: fc.constantFrom('low', 'normal', 'high', 'urgent'),
      waiting: fc.constantFrom({ why: 'capture' }, false),
      status: fc.constantFrom('taken_up', 'resolved', 'reopened'),
      assigneeId: fc.constantFrom('karim', null),
      progress: fc.integer({ min: 0, max: 100 }),
      snoozedUntil: fc.constantFrom(new Date('2026-12-01T08:00:00Z'), null),
      tags: fc.subarray(['agenda', 'facture', 'écran']),
    },
    { requiredKeys: [] },
  ),
)

test('whatever happens in whatever order, the row says what the log says, and never two things at once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('low', 'normal', 'high', 'urgent'),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 600 }), step), { maxLength: 8 }),
      async (priority, steps) => {
        const id = await opened(priority)
        for (const [minutes, one] of steps) {
          now = new Date(now.getTime() + minutes * 60_000)
          const before = await lockTicket(db, id)
          if (one === 'answer') await answered(id)
          else await changed(id, { ...one, ...(one.assigneeId && { assigneeId: karim }) } as TicketChange)

          const { row, due, breached } = await said(id)
          if (one === 'answer' || row.revision > before.revision) {
            expect(row.dueAt).toEqual(due)
            expect(row.breached).toBe(breached)
          } else expect(row).toEqual(before)
          expect(row.resolvedAt !== null).toBe(row.status === 'resolved')
          if (row.waiting) expect(row.status).toBe('in_progress')
          if (row.waiting || row.status === 'resolved') expect(row.dueAt).toBe(null)
          if (row.assigneeId && row.status === 'new') expect(before.assigneeId).toBe(row.assigneeId)
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('what was said once is said again and again, and changes nothing', async () => {
  const id = await opened('normal')
  const asked: TicketChange = { priority: 'high', assigneeId: karim, tags: ['agenda'], waiting: { why: '' } }
  await changed(id, asked)
  const once = await lockTicket(db, id)
  await changed(id, asked)
  expect(await lockTicket(db, id)).toEqual(once)
})

test('who resolves what they had just been given has not begun on it twice', async () => {
  const id = await opened('normal')
  await changed(id, { assigneeId: karim, waiting: { why: 'capture' }, status: 'resolved' })
  expect(await lockTicket(db, id)).toMatchObject({ status: 'resolved', waiting: false, resolvedAt: now })
  expect((await logsOf(db, [id])).map(({ kind }) => kind)).toEqual(['opened', 'assigned', 'resolved'])
})
