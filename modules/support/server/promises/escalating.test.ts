import { beforeEach, expect, test } from 'vitest'
import {
  getPromises,
  saveSlaPolicy,
  setTicketWaiting,
  updateTicket,
  type Escalation,
} from '#contract/support'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { lateTickets } from '../../../../tests/harness/late-tickets.ts'

const desk = await lateTickets()
const { at, clockAt, ticket, read, alertsOf, mails } = desk
const { db } = desk.server
beforeEach(desk.monday)

const policyOf = async () => (await desk.claire.call(getPromises)).policies[0]!

/** The standing policy does this from now on. */
async function escalate(...escalations: Escalation[]) {
  const { id, name, position, calendar, allowances } = await policyOf()
  const body = { id, name, position, calendarId: calendar.id, allowances, escalations }
  return desk.claire.call(saveSlaPolicy, { body })
}
const events = async (id: string) => (await read(id)).events.map(({ kind }) => kind)
const count = async (id: string, kind: string) => (await events(id)).filter((one) => one === kind).length

test('at the warning a ticket is raised, given on and marked, once, under the policy’s name', async () => {
  await escalate({
    when: 'warning',
    target: null,
    do: [
      { do: 'priority', priority: 'high' },
      { do: 'assign', to: desk.claire.staffId },
      { do: 'tag', add: ['à surveiller'] },
    ],
  })
  const { id } = await ticket({ tags: ['facture'] })
  await at('12:12')
  await at('12:13')
  const after = await read(id)
  expect(after).toMatchObject({ priority: 'high', assignee: { id: desk.claire.staffId } })
  expect(after.tags.toSorted()).toEqual(['facture', 'à surveiller'].toSorted())
  expect(after.events.filter(({ actor }) => actor === 'Standard').map(({ kind }) => kind)).toEqual([
    'escalated',
    'priority_changed',
    'assigned',
    'tags_changed',
  ])
  expect(await entriesOf(desk.server, { verb: 'ticket.escalated', object: id })).toMatchObject([
    {
      actorType: 'system',
      actorId: 'Standard',
      before: { priority: 'normal' },
      after: { priority: 'high', when: 'warning', target: 'firstResponse' },
    },
  ])
})

test('whoever is given a ticket by it is told, and so are who leads and who is named, the lead of the new team', async () => {
  await escalate({
    when: 'warning',
    target: 'firstResponse',
    do: [
      { do: 'team', to: desk.team },
      { do: 'tell', lead: true, people: [desk.claire.staffId] },
    ],
  })
  const { id } = await ticket({ teamId: null })
  await at('12:12')
  for (const person of [desk.karim, desk.lea, desk.claire]) {
    expect(await alertsOf(person)).toHaveLength(1)
    expect(await mails(person)).toHaveLength(1)
  }
  const [escalated] = (await read(id)).events.filter(({ kind }) => kind === 'escalated')
  expect(escalated?.data).toMatchObject({ when: 'warning', target: 'firstResponse' })
  expect(escalated?.data['told']).toHaveLength(2)
})

test('a priority is raised and never lowered; the due date it brings nearer begins nothing anew', async () => {
  await escalate(
    { when: 'warning', target: null, do: [{ do: 'priority', priority: 'high' }] },
    { when: 'breach', target: null, do: [{ do: 'priority', priority: 'urgent' }] },
  )
  const { id } = await ticket()
  const urgent = await ticket({ priority: 'urgent' })
  await at('12:12')
  for (const minute of ['12:13', '12:14', '13:31', '15:00', '17:59']) await at(minute)
  // Raised at the warning, which made it late, which raised it again; and there it ends: once a moment and a promise.
  expect((await read(id)).priority).toBe('urgent')
  expect(await count(id, 'priority_changed')).toBe(2)
  const moments = (await read(id)).events
    .filter(({ kind }) => kind === 'escalated')
    .map(({ data }) => `${String(data['when'])} ${String(data['target'])}`)
  expect(new Set(moments).size).toBe(moments.length)
  expect((await read(urgent.id)).priority).toBe('urgent')
  expect(await count(urgent.id, 'priority_changed')).toBe(1)
})

