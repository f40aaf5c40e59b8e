import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import {
  clientNeighbours,
  clientSorts,
  clientTotals,
  createClient,
  getClient,
  listClients,
  trashClient,
  type ClientRow,
} from '#contract/clients'
import { cursorOf } from '#platform/server/cursors.ts'
import { dayOf } from '#platform/server/clock.ts'
import { sql } from '#platform/server/db.ts'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
const support = await server.as('support')
const today = dayOf(new Date())
const month = today.slice(0, 7)
const ids = new Map<string, string>()

/** Three of them share a name, some a date, some have none: what a sorted list must not stumble over. */
const people = [
  ['Arnaud', 'Roxane', 'active', '57', 'Metz', '2026-12-14', '2026-11-18T07:47:00.123456Z'],
  ['Arnaud', 'Roxane', 'prospect', '57', 'Metz', null, null],
  ['Arnaud', 'Roxane', 'prospect', '54', 'Nancy', null, '2026-02-27T08:33:00Z'],
  ['Bernard', 'Émile', 'active', '75', 'Paris', '2026-12-14', '2026-11-18T07:47:00.123457Z'],
  ['Çelik', 'Aylin', 'freemium', '67', 'Strasbourg', '2027-01-02', null],
  ["D'Aubigné", 'Zoé', 'excluded', '2A', 'Ajaccio', null, null],
  ['Évrard', 'Luc', 'active', '988', 'Nouméa', '2026-12-01', '2026-11-18T07:47:00.123456Z'],
  ['Le Goff', 'Anne', 'active', null, null, null, '2025-01-01T00:00:00Z'],
] as const

beforeAll(async () => {
  for (const [
    at,
    [lastName, firstName, status, department, city, nextPaymentOn, lastSignInAt],
  ] of people.entries()) {
    const email = `person${at}@example.com`
    const kind = at === 4 ? 'secretary' : 'practitioner'
    const { id } = await support.call(createClient, {
      body: { kind, status, lastName, firstName, email, department, city, nextPaymentOn },
    })
    ids.set(email, id)
    // Only the practice app and imports write when somebody signed in.
    await sql`update clients set last_sign_in_at = ${lastSignInAt}::timestamptz where id = ${id}`.execute(
      server.db,
    )
  }
  await sql`insert into plans (key, name, monthly_cents) values ('solo', 'Solo', 2417)`.execute(server.db)
})

const subscribe = (email: string, set: Record<string, string | null>) =>
  sql`insert into subscriptions (client_id, plan_id, status, monthly_cents, started_on, trial_ends_on, paying_from, paying_until, next_period_on)
    select ${ids.get(email)}, id, ${set['status']}, 2417, ${today}, ${set['trialEndsOn'] ?? null}::date,
      ${set['payingFrom'] ?? null}::date, ${set['payingUntil'] ?? null}::date, ${set['nextPeriodOn'] ?? null}::date from plans`.execute(
    server.db,
  )

const names = (rows: readonly ClientRow[]) => rows.map((row) => row.lastName)
const list = (query: Parameters<typeof support.call<typeof listClients>>[1]['query'] = {}) =>
  support.call(listClients, { query })

test('the list begins with the names in alphabetical order, accents and apostrophes aside', async () => {
  const { rows, total, totalIsExact, next } = await list()
  expect(names(rows)).toEqual([
    'Arnaud',
    'Arnaud',
    'Arnaud',
    'Bernard',
    'Çelik',
    "D'Aubigné",
    'Évrard',
    'Le Goff',
  ])
  expect({ total, totalIsExact, next }).toEqual({ total: 8, totalIsExact: true, next: null })
})

test.each([
  [{ status: 'prospect' }, 2],
  [{ status: 'prospect,freemium' }, 3],
  [{ status: ['prospect', 'freemium'] }, 3],
  [{ department: '57' }, 2],
  [{ department: '2A,988' }, 2],
  [{ status: 'prospect', department: '57' }, 1],
  [{ kind: 'secretary' as const }, 1],
  [{ signedIn: 'never' as const }, 3],
  [{ signedIn: 'never' as const, status: 'prospect' }, 1],
  [{ trash: 'in' as const }, 0],
  [{ trash: 'any' as const }, 8],
])('the filter %o shows %i clients and counts as many', async (query, count) => {
  const { rows, total } = await list(query)
  expect(rows).toHaveLength(count)
  expect(total).toBe(count)
})

