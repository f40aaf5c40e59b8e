import { describe, expect, test } from 'vitest'
import { getStaff, inviteStaff, listStaff, suspendStaff } from '#contract/identity'
import { roleId } from '../../../../tests/harness/made-roles.ts'
import { lucieEnrolling } from '../../../../tests/harness/newcomer.ts'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
const claire = await server.as('administrator')
const support = await roleId(server.db, 'support')

async function invite(firstName: string, lastName: string, email = `${crypto.randomUUID()}@example.com`) {
  return claire.call(inviteStaff, { body: { email, firstName, lastName, roles: [support] } })
}
const names = async (query: { q?: string; state?: 'invited' | 'suspended'; role?: string }) =>
  (await claire.call(listStaff, { query })).rows.map(({ firstName, lastName }) => `${firstName} ${lastName}`)

test('the team stands in order of names, page by page, each person once', async () => {
  for (const lastName of ['Étienne', 'Eck', 'Zola', 'Eck']) await invite('Zoé', lastName)
  const whole = await claire.call(listStaff, { query: { limit: 200 } })
  expect(whole.next).toBeNull()
  const seen: string[] = []
  let after: string | undefined
  do {
    const page = await claire.call(listStaff, { query: { limit: 3, after } })
    expect(page.total).toBe(whole.total)
    seen.push(...page.rows.map(({ id }) => id))
    after = page.next ?? undefined
  } while (after !== undefined)
  expect(seen).toEqual(whole.rows.map(({ id }) => id))
  expect(new Set(seen).size).toBe(whole.total)
  const ofZoe = whole.rows.filter(({ firstName }) => firstName === 'Zoé').map(({ lastName }) => lastName)
  expect(ofZoe).toEqual(['Eck', 'Eck', 'Étienne', 'Zola'])
})

describe('is searched', () => {
  test('by words of the name or the address, whatever their accents and capitals', async () => {
    await invite('Noémie', 'D’Aubigné', 'n.daubigne@conseil.example')
    for (const q of ['noemie', 'NOÉMIE', 'aubigne noe', 'd’aubigné', 'conseil.example'])
      expect(await names({ q }), q).toEqual(['Noémie D’Aubigné'])
    expect(await names({ q: 'noemie martin' })).toEqual([])
  })

  test('by signs that stand for themselves', async () => {
    await invite('Under', 'Score', 'under_score@conseil.example')
    expect(await names({ q: 'r_s' })).toEqual(['Under Score'])
    expect(await names({ q: 'd_r_s' })).toEqual([])
  })

  test('by nothing at all, which is everybody', async () => {
    const { total } = await claire.call(listStaff, { query: {} })
    expect((await claire.call(listStaff, { query: { q: '  ' } })).total).toBe(total)
  })
})

test('states are counted whatever the chosen one, and filter', async () => {
  const { id } = await invite('Anatole', 'Suspendu')
  await claire.call(suspendStaff, { params: { id }, body: { reason: 'Départ' } })
  await lucieEnrolling(server)
  const { counts, total, rows } = await claire.call(listStaff, { query: { state: 'suspended' } })
  expect(rows.map((row) => row.id)).toEqual([id])
  expect(total).toBe(1)
  expect(counts).toMatchObject({ suspended: 1, enrolling: 1, active: 9 })
  expect(counts.invited).toBeGreaterThan(3)
})

test('a role filters, the ones held now', async () => {
  expect(await names({ role: await roleId(server.db, 'billing') })).toEqual(['Sophie Garnier'])
})

test('a page of the team says what they hold, and no secret', async () => {
  const { rows } = await claire.call(listStaff, { query: { q: 'fontaine' } })
  expect(rows).toMatchObject([
    {
      state: 'active',
      factors: { authenticator: true, passkeys: 0, recoveryCodesLeft: 0 },
      openSessions: 1,
      lastSignInAt: expect.any(String),
      roles: [{ key: 'administrator', name: null }],
      level: 70,
      manageable: false,
    },
  ])
  const detail = await claire.call(getStaff, { params: { id: rows[0]?.id ?? '' } })
  expect(JSON.stringify(detail)).not.toMatch(/hash|secret|sealed|token/i)
})

test.each(['', 'bm9wZQ', Buffer.from('{"name":"x","id":"y"}').toString('base64url')])(
  'the made-up cursor %j is a wrong field',
  async (after) => {
    expect((await claire.refused(listStaff, { query: { after } })).status).toBe(400)
  },
)

test('nobody of that id is not found', async () => {
  const id = '01900000-0000-7000-8000-000000000000'
  expect((await claire.refused(getStaff, { params: { id } })).status).toBe(404)
})
