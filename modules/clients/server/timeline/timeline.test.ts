import { expect, test } from 'vitest'
import {
  changeStatuses,
  clientTimeline,
  createClient,
  restoreClient,
  restoreStatuses,
  trashClient,
  updateClient,
  type TimelineEntry,
} from '#contract/clients'
import { sql } from '#platform/server/db.ts'
import { tellStories } from '../../../../tests/harness/billing-stories.ts'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
const support = await server.as('support')
const administrator = await server.as('administrator')
let made = 0
const roxane = () =>
  administrator.call(createClient, {
    body: {
      kind: 'practitioner',
      status: 'prospect',
      lastName: 'Arnaud',
      firstName: 'Roxane',
      email: `roxane${made++}@example.com`,
    },
  })
const timeline = async (id: string, limit?: number) =>
  administrator.call(clientTimeline, { params: { id }, query: limit ? { limit } : {} })
const actions = (rows: TimelineEntry[]) => rows.filter((row) => row.kind === 'action')

test('who did what is told field by field, newest first', async () => {
  const { id, version } = await roxane()
  await support.call(updateClient, {
    params: { id },
    body: { version, city: 'Metz', lastName: 'Arnaud-Blin' },
  })
  const { rows, more } = await timeline(id)
  expect(more).toBe(false)
  expect(actions(rows)).toMatchObject([
    {
      verb: 'client.updated',
      precision: 'instant',
      changes: [
        { field: 'lastName', before: 'Arnaud', after: 'Arnaud-Blin' },
        { field: 'city', before: null, after: 'Metz' },
      ],
    },
    {
      verb: 'client.created',
      changes: expect.arrayContaining([{ field: 'email', before: null, after: expect.any(String) }]),
    },
  ])
  const [changed, created] = actions(rows)
  expect(changed?.actor).not.toBe(created?.actor)
})

test('an action on many is told of each with the status that one had', async () => {
  const [one, other] = [await roxane(), await roxane()]
  await support.call(changeStatuses, { body: { clients: { ids: [one.id] }, status: 'freemium' } })
  const { status, changed } = await support.call(changeStatuses, {
    body: { clients: { ids: [one.id, other.id] }, status: 'active' },
  })
  await support.call(restoreStatuses, { body: { status, changed } })
  const told = async (id: string) =>
    actions((await timeline(id)).rows)
      .filter(({ verb }) => verb.startsWith('client.status'))
      .map(({ verb, changes }) => [verb, changes[0]?.before, changes[0]?.after])
  expect(await told(one.id)).toEqual([
    ['client.status_restored', 'active', 'freemium'],
    ['client.status_changed', 'freemium', 'active'],
    ['client.status_changed', 'prospect', 'freemium'],
  ])
  expect(await told(other.id)).toEqual([
    ['client.status_restored', 'active', 'prospect'],
    ['client.status_changed', 'prospect', 'active'],
  ])
})

test('the trash is part of the story; saving without a change is not', async () => {
  const { id, version } = await roxane()
  await support.call(updateClient, { params: { id }, body: { version } })
  await administrator.call(trashClient, { params: { id } })
  await administrator.call(restoreClient, { params: { id } })
  expect(actions((await timeline(id)).rows).map(({ verb }) => verb)).toEqual([
    'client.restored',
    'client.trashed',
    'client.created',
  ])
})

test('a client the log does not know came on the day of the row', async () => {
  const { rows } = await sql<{ id: string }>`
    insert into clients (kind, status, last_name, email, created_at)
    values ('secretary', 'active', 'Ancien', 'ancien@example.com', '2024-03-01 10:00+01') returning id`.execute(
    server.db,
  )
  expect((await timeline(rows[0]!.id)).rows).toEqual([
    expect.objectContaining({
      verb: 'client.created',
      actor: null,
      at: '2024-03-01T09:00:00.000Z',
      changes: [],
    }),
  ])
})

test('subscriptions, invoices and payments stand among the actions, each on its day, for who may read invoices', async () => {
  const { id } = await roxane()
  await sql`with plan as (insert into plans (key, name, monthly_cents) values ('solo', 'Solo', 2417) returning id)
    insert into subscriptions (client_id, plan_id, status, monthly_cents, started_on, trial_ends_on, paying_from)
    select ${id}, id, 'active', 2417, '2026-01-05', '2026-01-20', '2026-01-20' from plan`.execute(server.db)
  const { run } = await tellStories(server.pool)
  await run(
    `with issued as (
      insert into invoices (client_id, state, origin, number, issued_on, due_on, total_excl_cents, total_vat_cents)
      values ($1, 'issued', 'import', 'F-1', '2026-02-01', '2026-03-03', 2417, 483),
        ($1, 'issued', 'import', 'F-2', '2026-03-01', '2026-03-31', 2417, 483)
      returning id, number),
    draft as (insert into invoices (client_id, total_excl_cents) values ($1, 100)),
    paid as (insert into payments (client_id, received_on, amount_cents, method) values ($1, '2026-02-10', 2900, 'card') returning id)
    insert into payment_allocations select paid.id, issued.id, 2900 from paid, issued where number = 'F-1'`,
    id,
  )

  const { rows } = await timeline(id)
  expect(
    rows
      .slice(1)
      .map((row) => [row.kind, 'event' in row ? row.event : 'number' in row ? row.number : '', row.at]),
  ).toEqual([
    ['invoice', 'F-2', '2026-02-28T23:00:00+00:00'],
    ['payment', '', '2026-02-09T23:00:00+00:00'],
    ['invoice', 'F-1', '2026-01-31T23:00:00+00:00'],
    ['subscription', 'paying', '2026-01-19T23:00:00+00:00'],
    ['subscription', 'trial_ends', '2026-01-19T23:00:00+00:00'],
    ['subscription', 'started', '2026-01-04T23:00:00+00:00'],
  ])
  expect(rows.filter((row) => row.kind === 'invoice').map((row) => row.unpaidCents)).toEqual([2900, 0])

  const seenBySupport = await support.call(clientTimeline, { params: { id }, query: {} })
  expect(new Set(seenBySupport.rows.map((row) => row.kind))).toEqual(new Set(['action', 'subscription']))
})

test('a limit gives the newest, and says that there are more', async () => {
  const { id, version } = await roxane()
  for (let at = 0; at < 4; at++)
    await support.call(updateClient, { params: { id }, body: { version: version + at, city: `Ville ${at}` } })
  const { rows, more } = await timeline(id, 2)
  expect(more).toBe(true)
  expect(actions(rows).map(({ changes }) => changes[0]?.after)).toEqual(['Ville 3', 'Ville 2'])
  expect((await timeline(id, 5)).more).toBe(false)
})

test('nobody’s timeline is not found', async () => {
  const params = { id: '0198c5d2-0000-7000-8000-000000000000' }
  expect((await support.refused(clientTimeline, { params, query: {} })).status).toBe(404)
})
