import { beforeAll, beforeEach, expect, test } from 'vitest'
import {
  addMacro,
  applyMacro,
  getReport,
  getTicket,
  getTicketDrafts,
  listTicketMessages,
  reopenTicket,
  resolveTicket,
  snoozeTicket,
  undoTicketChange,
  updateTicket,
  type Ticket,
} from '#contract/support'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { freshStaff, type TestStaff } from '../../../../tests/harness/impersonation.ts'
import { called, promiseAnswers } from '../../../../tests/harness/support.ts'
import { tenancyServer } from '../../../../tests/harness/tenants.ts'

/** A Monday, 9:00 in Paris. */
const monday = new Date('2026-11-23T08:00:00Z')
let now = monday
const later = (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000))

const server = await tenancyServer({ clock: { now: () => now } })
let karim: TestStaff
let lea: TestStaff
beforeAll(async () => {
  await promiseAnswers(server.db)
  karim = await freshStaff(server, 'support', monday)
  lea = await freshStaff(server, 'administrator', monday)
}, 60_000)
beforeEach(() => (now = monday))

const undo = ({ id, revision }: Ticket, as = karim) =>
  as.call(undoTicketChange, { params: { id }, body: { revision } })
const refusedUndo = ({ id, revision }: Ticket, as = karim) =>
  as.refused(undoTicketChange, { params: { id }, body: { revision } })
const read = ({ id }: Pick<Ticket, 'id'>) => karim.call(getTicket, { params: { id } })
const resolve = ({ id }: Ticket) => karim.call(resolveTicket, { params: { id } })
const rowOf = ({ id }: Ticket) =>
  server.db
    .selectFrom('tickets')
    .select([
      'status',
      'dueAt',
      'warnsAt',
      'breached',
      'resolvedAt',
      'reopenings',
      'firstResponseKept',
      'firstResponseSeconds',
      'resolutionKept',
    ])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

test('what was resolved by mistake is as new as it was: status, clocks and figures', async () => {
  const ticket = await called(karim, { priority: 'urgent' })
  const before = await rowOf(ticket)
  later(5)
  const resolved = await resolve(ticket)
  expect(resolved.targets.find(({ name }) => name === 'firstResponse')).toMatchObject({
    settledBy: 'resolution',
  })
  later(1)
  const { ticket: after } = await undo(resolved)
  expect(after).toMatchObject({ status: 'new', resolvedAt: null, dueAt: ticket.dueAt })
  expect(after.targets.map(({ name, state, settledBy }) => [name, state, settledBy])).toEqual([
    ['firstResponse', 'running', null],
    ['resolution', 'running', null],
  ])
  // The clock never stood still: six minutes are gone.
  expect(after.targets[0]?.remainingSeconds).toBe(1_800 - 360)
  expect(await rowOf(ticket)).toEqual(before)
  expect((await read(ticket)).events.map(({ kind }) => kind)).toEqual(['opened', 'resolved', 'undone'])
  expect(await entriesOf(server, { verb: 'ticket.change_undone', object: ticket.id })).toMatchObject([
    { actorId: karim.staffId, after: { undone: ['resolved'] } },
  ])
})

test('what was late is as late as it was, and no report counts it as reopened, resolved or kept', async () => {
  const span = { from: '2026-11-23', until: '2026-11-23' }
  const report = () => karim.call(getReport, { query: span })
  const ticket = await called(karim, { priority: 'urgent' })
  later(60)
  const [row, counted] = [await rowOf(ticket), await report()]
  await undo(await resolve(ticket))
  // What was late since the row was last written stands in it now.
  expect(await rowOf(ticket)).toEqual({ ...row, breached: true, firstResponseKept: false })
  expect(await report()).toEqual(counted)
})

test('a resolution without an answer keeps no promise of one', async () => {
  const ticket = await called(karim, { priority: 'urgent' })
  await resolve(ticket)
  expect(await rowOf(ticket)).toMatchObject({ firstResponseKept: null, resolutionKept: true })
  const late = await called(karim, { priority: 'urgent' })
  later(31)
  await resolve(late)
  expect(await rowOf(late)).toMatchObject({ firstResponseKept: false })
})

