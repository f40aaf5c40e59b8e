/** What no screen of ours sends: it is refused in a sentence, and never a bug. */
import { describe, expect, test } from 'vitest'
import { z, ZodObject } from 'zod'
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import { cursorOf } from '#platform/server/cursors.ts'
import { tenancyServer } from '../harness/tenants.ts'

const endpoints: AnyEndpoint[] = []
const server = await tenancyServer({
  onRoute: (route) => {
    const { endpoint } = route.config ?? {}
    if (endpoint && route.method !== 'HEAD') endpoints.push(endpoint)
  },
})
const claire = server.openPractice('Claire Moreau').then(({ holder }) => holder)

const id = '01900000-0000-7000-8000-000000000000'
const at = '2026-11-22T09:00:00.000Z'

/** What a list of the practice's writes into its cursor, by its address. A list more is a line more. */
const places: Readonly<Record<string, object>> = {
  '/patients': { sort: 'name', key: 'a', id },
  '/patients?sort=created': { sort: 'created', key: at, id },
  '/patients?sort=owed': { sort: 'owed', key: '12', id },
  '/appointments': { at, id },
  '/calls': { rank: 1, at, id },
  '/tasks': { key: `2026-11-22 ${id}` },
  '/notes': { heldOn: '2026-11-22', id },
  '/messages': { rank: 1, at, id },
  '/dues': { at, id },
  '/payments': { on: '2026-11-22', at, id },
  '/fee-notes': { on: '2026-11-22', number: 'NH-2026-0001', id },
}

const forged = [
  '0000-01-01T00:00:00.000Z',
  '2026-01-01T00:00:00.000+23:59',
  `2026-01-01T00:00:00.${'1'.repeat(200)}Z`,
  'a\u0000b',
  '\uD800',
  '',
  '2147483648',
  2_147_483_648,
  -1e300,
  0.5,
  null,
  [],
  {},
]

test('every list of the practice stands among those whose cursors are forged', () => {
  const lists = endpoints.filter(
    ({ realm, input }) =>
      realm === 'member' && input.query instanceof ZodObject && 'after' in input.query.shape,
  )
  const known = new Set(Object.keys(places).map((place) => place.split('?')[0]))
  expect([...new Set(lists.map(({ path }) => path))].toSorted()).toEqual([...known].toSorted())
})

describe('a cursor nobody of ours wrote is a wrong field, or finds its place', () => {
  test.each(Object.entries(places))('%s', async (path, place) => {
    const ask = async (wrong: object) => {
      const address = `/api/v1/practice${path}${path.includes('?') ? '&' : '?'}after=${cursorOf({ ...wrong })}`
      const { status, text } = await (
        await claire
      ).send('GET', address, {
        headers: { host: 'app.localhost:3000' },
      })
      return { status, text }
    }
    expect(await ask(place)).toMatchObject({ status: 200 })
    for (const field of Object.keys(place))
      for (const value of forged) {
        const { status, text } = await ask({ ...place, [field]: value })
        expect([200, 400], `${field} = ${JSON.stringify(value)}: ${text}`).toContain(status)
        if (status === 400) expect(text).toContain('cursor_invalid')
      }
  })
})

test('a state that was seen fits into its column, whoever says which it was', () => {
  const revisions = endpoints.flatMap(({ method, path, input }) =>
    [input.query, input.body].flatMap((shape) =>
      shape instanceof ZodObject && shape.shape['revision'] instanceof z.ZodType
        ? [{ name: `${method} ${path}`, shape: shape.shape['revision'] }]
        : [],
    ),
  )
  expect(revisions.length).toBeGreaterThan(20)
  const fits = ({ shape }: (typeof revisions)[number]) => shape.safeParse(2_147_483_648).success
  expect(revisions.filter(fits).map(({ name }) => name)).toEqual([])
})
