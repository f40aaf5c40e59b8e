import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createClient } from '#contract/clients'
import {
  followTicket,
  getTicket,
  markTicketRead,
  openTicket,
  reopenTicket,
  resolveTicket,
  setTicketWaiting,
  snoozeTicket,
  updateTicket,
  type Ticket,
} from '#contract/support'
import type { CentralDb } from '#platform/server/db.ts'
import { openNewsDesk, type Whisper } from '#platform/server/news.ts'
import { openLog } from '#platform/server/log.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { freshStaff, type TestStaff } from '../../../../tests/harness/impersonation.ts'
import { called, promiseAnswers } from '../../../../tests/harness/support.ts'
import { tenancyServer, type TestPractice } from '../../../../tests/harness/tenants.ts'
import { change } from './changing.ts'
import { happened } from './happening.ts'
import { lockTicket } from './lock.ts'

/** A Monday, 9:00 in Paris. */
const monday = new Date('2026-11-23T08:00:00Z')
let now = monday
const clock = { now: () => now }
const later = (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000))

const server = await tenancyServer({ clock })
let karim: TestStaff
let lea: TestStaff
let practice: TestPractice
beforeAll(async () => {
  await promiseAnswers(server.db)
  karim = await freshStaff(server, 'support', monday)
  lea = await freshStaff(server, 'administrator', monday)
  // The clock leaps by hours while nobody asks anything: that ends no session of theirs.
  await server.db
    .updateTable('staffSessions')
    .set({ lastSeenAt: new Date(monday.getTime() + 12 * 3_600_000) })
    .where('id', 'in', [karim.sessionId, lea.sessionId])
    .execute()
  practice = await server.openPractice('Odile Perrin')
}, 60_000)
beforeEach(() => (now = monday))

const read = ({ id }: Pick<Ticket, 'id'>, as = karim) => as.call(getTicket, { params: { id } })
const update = ({ id, revision }: Ticket, body: object, as = karim) =>
  as.call(updateTicket, { params: { id }, body: { revision, ...body } })
const kinds = async (ticket: Ticket) => (await read(ticket)).events.map(({ kind }) => kind)

describe('a ticket that somebody called about', () => {
  test('is new, theirs, read by who put it down, and due when the promise says', async () => {
    const ticket = await called(karim, { priority: 'urgent' })
    expect(ticket).toMatchObject({
      status: 'new',
      channel: 'staff',
      priority: 'urgent',
      waiting: false,
      unread: false,
      requester: { name: 'Odile Perrin', email: 'odile.perrin@example.com', memberId: null },
      client: null,
      assignee: null,
      progress: 0,
      dueAt: '2026-11-23T08:30:00.000Z',
      warnsAt: '2026-11-23T08:24:00.000Z',
      breached: false,
      revision: 1,
    })
    expect(
      ticket.targets.map(({ name, state, remainingSeconds }) => [name, state, remainingSeconds]),
    ).toEqual([
      ['firstResponse', 'running', 1_800],
      ['resolution', 'running', 14_400],
    ])
    expect((await read(ticket, lea)).unread).toBe(true)
    const said = await server.db
      .selectFrom('ticketMessages')
      .selectAll()
      .where('ticketId', '=', ticket.id)
      .execute()
    expect(said).toMatchObject([
      { kind: 'customer', byName: 'Odile Perrin', body: 'Depuis ce matin, l’agenda reste blanc.' },
    ])
  })

  test('for a client is for their practice, and for the member of that address', async () => {
    const { email } = practice.holder
    const ticket = await called(karim, { clientId: practice.clientId, requesterEmail: email.toUpperCase() })
    expect(ticket).toMatchObject({
      client: { id: practice.clientId },
      tenant: { id: practice.tenantId },
      requester: { email, memberId: practice.holder.memberId },
    })
  })

  test('is refused for a client there is none of, and for an address that is none', async () => {
    const body = {
      subject: 'Bonjour',
      body: 'Bonjour',
      requesterName: 'Luc',
      requesterEmail: 'luc@example.com',
    }
    const nobody = await karim.refused(openTicket, { body: { ...body, clientId: crypto.randomUUID() } })
    expect(nobody.fields).toMatchObject([{ path: 'clientId', code: 'ticket_client_unknown' }])
    const nowhere = await karim.refused(openTicket, { body: { ...body, requesterEmail: 'luc' } })
    expect(nowhere.fields).toMatchObject([{ path: 'requesterEmail', code: 'email_invalid' }])
  })

  test('that is not there is not found, whatever is asked of it', async () => {
    const params = { id: crypto.randomUUID() }
    expect((await karim.refused(getTicket, { params })).status).toBe(404)
    expect((await karim.refused(resolveTicket, { params })).status).toBe(404)
    expect((await karim.refused(updateTicket, { params, body: { revision: 1 } })).status).toBe(404)
  })

  test('is read by auditors, who change nothing but what they have read', async () => {
    const ticket = await called(karim)
    const auditor = await freshStaff(server, 'auditor', now)
    const { id } = await read(ticket, auditor)
    expect((await auditor.refused(resolveTicket, { params: { id } })).status).toBe(403)
    await auditor.call(markTicketRead, { params: { id }, body: { read: true } })
  })
})