test('a pause that moves the due date takes no step twice', async () => {
  await escalate({ when: 'warning', target: 'firstResponse', do: [{ do: 'tag', add: ['retard'] }] })
  const { id } = await ticket()
  await at('12:12')
  await clockAt('12:20')
  await desk.karim.call(setTicketWaiting, { params: { id }, body: { waiting: true, why: 'capture' } })
  await at('15:00')
  await desk.karim.call(setTicketWaiting, { params: { id }, body: { waiting: false } })
  await at('15:01')
  expect(await count(id, 'escalated')).toBe(1)
})

test('who puts off the due date by hand is warned, and helped, when the new one comes near', async () => {
  await escalate({ when: 'warning', target: 'firstResponse', do: [{ do: 'tag', add: ['retard'] }] })
  const { id } = await ticket({ priority: 'high' })
  await at('09:48')
  const { revision } = await read(id)
  await desk.karim.call(updateTicket, { params: { id }, body: { revision, priority: 'normal' } })
  await at('09:49')
  expect(await count(id, 'escalated')).toBe(1)
  await at('12:12')
  expect(await count(id, 'escalated')).toBe(2)
})

test('nothing happens while support is closed, or while the customer is waited for', async () => {
  await escalate({ when: 'breach', target: null, do: [{ do: 'priority', priority: 'urgent' }] })
  const [open, waiting] = [await ticket(), await ticket()]
  await desk.karim.call(setTicketWaiting, {
    params: { id: waiting.id },
    body: { waiting: true, why: 'capture' },
  })
  await clockAt('17:00')
  await at('+1 08:59')
  expect(await events(open.id)).not.toContain('escalated')
  await at('+1 09:00')
  expect(await events(open.id)).toContain('escalated')
  expect(await events(waiting.id)).not.toContain('escalated')
})

test('what cannot be done any more is left out, and the rest is done', async () => {
  await escalate({
    when: 'warning',
    target: null,
    do: [
      { do: 'assign', to: desk.lea.staffId },
      { do: 'tag', add: ['retard'] },
      { do: 'tell', lead: false, people: [desk.lea.staffId] },
    ],
  })
  const { id } = await ticket()
  await clockAt('12:12')
  const suspended = (suspendedAt: Date | null) =>
    db.updateTable('staffMembers').set({ suspendedAt }).where('id', '=', desk.lea.staffId).execute()
  await suspended(desk.clock.now())
  await desk.mind()
  await suspended(null)
  expect(await read(id)).toMatchObject({ assignee: { id: desk.karim.staffId }, tags: ['retard'] })
})

test('a policy names people and teams that are there, and does each thing once', async () => {
  const { id, name, calendar, allowances } = await policyOf()
  const refused = async (escalation: Escalation) =>
    desk.claire.refused(saveSlaPolicy, {
      body: { id, name, calendarId: calendar.id, allowances, escalations: [escalation] },
    })
  const when = 'breach' as const
  const nobody = '00000000-0000-4000-8000-000000000000'
  const wrong = async (escalation: Escalation) => (await refused(escalation)).fields?.[0]
  expect(await wrong({ when, target: null, do: [{ do: 'assign', to: nobody }] })).toMatchObject({
    path: 'escalations.0.do.0.to',
    code: 'support_person_unknown',
  })
  expect(await wrong({ when, target: null, do: [{ do: 'team', to: nobody }] })).toMatchObject({
    code: 'ticket_team_unknown',
  })
  expect(await wrong({ when, target: null, do: [{ do: 'tell', lead: false, people: [] }] })).toMatchObject({
    code: 'escalation_tells_nobody',
  })
  const twice = { do: 'tag' as const, add: ['retard'] }
  expect(await wrong({ when, target: null, do: [twice, twice] })).toMatchObject({ code: 'escalation_twice' })
})
