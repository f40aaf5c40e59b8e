import { beforeEach, expect, test } from 'vitest'
import {
  explainTicketTarget,
  getHolidays,
  getPromises,
  getTicket,
  saveSlaCalendar,
  saveSlaPolicy,
  saveSupportTeam,
  type Allowances,
  type Calendar,
} from '#contract/support'
import { uuidv7 } from '#platform/server/ids.ts'
import { freshStaff, type TestStaff } from '../../../../tests/harness/impersonation.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { mindingOn } from '../../../../tests/harness/support.ts'
import { happened } from '../tickets/happening.ts'
import { insertTicket } from '../tickets/queries.ts'
import { mindPromises } from './minding.ts'
import { recomputeOpen } from './recomputing.ts'

/** Friday 20 November 2026, half past four in Paris. */
const friday = '2026-11-20T15:30:00Z'
let now = new Date(friday)
const clock = { now: () => now }
const server = await testServer({ clock })
const { db } = server
let lead: TestStaff
let support: TestStaff
/** It is that time, and both have signed in: a session is shorter than the story. */
async function timeIs(instant: string) {
  now = new Date(instant)
  lead = await freshStaff(server, 'administrator', now)
  support = await freshStaff(server, 'support', now)
}
beforeEach(() => timeIs(friday))
await timeIs(friday)

const week: Calendar = {
  timezone: 'Europe/Paris',
  hours: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [
      day,
      [
        ['09:00', '12:30'],
        ['14:00', '18:00'],
      ],
    ]),
  ),
  holidays: [],
  overrides: {},
}
const saveCalendar = (over: { id?: string; calendar?: Partial<Calendar>; inForceFrom?: string } = {}) =>
  lead.call(saveSlaCalendar, {
    body: {
      name: 'Bureau',
      territory: 'national',
      ...over,
      calendar: { ...week, ...over.calendar },
    },
  })