describe('fields', () => {
  test('save themselves one by one: the log has what stood before, and the ticket tells by whom', async () => {
    const before = await called(karim)
    const after = await update(before, {
      subject: 'Agenda blanc',
      tags: ['agenda', 'Agenda', 'écran'],
      progress: 40,
    })
    expect(after).toMatchObject({ subject: 'Agenda blanc', progress: 40, status: 'new', revision: 2 })
    expect(after.tags).toEqual(['agenda', 'écran'])
    expect(await kinds(after)).toEqual(['opened', 'subject_changed', 'progress_changed', 'tags_changed'])
    expect(await entriesOf(server, { verb: 'ticket.updated', object: before.id })).toMatchObject([
      {
        actorId: karim.staffId,
        // What it is about can be forgotten, and this log forgets nothing.
        before: expect.not.objectContaining({ subject: expect.anything() }),
        after: { subjectChanged: true, progress: 40, tags: ['agenda', 'écran'] },
      },
    ])
    expect((await update(after, { tags: ['ECRAN', 'AGENDA'] })).tags).toEqual(['agenda', 'ECRAN'])
  })

  test('that stay as they are change nothing, not even which state it is', async () => {
    const ticket = await called(karim)
    const same = await update(ticket, {
      subject: ticket.subject,
      priority: ticket.priority,
      tags: [],
      assigneeId: null,
    })
    expect(same.revision).toBe(ticket.revision)
    expect(await kinds(ticket)).toEqual(['opened'])
  })

  test('saved by two at once: the second is shown what stands now, and nothing of theirs is saved', async () => {
    const ticket = await called(karim)
    await update(ticket, { priority: 'high' })
    const { id, revision } = ticket
    const refused = await lea.refused(updateTicket, {
      params: { id },
      body: { revision, priority: 'low', subject: 'Autre chose' },
    })
    expect(refused).toMatchObject({
      status: 409,
      code: 'ticket_changed',
      details: { current: { revision: 2, priority: 'high', subject: ticket.subject } },
    })
    expect(await read(ticket)).toMatchObject({ priority: 'high', subject: ticket.subject })
  })

  test('a new priority brings new due dates, from the opening on', async () => {
    const ticket = await called(karim)
    expect(ticket.dueAt).toBe('2026-11-23T13:00:00.000Z')
    later(20)
    const urgent = await update(ticket, { priority: 'urgent' })
    expect(urgent.dueAt).toBe('2026-11-23T08:30:00.000Z')
  })

  test('whoever gets it has begun on it', async () => {
    const ticket = await update(await called(karim), { assigneeId: karim.staffId })
    expect(ticket).toMatchObject({ status: 'in_progress', assignee: { id: karim.staffId } })
    const { name } = ticket.assignee!
    expect((await read(ticket)).events.at(-1)).toMatchObject({
      kind: 'assigned',
      data: { from: null, to: name },
    })
    expect(await entriesOf(server, { verb: 'ticket.updated', object: ticket.id })).toMatchObject([
      { before: { assigneeId: null, assignee: null }, after: { assigneeId: karim.staffId, assignee: name } },
    ])
  })

  test('nobody gets it who may not answer it', async () => {
    const { id, revision } = await called(karim)
    const auditor = await freshStaff(server, 'auditor', now)
    for (const assigneeId of [auditor.staffId, crypto.randomUUID()])
      expect(
        await karim.refused(updateTicket, { params: { id }, body: { revision, assigneeId } }),
      ).toMatchObject({
        status: 422,
        code: 'ticket_cannot_assign',
      })
    const nowhere = { revision, teamId: crypto.randomUUID() }
    expect((await karim.refused(updateTicket, { params: { id }, body: nowhere })).fields).toMatchObject([
      { path: 'teamId', code: 'ticket_team_unknown' },
    ])
  })

  test('another client brings their practice, unless somebody of a practice asked', async () => {
    const theirs = await update(await called(karim), { clientId: practice.clientId })
    expect(theirs.tenant?.id).toBe(practice.tenantId)
    const { id } = await lea.call(createClient, {
      body: {
        kind: 'practitioner',
        status: 'prospect',
        lastName: 'Vial',
        email: `vial${Date.now()}@example.com`,
      },
    })
    expect((await update(theirs, { clientId: id })).tenant).toBe(null)
    const asked = await called(karim, { clientId: practice.clientId, requesterEmail: practice.holder.email })
    expect((await update(asked, { clientId: id })).tenant?.id).toBe(practice.tenantId)
  })
})

