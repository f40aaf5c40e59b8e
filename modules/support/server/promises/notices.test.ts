import { beforeAll, expect, test } from 'vitest'
import {
  acknowledgeAlerts,
  addTicketNote,
  getQueueCounts,
  listAlerts,
  listTickets,
  markTicketRead,
  snoozeTicket,
  undoTicketChange,
  updateTicket,
  type Ticket,
} from '#contract/support'
import { freshStaff, type TestStaff } from '../../../../tests/harness/impersonation.ts'
import { called } from '../../../../tests/harness/support.ts'
import { tenancyServer } from '../../../../tests/harness/tenants.ts'
import { insertMessage } from '../conversation/queries.ts'

let now = new Date('2026-11-23T08:00:00Z')
const later = (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000))
const server = await tenancyServer({ clock: { now: () => now } })
let karim: TestStaff
let lea: TestStaff
beforeAll(async () => {
  karim = await freshStaff(server, 'support', now)
  lea = await freshStaff(server, 'administrator', now)
}, 60_000)

const bell = async (as = karim) => {
  const { unseen, notices } = await as.call(listAlerts)
  return { unseen, told: notices.map(({ kind, by, ticket, seen }) => [kind, by, ticket.number, seen]) }
}
const give = ({ id, revision }: Ticket, assigneeId: string | null) =>
  lea.call(updateTicket, { params: { id }, body: { revision, assigneeId } })
const note = (ticket: Ticket, body: string) =>
  lea.call(addTicketNote, { params: { id: ticket.id }, body: { body, mentions: [karim.staffId] } })

test('the bell tells of a mention, an assignment and a client’s answer, until one has looked', async () => {
  const ticket = await called(lea)
  later(1)
  await note(ticket, 'Tu peux regarder ?')
  later(1)
  await give(ticket, karim.staffId)
  later(1)
  await insertMessage(server.db, {
    ticketId: ticket.id,
    kind: 'customer',
    byName: 'Odile Perrin',
    body: 'Et maintenant ?',
    writtenAt: now,
  })
  await server.db.updateTable('tickets').set({ lastMessageAt: now }).where('id', '=', ticket.id).execute()
  expect(await bell()).toEqual({
    unseen: 3,
    told: [
      ['answered', 'Odile Perrin', ticket.number, false],
      ['assigned', expect.any(String), ticket.number, false],
      ['mentioned', expect.any(String), ticket.number, false],
    ],
  })
  // Nobody is told of what they did themselves, or of what concerns others.
  expect(await bell(lea)).toEqual({ unseen: 0, told: [] })
  later(1)
  await karim.call(markTicketRead, { params: { id: ticket.id }, body: { read: true } })
  expect((await bell()).unseen).toBe(0)
  later(1)
  await note(ticket, 'Encore une chose.')
  expect((await bell()).unseen).toBe(1)
  later(1)
  await karim.call(acknowledgeAlerts, { body: { ticketId: null } })
  expect((await bell()).unseen).toBe(0)
})

test('an assignment that was undone, or given on since, is no news', async () => {
  const [one, other] = [await called(lea), await called(lea)]
  later(1)
  const given = await give(one, karim.staffId)
  await give(await give(other, karim.staffId), null)
  const { revision } = given
  await lea.call(undoTicketChange, { params: { id: one.id }, body: { revision } })
  const numbers = (await bell()).told.map(([, , number]) => number)
  expect(numbers).not.toContain(one.number)
  expect(numbers).not.toContain(other.number)
})

test('what is put off stands in a queue of its own, and in no other of the open ones', async () => {
  const ticket = await called(karim)
  const counts = async () => (await karim.call(getQueueCounts)).queues
  const before = await counts()
  await karim.call(snoozeTicket, { params: { id: ticket.id }, body: { until: '2026-12-01T08:00:00.000Z' } })
  const after = await counts()
  expect([after.snoozed, after.open]).toEqual([before.snoozed + 1, before.open - 1])
  const { rows, total } = await karim.call(listTickets, { query: { queue: 'snoozed' } })
  expect(rows.map(({ id }) => id)).toContain(ticket.id)
  expect(total).toBe(after.snoozed)
  const open = await karim.call(listTickets, { query: { queue: 'open', limit: 200 } })
  expect(open.rows.map(({ id }) => id)).not.toContain(ticket.id)
})