test('whoever took a new ticket and gives it back leaves it new, tags and all', async () => {
  const { id, revision } = await called(karim)
  const taken = await karim.call(updateTicket, {
    params: { id },
    body: { revision, assigneeId: karim.staffId, tags: ['agenda'], priority: 'high', subject: 'Autre chose' },
  })
  expect(taken.status).toBe('in_progress')
  const { ticket } = await undo(taken)
  expect(ticket).toMatchObject({ status: 'new', assignee: null, tags: [], priority: 'normal' })
  expect(ticket.subject).not.toBe('Autre chose')
  // Once is enough.
  expect(await refusedUndo(ticket)).toMatchObject({ status: 409, code: 'ticket_not_undoable' })
})

test('what was put off until another day is so again', async () => {
  const ticket = await called(karim)
  const params = { id: ticket.id }
  const until = '2026-11-30T08:00:00.000Z'
  await karim.call(snoozeTicket, { params, body: { until } })
  const { ticket: back } = await undo(await karim.call(snoozeTicket, { params, body: { until: null } }))
  expect(back.snoozedUntil).toBe(until)
})

test('a macro is undone whole: its words, its note and what it changed', async () => {
  const macro = await karim.call(addMacro, {
    body: {
      title: 'Vu',
      actions: [
        { do: 'reply', body: 'Nous regardons.' },
        { do: 'note', body: 'À suivre.' },
        { do: 'assign', to: 'me' },
        { do: 'resolve' },
      ],
    },
  })
  const ticket = await called(karim)
  const { rows } = await karim.call(listTicketMessages, { params: { id: ticket.id } })
  const applied = await karim.call(applyMacro, {
    params: { id: ticket.id, macroId: macro.id },
    body: { revision: ticket.revision, seenMessageId: rows.at(-1)?.id ?? null, insists: true },
  })
  expect(applied.ticket).toMatchObject({ status: 'in_progress', assignee: { id: karim.staffId } })
  const { ticket: back, draft } = await undo(applied.ticket)
  expect(draft).toBe('Nous regardons.')
  expect(back).toMatchObject({ status: 'new', assignee: null, lastMessageAt: ticket.lastMessageAt })
  const said = await karim.call(listTicketMessages, { params: { id: ticket.id } })
  expect(said.rows.map(({ kind, takenBack }) => [kind, takenBack])).toEqual([
    ['customer', false],
    ['note', true],
    ['reply', true],
  ])
  expect((await karim.call(getTicketDrafts, { params: { id: ticket.id } })).reply).toBe('Nous regardons.')
})

test('once the words of a macro have left, it is undone no more', async () => {
  const macro = await karim.call(addMacro, {
    body: { title: 'Vu', actions: [{ do: 'reply', body: 'Nous regardons.' }] },
  })
  const ticket = await called(karim)
  const { rows } = await karim.call(listTicketMessages, { params: { id: ticket.id } })
  const applied = await karim.call(applyMacro, {
    params: { id: ticket.id, macroId: macro.id },
    body: { revision: ticket.revision, seenMessageId: rows.at(-1)?.id ?? null },
  })
  later(1)
  expect(await refusedUndo(applied.ticket)).toMatchObject({ code: 'ticket_not_undoable' })
})

test('nobody undoes what a colleague did, what was long ago, what was changed since, or a reopening', async () => {
  const ticket = await called(karim)
  const resolved = await resolve(ticket)
  expect(await refusedUndo(resolved, lea)).toMatchObject({ code: 'ticket_not_undoable' })
  expect(await refusedUndo(ticket)).toMatchObject({ code: 'ticket_changed' })
  const reopened = await karim.call(reopenTicket, { params: { id: ticket.id } })
  expect(await refusedUndo(reopened)).toMatchObject({ code: 'ticket_not_undoable' })
  const again = await resolve(reopened)
  later(11)
  expect(await refusedUndo(again)).toMatchObject({ code: 'ticket_not_undoable' })
})