describe('waiting, resolving, opening again, putting off', () => {
  const wait = ({ id }: Ticket, waiting: boolean, why = '') =>
    karim.call(setTicketWaiting, { params: { id }, body: { waiting, why } })
  const resolve = ({ id }: Ticket) => karim.call(resolveTicket, { params: { id } })
  const reopen = ({ id }: Ticket) => karim.call(reopenTicket, { params: { id } })

  test('while the customer is waited for nothing is due, and what is left stands still', async () => {
    const ticket = await called(karim, { priority: 'urgent' })
    later(10)
    const waiting = await wait(ticket, true, 'capture d’écran demandée')
    expect(waiting).toMatchObject({ status: 'in_progress', waiting: true, dueAt: null, warnsAt: null })
    later(120)
    const still = await read(ticket)
    expect(still.targets).toMatchObject([{ state: 'paused', remainingSeconds: 1_200 }, { state: 'paused' }])
    expect(still.events.at(-1)).toMatchObject({
      kind: 'waiting_set',
      data: { why: 'capture d’écran demandée' },
    })
    expect(await wait(ticket, false)).toMatchObject({ waiting: false, dueAt: '2026-11-23T10:30:00.000Z' })
  })

  test('resolving settles what is owed, ends the waiting, and says nothing is due', async () => {
    const ticket = await wait(await called(karim), true)
    later(30)
    const resolved = await resolve(ticket)
    expect(resolved).toMatchObject({
      status: 'resolved',
      waiting: false,
      progress: 0,
      dueAt: null,
      resolvedAt: now.toISOString(),
    })
    expect(resolved.targets.map(({ state }) => state)).toEqual(['met', 'met'])
  })

  test('two who resolve it at once resolve it once', async () => {
    const { id } = await called(karim)
    const replies = await Promise.all(
      [karim, lea].map((agent) => agent.ask(resolveTicket, { params: { id } })),
    )
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect((await read({ id })).events.filter(({ kind }) => kind === 'resolved')).toHaveLength(1)
    expect(await entriesOf(server, { verb: 'ticket.resolved', object: id, result: 'done' })).toHaveLength(1)
  })

  test('what is resolved does not wait, and is not resolved again; what is not is not opened again', async () => {
    const ticket = await called(karim)
    const { id } = ticket
    expect((await karim.refused(reopenTicket, { params: { id } })).code).toBe('ticket_not_resolved')
    await resolve(ticket)
    expect((await karim.refused(resolveTicket, { params: { id } })).code).toBe('ticket_resolved')
    const waiting = { params: { id }, body: { waiting: true } }
    expect((await karim.refused(setTicketWaiting, waiting)).code).toBe('ticket_resolved')
  })

  test('opened again its clocks go on where they stood', async () => {
    const ticket = await called(karim, { priority: 'urgent' })
    later(20)
    await resolve(ticket)
    later(120)
    const again = await reopen(ticket)
    expect(again).toMatchObject({ status: 'in_progress', resolvedAt: null })
    expect(again.targets.find(({ name }) => name === 'resolution')).toMatchObject({
      state: 'running',
      remainingSeconds: 14_400 - 1_200,
    })
  })

  test('put off it is hidden until then, its clocks running on; resolving it ends that', async () => {
    const ticket = await called(karim)
    const { id } = ticket
    const until = '2026-11-30T08:00:00.000Z'
    const snoozed = await karim.call(snoozeTicket, { params: { id }, body: { until } })
    expect(snoozed).toMatchObject({ snoozedUntil: until, dueAt: ticket.dueAt })
    expect((await resolve(ticket)).snoozedUntil).toBe(null)
  })

  test.for(['2026-11-23T08:00:00Z', '2020-01-01T00:00:00Z', '2027-11-25T08:00:00Z'])(
    'nothing is put off until %s',
    async (until) => {
      const { id } = await called(karim)
      expect(await karim.refused(snoozeTicket, { params: { id }, body: { until } })).toMatchObject({
        status: 422,
        code: 'ticket_snooze_wrong',
      })
    },
  )

  test('an answer settles the first promise, and too late a one is said for good', async () => {
    const ticket = await called(karim, { priority: 'urgent' })
    later(45)
    expect((await read(ticket)).breached).toBe(true)
    const by = { staffId: karim.staffId, label: 'Karim Benali' }
    const answer = async (db: CentralDb) => {
      const held = await lockTicket(db, ticket.id)
      await happened(db, { clock }, held.id, [{ kind: 'agent_reply', by }])
      await change(db, { clock }, held, { status: 'taken_up' }, by)
    }
    await server.db.transaction().execute(answer)
    const answered = await read(ticket)
    expect(answered).toMatchObject({
      status: 'in_progress',
      breached: true,
      dueAt: '2026-11-23T13:00:00.000Z',
    })
    expect(answered.targets[0]).toMatchObject({
      name: 'firstResponse',
      state: 'breached',
      settledAt: now.toISOString(),
    })
    const { firstRespondedAt } = await server.db
      .selectFrom('tickets')
      .select('firstRespondedAt')
      .where('id', '=', ticket.id)
      .executeTakeFirstOrThrow()
    expect(firstRespondedAt).toEqual(now)
  })
})

