import pg from 'pg'
import { expect, test } from 'vitest'
import { saveSlaCalendar, setTicketWaiting, updateTicket, getPromises } from '#contract/support'
import { freshStaff } from '../../../../tests/harness/impersonation.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { called, officeHours, promiseAnswers } from '../../../../tests/harness/support.ts'
import { clocksOf } from '../sla/targets.ts'
import { toldToClocks } from '../tickets/log-of-ticket.ts'
import { logsOf } from '../tickets/queries.ts'
import { agreementAt } from './agreements.ts'
import { recomputeOpen } from './recomputing.ts'

let now = new Date('2027-01-11T08:00:00Z')
const clock = { now: () => now }
const server = await testServer({ clock })
const { db } = server
await promiseAnswers(db)
const karim = await freshStaff(server, 'support', now)
const claire = await freshStaff(server, 'administrator', now)

/** Copies of one ticket, with its log: what a busy desk has open. */
async function manyLike(id: string, count: number): Promise<void> {
  const admin = new pg.Client({ connectionString: server.database.adminUrl })
  await admin.connect()
  try {
    await admin.query(
      `with copies as (
         insert into tickets (subject, channel, opened_at, last_message_at, requester_name, requester_email, clocks, due_at, warns_at)
         select subject, channel, opened_at, last_message_at, requester_name, requester_email, clocks, due_at, warns_at
         from tickets, generate_series(1, $2) where id = $1 returning id)
       insert into ticket_events (ticket_id, at, kind, actor_label, data)
       select copies.id, at, kind, actor_label, data from copies, ticket_events where ticket_id = $1`,
      [id, count],
    )
  } finally {
    await admin.end()
  }
}

/** Of every open ticket: when it is due as its row says, and as its log says. */
async function rowsAndLogs() {
  const rows = await db
    .selectFrom('tickets')
    .select(['id', 'dueAt'])
    .where('status', '<>', 'resolved')
    .execute()
  const logs = Map.groupBy(
    await logsOf(
      db,
      rows.map(({ id }) => id),
    ),
    ({ ticketId }) => ticketId,
  )
  const agreements = await agreementAt(db)
  return rows.map(({ id, dueAt }) => ({
    row: dueAt?.getTime() ?? null,
    log: clocksOf(toldToClocks(logs.get(id)!), agreements, now.getTime()).nextEscalation?.due ?? null,
  }))
}

test('a calendar is edited while tickets are worked out anew and agents write: nobody fails, and every row says what its log says', async () => {
  const first = await called(karim)
  await manyLike(first.id, 1_200)
  const ids = (await db.selectFrom('tickets').select('id').limit(40).execute()).map(({ id }) => id)
  const { calendars } = await claire.call(getPromises)
  const edit = (day: string) =>
    claire.call(saveSlaCalendar, {
      body: {
        id: calendars[0]!.id,
        name: 'Bureau',
        territory: 'national',
        calendar: { ...officeHours, overrides: { [day]: [] } },
      },
    })
  now = new Date('2027-01-11T08:01:00Z')
  await edit('2027-01-11')
  now = new Date('2027-01-11T08:02:00Z')
  const writes = ids.flatMap((id, place) =>
    place % 2 === 0
      ? [() => karim.call(setTicketWaiting, { params: { id }, body: { waiting: true, why: 'capture' } })]
      : [() => karim.call(updateTicket, { params: { id }, body: { revision: 1, priority: 'urgent' } })],
  )
  const agents = async () => {
    for (const write of writes) await write()
  }
  await Promise.all([recomputeOpen(db, clock), agents(), edit('2027-01-12'), recomputeOpen(db, clock)])
  await recomputeOpen(db, clock)
  const wrong = (await rowsAndLogs()).filter(({ row, log }) => row !== log)
  expect(wrong).toEqual([])
})

test('where an agent holds one ticket and wants another that is being worked out anew, the agent has it', async () => {
  const ids = (
    await db
      .selectFrom('tickets')
      .select('id')
      .where('status', '<>', 'resolved')
      .orderBy('id')
      .limit(200)
      .execute()
  ).map(({ id }) => id)
  const [wanted, held] = [ids[0]!, ids.at(-1)!]
  const agent = new pg.Client({ connectionString: server.database.appUrl })
  await agent.connect()
  try {
    await agent.query('begin')
    await agent.query('select from tickets where id = $1 for update', [held])
    const working = recomputeOpen(db, clock)
    // Until the work waits for what the agent holds, with what the agent wants in its hands.
    await expect.poll(async () => (await isFree(wanted)) === false, { timeout: 20_000 }).toBe(true)
    await agent.query('select from tickets where id = $1 for update', [wanted])
    await agent.query('commit')
    expect(await working).toBeGreaterThan(1_000)
  } finally {
    await agent.end()
  }
})

async function isFree(id: string): Promise<boolean> {
  const rows = await db
    .selectFrom('tickets')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .skipLocked()
    .execute()
  return rows.length === 1
}
