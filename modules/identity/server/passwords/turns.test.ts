import { expect, test } from 'vitest'
import { inTurn } from './turns.ts'

/** Work that ends when it is told to. */
function held() {
  const begun: number[] = []
  const ends: (() => void)[] = []
  const work = (nth: number) => async () => {
    begun.push(nth)
    await new Promise<void>((end) => ends.push(end))
    return nth
  }
  return { begun, work, end: () => ends.shift()?.() }
}

const allSettledTurns = () => new Promise((turn) => setImmediate(turn))

test('so many run at once, and the others follow in the order they came', async () => {
  const turns = inTurn(2)
  const { begun, work, end } = held()
  const all = [1, 2, 3, 4].map((nth) => turns(work(nth)))
  await allSettledTurns()
  expect(begun).toEqual([1, 2])
  end()
  await allSettledTurns()
  expect(begun).toEqual([1, 2, 3])
  for (let left = 3; left > 0; left--) {
    end()
    await allSettledTurns()
  }
  expect(await Promise.all(all)).toEqual([1, 2, 3, 4])
})

test('who comes while a place changes hands does not slip in', async () => {
  const turns = inTurn(1)
  let running = 0
  let most = 0
  const work = async () => {
    most = Math.max(most, ++running)
    await allSettledTurns()
    running--
  }
  const chain = async () => {
    for (let nth = 0; nth < 5; nth++) await turns(work)
  }
  await Promise.all([chain(), chain(), chain()])
  expect(most).toBe(1)
})

test('work that fails gives its place back', async () => {
  const turns = inTurn(1)
  await expect(turns(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await turns(async () => 'yes')).toBe('yes')
})

test('a stranger waits behind everybody else, whoever came first', async () => {
  const turns = inTurn(1)
  const { begun, work, end } = held()
  const all = [
    turns(work(1)),
    turns(work(2), 'stranger'),
    turns(work(3), 'stranger'),
    turns(work(4)),
    turns(work(5), 'known'),
  ]
  expect(turns.strangersWaiting()).toBe(2)
  for (let left = 5; left > 0; left--) {
    await allSettledTurns()
    end()
  }
  await Promise.all(all)
  expect(begun).toEqual([1, 4, 5, 2, 3])
  expect(turns.strangersWaiting()).toBe(0)
})
