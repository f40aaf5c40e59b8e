import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { eachWithin } from './waves.ts'

const many = (clusterId: string, count: number) =>
  Array.from({ length: count }, (_, number) => ({ clusterId, name: `${clusterId}${number}` }))

/** How many were at work at once, over all and on each cluster, and in which order they began. */
async function watched(
  items: { clusterId: string; name: string }[],
  bounds: { overAll: number; perCluster: number },
) {
  const at = new Map<string, number>()
  const most = new Map<string, number>()
  const begun: string[] = []
  const count = (what: string, by: number) => {
    at.set(what, (at.get(what) ?? 0) + by)
    most.set(what, Math.max(most.get(what) ?? 0, at.get(what) ?? 0))
  }
  await eachWithin(items, bounds, async ({ clusterId, name }) => {
    begun.push(name)
    for (const what of ['all', clusterId]) count(what, 1)
    for (let turns = 0; turns < 3; turns++) await turn()
    for (const what of ['all', clusterId]) count(what, -1)
  })
  return { most: Object.fromEntries(most), begun }
}

test('no more at once than is allowed, on one cluster and over all', async () => {
  const { most, begun } = await watched([...many('a', 20), ...many('b', 20), ...many('c', 20)], {
    overAll: 8,
    perCluster: 4,
  })
  expect(most).toMatchObject({ all: 8 })
  expect(Math.max(most['a'] ?? 0, most['b'] ?? 0, most['c'] ?? 0)).toBeLessThanOrEqual(4)
  // Each has its first before any has its third.
  expect(begun.slice(0, 6).toSorted()).toEqual(['a0', 'a1', 'b0', 'b1', 'c0', 'c1'])
  expect(new Set(begun).size).toBe(60)
})

test('a cluster alone has its own bound', async () => {
  expect((await watched(many('a', 20), { overAll: 8, perCluster: 4 })).most).toEqual({ all: 4, a: 4 })
})

test('those of a cluster begin in their order', async () => {
  const { begun } = await watched([...many('a', 9), ...many('b', 3)], { overAll: 2, perCluster: 1 })
  expect(begun.filter((name) => name.startsWith('a'))).toEqual(many('a', 9).map(({ name }) => name))
})

test('what throws ends it: nothing more is begun, what is under way is waited for', async () => {
  const ended: string[] = []
  const whole = eachWithin(many('a', 20), { overAll: 3, perCluster: 3 }, async ({ name }) => {
    if (name === 'a3') throw new Error('the central database is gone')
    await turn()
    await turn()
    ended.push(name)
  })
  await expect(whole).rejects.toThrow('the central database is gone')
  expect(ended.length).toBeLessThan(8)
})