const nothing: Allowances = { firstResponse: null, nextResponse: null, resolution: null }
const promising = (firstResponse: number) => {
  const all = { ...nothing, firstResponse }
  return { low: all, normal: all, high: all, urgent: all }
}
const savePolicy = (
  calendarId: string,
  over: { id?: string; inForceFrom?: string; minutes?: number } = {},
) => {
  const { minutes = 120, ...rest } = over
  return lead.call(saveSlaPolicy, {
    body: { name: 'Pour toutes et tous', calendarId, allowances: promising(minutes), ...rest },
  })
}
async function ticket(): Promise<string> {
  const id = uuidv7()
  await insertTicket(db, {
    id,
    subject: 'Ma facture',
    channel: 'app',
    openedAt: now,
    lastMessageAt: now,
    requesterName: 'Claire Moreau',
    requesterEmail: 'claire@example.com',
  })
  await happened(db, { clock }, id, [
    { kind: 'opened', by: { label: 'Claire Moreau' }, data: { priority: 'normal', plan: null, tags: [] } },
  ])
  return id
}
const row = (id: string) =>
  db
    .selectFrom('tickets')
    .select(['dueAt', 'breached'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
    .then(({ dueAt, breached }) => ({ due: dueAt?.toISOString() ?? null, breached }))

const mind = () => mindPromises(db, mindingOn(server, clock))

const calendar = await saveCalendar()
const policy = await savePolicy(calendar.id)

test('what is promised is due by the hours that support works', async () => {
  const id = await ticket()
  // An hour and a half are left on Friday; half an hour is counted on Monday.
  expect(await row(id)).toEqual({ due: '2026-11-23T08:30:00.000Z', breached: false })
  const { policies } = await support.call(getPromises)
  expect(policies.find((one) => one.id === policy.id)?.tickets).toBeGreaterThan(0)
})

test('a new version of a calendar moves what is open, and is kept beside the former one', async () => {
  const id = await ticket()
  now = new Date('2026-11-20T15:31:00Z')
  const changed = await saveCalendar({ id: calendar.id, calendar: { holidays: ['2026-11-23'] } })
  expect(changed.versions).toHaveLength(2)
  await recomputeOpen(db, clock)
  expect(await row(id)).toMatchObject({ due: '2026-11-24T08:30:00.000Z' })
})

test('a version that begins by and by changes nothing until then', async () => {
  now = new Date('2026-11-20T15:32:00Z')
  const id = await ticket()
  const before = await row(id)
  const saved = await savePolicy(calendar.id, {
    id: policy.id,
    inForceFrom: '2026-11-20T16:00:00Z',
    minutes: 30,
  })
  expect(saved.allowances.normal.firstResponse).toBe(120)
  await mind()
  expect(await row(id)).toEqual(before)
  now = new Date('2026-11-20T16:00:30Z')
  await mind()
  expect(await row(id)).toMatchObject({ due: '2026-11-20T16:02:00.000Z' })
})

test('history is not rewritten: neither before now nor before a version that is written down', async () => {
  now = new Date('2026-11-20T16:10:00Z')
  const body = {
    name: 'Bureau',
    territory: 'national' as const,
    calendar: week,
    inForceFrom: '2026-11-20T16:09:59Z',
  }
  expect(await lead.refused(saveSlaCalendar, { body })).toMatchObject({ code: 'sla_version_too_early' })
  const fresh = await savePolicy(calendar.id, { inForceFrom: '2026-12-01T08:00:00Z' })
  const policyBody = { name: 'Avant', calendarId: calendar.id, allowances: promising(10), id: fresh.id }
  expect(await lead.refused(saveSlaPolicy, { body: policyBody })).toMatchObject({
    status: 422,
    code: 'sla_version_too_early',
  })
})

test('what time alone makes late is marked late, once', async () => {
  const id = await ticket()
  const { due } = await row(id)
  now = new Date(Date.parse(due!) - 1)
  await mind()
  expect(await row(id)).toMatchObject({ breached: false })
  now = new Date(due!)
  // One that is just being worked out anew, since a version was saved above, is left to the next look.
  const marked = async () => {
    await mind()
    return (await row(id)).breached
  }
  await expect.poll(marked).toBe(true)
})

test('while the customer is waited for, what is left of a promise stands still, however late one looks', async () => {
  await timeIs('2026-12-01T08:00:00Z')
  const id = await ticket()
  now = new Date('2026-12-01T08:10:00Z')
  const by = { label: 'Karim Benali' }
  await happened(db, { clock }, id, [{ kind: 'waiting_set', by, data: { why: 'capture demandée' } }])
  for (const later of ['2026-12-01T08:11:00Z', '2026-12-04T15:00:00Z']) {
    await timeIs(later)
    const { targets } = await support.call(getTicket, { params: { id } })
    // Of half an hour, ten minutes were used up.
    expect(targets).toMatchObject([
      { state: 'paused', due: null, allowanceSeconds: 1_800, remainingSeconds: 1_200 },
    ])
  }
})

test('a due date opens into why: hours, days off by their names, pauses with who and why', async () => {
  await timeIs('2026-12-24T16:30:00Z')
  await saveCalendar({
    id: calendar.id,
    calendar: { holidays: ['2026-12-25'], names: { '2026-12-25': 'christmas' } },
  })
  await savePolicy(calendar.id, {
    id: (await savePolicy(calendar.id, { minutes: 60 })).id,
    minutes: 60,
    inForceFrom: '2026-12-24T16:31:00Z',
  })
  const id = await ticket()
  await happened(db, { clock }, id, [
    {
      kind: 'waiting_set',
      by: { label: 'Karim Benali' },
      data: { why: 'capture demandée' },
      at: new Date('2026-12-24T16:35:00Z'),
    },
    { kind: 'waiting_cleared', by: { label: 'Karim Benali' }, at: new Date('2026-12-24T16:45:00Z') },
  ])
  const why = await support.call(explainTicketTarget, { params: { id, target: 'firstResponse' } })
  expect(why).toMatchObject({ calendar: 'Bureau', timeZone: 'Europe/Paris' })
  expect(why.lines.map(({ kind, why: name, by }) => [kind, name, by])).toContainEqual([
    'paused',
    'capture demandée',
    'Karim Benali',
  ])
  expect(
    why.lines.filter(({ kind }) => kind === 'worked').reduce((sum, { seconds }) => sum + seconds, 0),
  ).toBe(why.allowanceSeconds)
  expect(await support.refused(explainTicketTarget, { params: { id, target: 'resolution' } })).toMatchObject({
    status: 404,
  })
})

test('public holidays are those of the territory, to be looked over', async () => {
  const { rows } = await support.call(getHolidays, {
    query: { territory: 'alsace_moselle', from: 2026, years: 1 },
  })
  expect(rows).toHaveLength(13)
  expect(rows).toContainEqual({ on: '2026-12-26', name: 'st_stephen' })
})

test('whoever answers tickets reads what is promised, and changes none of it', async () => {
  const body = { name: 'Bureau', territory: 'national' as const, calendar: week }
  expect(await support.refused(saveSlaCalendar, { body })).toMatchObject({ status: 403 })
})

test('a team has its people and who leads it, and a name that no other has', async () => {
  const { rows: people } = await db
    .selectFrom('staffMembers')
    .select('id')
    .limit(2)
    .execute()
    .then((rows) => ({ rows }))
  const [one, other] = people.map(({ id }) => id)
  const body = { name: 'Facturation', leadId: one!, memberIds: [one!, other!] }
  const { id } = await lead.call(saveSupportTeam, { body })
  const { teams } = await support.call(getPromises)
  const team = teams.find((known) => known.id === id)
  expect(team).toMatchObject({ name: 'Facturation', lead: { id: one }, archived: false })
  expect(team?.members.map((member) => member.id).toSorted()).toEqual([one, other].toSorted())
  expect(await lead.refused(saveSupportTeam, { body: { ...body, name: 'facturation' } })).toMatchObject({
    status: 400,
    fields: [{ path: 'name', code: 'support_team_exists' }],
  })
  await lead.call(saveSupportTeam, { body: { ...body, id, memberIds: [one!] } })
  expect((await support.call(getPromises)).teams.find((known) => known.id === id)?.members).toHaveLength(1)
})