describe('for oneself', () => {
  test('one follows a ticket, and no longer', async () => {
    const { id } = await called(karim)
    const follow = (following: boolean) => lea.call(followTicket, { params: { id }, body: { following } })
    expect((await follow(true)).followers.map((one) => one.id)).toEqual([lea.staffId])
    expect((await follow(true)).followers).toHaveLength(1)
    expect((await follow(false)).followers).toEqual([])
  })

  test('one marks it read or unread, for nobody else', async () => {
    const ticket = await called(karim)
    const mark = (as: TestStaff, isRead: boolean) =>
      as.call(markTicketRead, { params: { id: ticket.id }, body: { read: isRead } })
    await mark(lea, true)
    expect((await read(ticket, lea)).unread).toBe(false)
    await mark(karim, false)
    expect((await read(ticket, karim)).unread).toBe(true)
    expect((await read(ticket, lea)).unread).toBe(false)
  })
})

test('the practice hears that something changed which it may see, and so does the team', async () => {
  const desk = openNewsDesk(server.database.appUrl, openLog('silent'))
  const heard: Whisper[] = []
  desk.subscribe((whisper) => whisper && heard.push(whisper))
  try {
    const ticket = await called(karim, { clientId: practice.clientId })
    await expect
      .poll(async () => {
        await karim.call(markTicketRead, { params: { id: ticket.id }, body: { read: true } })
        return heard.length
      })
      .toBeGreaterThan(0)
    heard.length = 0
    await update(ticket, { progress: 50 })
    const about = { id: ticket.id }
    await expect
      .poll(() => heard)
      .toContainEqual({ topic: 'own-tickets', ...about, tenant: practice.tenantId, needs: 'cabinet.read' })
    await expect.poll(() => heard).toContainEqual({ topic: 'tickets', ...about, needs: 'tickets.read' })
  } finally {
    await desk.close()
  }
})