test('filters on subscriptions show who subscribes, who began to pay, who stopped, and whose trial ends', async () => {
  const before = dayOf(new Date(Date.now() - 40 * 86_400_000))
  const later = dayOf(new Date(Date.now() + 5 * 86_400_000))
  await subscribe('person0@example.com', { status: 'active', payingFrom: today, nextPeriodOn: '2026-12-14' })
  await subscribe('person3@example.com', { status: 'ended', payingFrom: before, payingUntil: today })
  await subscribe('person6@example.com', {
    status: 'trialing',
    trialEndsOn: later,
    nextPeriodOn: '2026-12-01',
  })
  await subscribe('person7@example.com', { status: 'active', payingFrom: before })

  expect(names((await list({ subscription: 'active' })).rows)).toEqual(['Arnaud', 'Le Goff'])
  expect(names((await list({ subscription: 'trialing,ended' })).rows)).toEqual(['Bernard', 'Évrard'])
  expect(names((await list({ startedPaying: month })).rows)).toEqual(['Arnaud'])
  expect(names((await list({ stoppedPaying: month })).rows)).toEqual(['Bernard'])
  expect(names((await list({ payingOn: today })).rows)).toEqual(['Arnaud', 'Le Goff'])
  expect(names((await list({ payingOn: before })).rows)).toEqual(['Bernard', 'Le Goff'])
  expect((await list({ payingOn: before, limit: 1 })).sums).toEqual({ monthlyCents: 2 * 2417 })
  expect(names((await list({ trialEndsBefore: later })).rows)).toEqual([])
  const [evrard] = (await list({ trialEndsBefore: dayOf(new Date(Date.now() + 6 * 86_400_000)) })).rows
  expect(evrard).toMatchObject({ lastName: 'Évrard', subscription: 'trialing', trialEndsOn: later })
})

test('a list of who paid shows what they paid then, though they pay another price now', async () => {
  // Gone before the month of the other tests began: their lists stay as they are.
  const [from, until] = ['2024-02-03', '2024-05-06']
  await sql`insert into subscriptions (client_id, plan_id, status, monthly_cents, started_on, paying_from, paying_until, is_current)
    select ${ids.get('person7@example.com')}, id, 'ended', 1900, ${from}::date, ${from}::date, ${until}::date, false from plans`.execute(
    server.db,
  )
  for (const query of [{ startedPaying: '2024-02' }, { stoppedPaying: '2024-05' }, { payingOn: from }]) {
    const { rows, sums } = await list(query)
    expect(rows.map(({ lastName, monthlyCents }) => [lastName, monthlyCents])).toEqual([['Le Goff', 1900]])
    expect(sums).toEqual({ monthlyCents: 1900 })
  }
  const { rows, sums } = await list()
  const priceOf = (name: string) => rows.find(({ lastName }) => lastName === name)?.monthlyCents
  expect([priceOf('Le Goff'), priceOf('Çelik')]).toEqual([2417, null])
  expect(sums).toBeNull()
})

test('missing dates stand last, whichever way the others are sorted', async () => {
  const payments = async (sort: 'nextPayment' | '-nextPayment') =>
    (await list({ sort })).rows.map((row) => row.nextPaymentOn)
  expect(await payments('nextPayment')).toEqual([
    '2026-12-01',
    '2026-12-14',
    '2027-01-02',
    null,
    null,
    null,
    null,
    null,
  ])
  expect(await payments('-nextPayment')).toEqual([
    '2027-01-02',
    '2026-12-14',
    '2026-12-01',
    null,
    null,
    null,
    null,
    null,
  ])
  const signIns = (await list({ sort: '-lastSignIn' })).rows.map((row) => row.lastSignInAt)
  expect(signIns.slice(-3)).toEqual([null, null, null])
  expect(signIns[0]).toContain('.123457')
})

test('whatever the sort and the size of the pages, turning them shows every client once, in the order of the whole list', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...clientSorts),
      fc.integer({ min: 1, max: 7 }),
      fc.constantFrom(undefined, 'a', 'arnaud'),
      async (sort, limit, q) => {
        const query = { sort, ...(q ? { q } : {}) }
        const whole = (await list(query)).rows.map((row) => row.id)
        const turned: string[] = []
        let after: string | undefined
        do {
          const page = await list({ ...query, limit, ...(after ? { after } : {}) })
          turned.push(...page.rows.map((row) => row.id))
          after = page.next ?? undefined
        } while (after)
        expect(turned).toEqual(whole)
        expect(new Set(turned).size).toBe(turned.length)
      },
    ),
    { numRuns: 40 },
  )
})

test('the client before and after another are those of the list, and nobody stands beyond its ends', async () => {
  for (const sort of clientSorts) {
    const { rows } = await list({ sort })
    for (const [at, { id }] of rows.entries()) {
      const { previous, next } = await support.call(clientNeighbours, { params: { id }, query: { sort } })
      expect([previous?.id, next?.id]).toEqual([rows[at - 1]?.id, rows[at + 1]?.id])
    }
  }
})

test('neighbours of a client the filter does not show are those around its place', async () => {
  const { previous, next } = await support.call(clientNeighbours, {
    params: { id: ids.get('person3@example.com')! },
    query: { status: 'freemium,prospect' },
  })
  expect([previous?.lastName, next?.lastName]).toEqual(['Arnaud', 'Çelik'])
})

test('a person without the right sees no list, and one without a session neither', async () => {
  expect((await server.anybody.refused(listClients, { query: {} })).status).toBe(401)
})

