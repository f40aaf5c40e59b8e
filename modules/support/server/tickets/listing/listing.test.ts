import { beforeAll, describe, expect, test } from 'vitest'
import {
  getQueueCounts,
  getTicketChoices,
  listTickets,
  markTicketRead,
  resolveTicket,
  setTicketWaiting,
  snoozeTicket,
  ticketSorts,
  updateTicket,
  type Ticket,
} from '#contract/support'
import { cursorOf } from '#platform/server/cursors.ts'
import { freshStaff, type TestStaff } from '../../../../../tests/harness/impersonation.ts'
import { testServer } from '../../../../../tests/harness/server.ts'
import { called, promiseAnswers } from '../../../../../tests/harness/support.ts'

/** A Monday, 9:00 in Paris. */
let now = new Date('2026-11-23T08:00:00Z')
const server = await testServer({ clock: { now: () => now } })
let karim: TestStaff
let lea: TestStaff
const tickets = new Map<string, Ticket>()
const idOf = (subject: string) => tickets.get(subject)!.id

/** Karim and Léa of the team, and what stands on their desks this Monday. */
beforeAll(async () => {
  await promiseAnswers(server.db)
  karim = await freshStaff(server, 'support', now)
  lea = await freshStaff(server, 'administrator', now)
  const { id: teamId } = await server.db
    .insertInto('supportTeams')
    .values({ name: 'Facturation' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await server.db.insertInto('supportTeamMembers').values({ teamId, staffId: karim.staffId }).execute()

  const open = async (subject: string, over: Parameters<typeof called>[1] = {}, fields?: object) => {
    now = new Date(now.getTime() + 1_000)
    const ticket = await called(lea, { subject, ...over })
    const { id, revision } = ticket
    tickets.set(
      subject,
      fields ? await lea.call(updateTicket, { params: { id }, body: { revision, ...fields } }) : ticket,
    )
    return { id }
  }
  await open('Agenda blanc', { priority: 'urgent' }, { assigneeId: karim.staffId, tags: ['agenda'] })
  await open('Facture introuvable', { topic: 'billing', body: 'Où est la facture d’été ?' }, { teamId })
  await open('Mot de passe', {
    priority: 'high',
    requesterName: 'Zoé D’Aubigné',
    requesterEmail: 'zoe@exemple.fr',
  })
  const waiting = await open('Export demandé', { priority: 'low' }, { assigneeId: karim.staffId })
  await lea.call(setTicketWaiting, { params: waiting, body: { waiting: true } })
  const snoozed = await open('À revoir en décembre')
  await lea.call(snoozeTicket, { params: snoozed, body: { until: '2026-12-01T08:00:00Z' } })
  const resolved = await open('Merci', { priority: 'low' })
  await lea.call(resolveTicket, { params: resolved })
  const gone = await open('Publicité')
  await server.db.updateTable('tickets').set({ trashedAt: now }).where('id', '=', gone.id).execute()
  now = new Date('2026-11-23T08:28:00Z')
}, 60_000)

const list = (query: Parameters<typeof karim.call<typeof listTickets>>[1]['query'] = {}, as = karim) =>
  as.call(listTickets, { query })
const subjects = async (...asked: Parameters<typeof list>) =>
  (await list(...asked)).rows.map(({ subject }) => subject)

test('a queue begins with what is due first; what nothing is promised of comes last', async () => {
  const { rows, total, totalIsExact, next } = await list()
  expect(rows.map(({ subject }) => subject)).toEqual([
    'Agenda blanc',
    'Mot de passe',
    'Facture introuvable',
    'Export demandé',
  ])
  expect({ total, totalIsExact, next }).toEqual({ total: 4, totalIsExact: true, next: null })
  const { dueAt: _, warnsAt: __, ...blank } = rows[0]!
  expect(blank).toEqual({
    id: idOf('Agenda blanc'),
    number: tickets.get('Agenda blanc')!.number,
    subject: 'Agenda blanc',
    status: 'in_progress',
    waiting: false,
    priority: 'urgent',
    topic: 'question',
    requester: 'Odile Perrin',
    client: null,
    assignee: { id: karim.staffId, name: expect.any(String) },
    team: null,
    tags: ['agenda'],
    progress: 0,
    unread: true,
    openedAt: expect.any(String),
    lastMessageAt: expect.any(String),
    snoozedUntil: null,
    breached: false,
    trashed: null,
  })
})

test.for([
  [{ queue: 'mine' }, ['Agenda blanc', 'Export demandé']],
  [{ queue: 'team' }, ['Facture introuvable']],
  [{ queue: 'unassigned' }, ['Mot de passe', 'Facture introuvable']],
  [{ queue: 'soon' }, ['Agenda blanc']],
  [{ queue: 'waiting' }, ['Export demandé']],
  [{ queue: 'resolved' }, ['Merci']],
  [{ queue: 'unassigned', snoozed: 'yes' }, ['Mot de passe', 'Facture introuvable', 'À revoir en décembre']],
  [{ priority: 'high' }, ['Mot de passe']],
  [{ topic: 'billing' }, ['Facture introuvable']],
  [{ tag: 'AGENDA' }, ['Agenda blanc']],
  [{ status: 'in_progress' }, ['Agenda blanc', 'Export demandé']],
  [
    { queue: 'all', sort: 'opened', status: 'new' },
    ['Facture introuvable', 'Mot de passe', 'À revoir en décembre'],
  ],
] as const)('%o shows %o', async ([query, expected]) => {
  expect(await subjects(query)).toEqual(expected)
})

test('what is due is overdue from that very instant on, though nothing happened to it', async () => {
  const blank = async () => (await list({ queue: 'mine' })).rows[0]
  expect(await blank()).toMatchObject({ subject: 'Agenda blanc', breached: false })
  const before = now
  now = new Date('2026-11-23T08:30:01Z')
  expect(await blank()).toMatchObject({ subject: 'Agenda blanc', breached: true })
  expect((await karim.call(getQueueCounts)).breached).toBe(1)
  now = before
})

describe('words find', () => {
  test.for([
    ['facture ete', ['Facture introuvable']],
    ['factures', ['Facture introuvable']],
    ['d’aubigne', ['Mot de passe']],
    ['ZOE@exemple', ['Mot de passe']],
    ['expor', []],
  ] as const)('%s: %o', async ([q, expected]) => {
    expect(await subjects({ queue: 'all', q, sort: 'last' })).toEqual(expected)
  })

  test.for(['#', ''])('a number, written %s12', async (sign) => {
    const { number } = tickets.get('Merci')!
    expect(await subjects({ queue: 'all', q: `${sign}${number}` })).toContain('Merci')
  })

  test('nothing of what means something to a pattern', async () => {
    expect(await subjects({ queue: 'all', q: '%_\\' })).toEqual([])
  })
})

test('for each order, in both directions, pages follow one another without a gap and without anything twice', async () => {
  const ways = ticketSorts.flatMap((sort) => [{ sort }, { sort, q: 'perrin' }])
  for (const way of ways) {
    const query = { queue: 'all', ...way } as const
    const whole = (await list(query)).rows.map(({ id }) => id)
    expect(whole.length).toBeGreaterThan(4)
    for (const limit of [1, 2, 5]) {
      const turned: string[] = []
      let after: string | undefined
      do {
        const page = await list({ ...query, limit, ...(after ? { after } : {}) })
        turned.push(...page.rows.map(({ id }) => id))
        after = page.next ?? undefined
      } while (after)
      expect(turned, `${JSON.stringify(way)}, ${limit} a page`).toEqual(whole)
    }
  }
})

const place = { sort: 'due', key: null, id: '0198c5d2-0000-7000-8000-000000000000' }
test.for([
  ['of another order', cursorOf({ ...place, sort: 'last', key: '2026-02-27T08:33:00.000000Z' })],
  ['at a moment that is none', cursorOf({ ...place, key: 'infinity' })],
  ['of nothing', cursorOf({})],
])('a cursor %s is refused, by the name of its parameter', async ([, after]) => {
  expect(await karim.refused(listTickets, { query: { after } })).toMatchObject({
    status: 400,
    fields: [{ in: 'query', path: 'after', code: 'cursor_invalid' }],
  })
})

test('the figures of queues are those of their lists', async () => {
  const counts = await karim.call(getQueueCounts)
  for (const queue of ['mine', 'team', 'unassigned', 'soon', 'waiting', 'open', 'resolved', 'all'] as const)
    expect([queue, counts.queues[queue]]).toEqual([queue, (await list({ queue })).total])
  expect(counts.unread).toBe((await list({ unread: 'yes' })).total)
  await karim.call(markTicketRead, { params: { id: idOf('Agenda blanc') }, body: { read: true } })
  expect((await karim.call(getQueueCounts)).unread).toBe(counts.unread - 1)
  expect(await subjects({ unread: 'yes', queue: 'mine' })).toEqual(['Export demandé'])
})

test('tickets are given to whoever may answer them, and marked with words in use', async () => {
  const { agents, teams, tags } = await karim.call(getTicketChoices)
  expect(teams).toEqual([{ id: expect.any(String), name: 'Facturation' }])
  expect(agents.find(({ id }) => id === karim.staffId)?.teams).toEqual([teams[0]!.id])
  expect(agents.find(({ id }) => id === lea.staffId)?.teams).toEqual([])
  const auditor = await freshStaff(server, 'auditor', now)
  expect(agents.map(({ id }) => id)).not.toContain(auditor.staffId)
  expect(tags).toEqual(['agenda'])
})

test('nobody sees a queue without a session', async () => {
  expect((await server.anybody.refused(listTickets, { query: {} })).status).toBe(401)
})