test('the totals are those of the lists they filter', async () => {
  const totals = await support.call(clientTotals)
  for (const status of ['active', 'prospect', 'freemium', 'excluded'] as const)
    expect(totals[status]).toBe((await list({ status })).total)
  expect(totals.total).toBe((await list()).total)
  expect(totals.trashed).toBe((await list({ trash: 'in' })).total)
})

test('a client in the trash leaves the list and its totals, and stands in the trash', async () => {
  const { id } = await support.call(createClient, {
    body: { kind: 'practitioner', status: 'active', lastName: 'Zola', email: 'zola@example.com' },
  })
  const compliance = await server.as('compliance')
  const before = await support.call(clientTotals)
  await compliance.call(trashClient, { params: { id } })
  expect(await support.call(clientTotals)).toEqual({
    ...before,
    total: before.total - 1,
    active: before.active - 1,
    trashed: before.trashed + 1,
  })
  expect(names((await list({ q: 'zola' })).rows)).toEqual([])
  expect(names((await list({ q: 'zola', trash: 'in' })).rows)).toEqual(['Zola'])
})

const place = { sort: 'name', key: 'arnaud', id: '0198c5d2-0000-7000-8000-000000000000' }
test.each([
  ['no base64 of ours', 'x'],
  ['no JSON', Buffer.from('{').toString('base64url')],
  ['nothing', cursorOf({})],
  ['a list', Buffer.from('[]').toString('base64url')],
  ['of another sort', cursorOf({ ...place, sort: '-created', key: '2026-02-27T08:33:00.000000Z' })],
  ['with a key too many', cursorOf({ ...place, more: 1 })],
  ['with a rank no name has', cursorOf({ ...place, rank: 1 })],
  ['with an id that is none', cursorOf({ ...place, id: 'x' })],
  ['with a NUL in the name', cursorOf({ ...place, key: 'a\u0000' })],
  ['without the key every client has', cursorOf({ ...place, key: null })],
])('a cursor %s is refused, by the name of its parameter', async (_, after) => {
  const refused = await support.refused(listClients, { query: { after, sort: 'name' } })
  expect(refused).toMatchObject({
    status: 400,
    fields: [{ in: 'query', path: 'after', code: 'cursor_invalid' }],
  })
})

test.each([
  ['nextPayment', '2026-02-31'],
  ['nextPayment', '0000-01-01'],
  ['lastSignIn', 'yesterday'],
  ['lastSignIn', '0000-01-01T00:00:00.000000Z'],
  ['lastSignIn', '2026-01-01T00:00:00.000000+23:00'],
  ['created', 'infinity'],
] as const)('a made-up cursor of the sort %s at %s never reaches the database', async (sort, key) => {
  const after = cursorOf({ sort, key, id: place.id })
  expect((await support.refused(listClients, { query: { sort, after } })).fields?.[0]?.code).toBe(
    'cursor_invalid',
  )
})

test.each([
  ['status=unknown', 'status'],
  ['status=', 'status'],
  ['department=20', 'department'],
  ['department=57&department=99', 'department'],
  ['kind=psy', 'kind'],
  ['sort=age', 'sort'],
  ['sort=name&sort=-name', 'sort'],
  ['limit=0', 'limit'],
  ['limit=201', 'limit'],
  ['limit=1e99', 'limit'],
  ['trash=yes', 'trash'],
  ['startedPaying=2026-13', 'startedPaying'],
  ['trialEndsBefore=0000-00-00', 'trialEndsBefore'],
  ['q=a%00b', 'q'],
  [`q=${'x'.repeat(101)}`, 'q'],
  ['q=a&q=b', 'q'],
  ['nonsense=1', 'nonsense'],
  ['__proto__=1', '__proto__'],
])('?%s is refused and names %s in the reader’s language', async (query, field) => {
  const reply = await support.send('GET', `/api/v1/clients?${query}`)
  expect(reply.status).toBe(400)
  const { error } = JSON.parse(reply.text) as { error: { fields: { path: string; message: string }[] } }
  expect([...new Set(error.fields.map(({ path }) => path))]).toEqual([field])
  expect(error.fields[0]?.message).not.toMatch(/^fields\.|invalid(?!e)/i)
})

test('who has a subscription pays next when it says so, whatever was noted', async () => {
  const noted = async (email: string) =>
    (await list({ sort: 'nextPayment' })).rows.find((row) => row.email === email)?.nextPaymentOn
  expect(await noted('person4@example.com')).toBe('2027-01-02')
  await subscribe('person4@example.com', { status: 'active', payingFrom: today })
  const next = (set: string) =>
    server.pool.query(`update subscriptions set ${set} where client_id = $1`, [
      ids.get('person4@example.com'),
    ])
  await next(`next_period_on = '2026-11-30'`)
  expect(await noted('person4@example.com')).toBe('2026-11-30')
  const shown = await support.call(getClient, { params: { id: ids.get('person4@example.com') ?? '' } })
  expect(shown.nextPaymentOn).toBe('2026-11-30')
  await next(`cancel_on = '2026-11-30'`)
  expect(await noted('person4@example.com')).toBeNull()
})
