import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { draftKeeper } from './draft-keeper.ts'

const savedAt = '2026-03-02T09:00:00.000Z'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function keeping(answer: (text: string) => Promise<unknown> = () => Promise.resolve()) {
  const saved: string[] = []
  const keeper = draftKeeper('', null, async (text) => {
    await answer(text)
    saved.push(text)
    return { savedAt }
  })
  return { keeper, saved }
}

test('what is typed in one go is kept once, after a pause', async () => {
  const { keeper, saved } = keeping()
  keeper.type('Bon')
  keeper.type('Bonjour')
  expect(keeper.now().phase).toBe('typed')
  await vi.advanceTimersByTimeAsync(700)
  expect(saved).toEqual(['Bonjour'])
  expect(keeper.now()).toEqual({ phase: 'saved', savedAt })
})

test('whoever leaves before the pause loses nothing', async () => {
  const { keeper, saved } = keeping()
  keeper.type('Bonjour')
  keeper.flush()
  await vi.advanceTimersByTimeAsync(0)
  expect(saved).toEqual(['Bonjour'])
})

test('what could not be kept is said, and tried again', async () => {
  let away = true
  const { keeper, saved } = keeping(() => (away ? Promise.reject(new Error('away')) : Promise.resolve()))
  keeper.type('Bonjour')
  await vi.advanceTimersByTimeAsync(700)
  expect(keeper.now().phase).toBe('failed')
  away = false
  await vi.advanceTimersByTimeAsync(5_000)
  expect(saved).toEqual(['Bonjour'])
  expect(keeper.now().phase).toBe('saved')
})

test('an answer that comes late says nothing of what was typed since', async () => {
  let answer: () => void = () => undefined
  const { keeper } = keeping(() => new Promise<void>((resolve) => (answer = resolve)))
  keeper.type('Bon')
  await vi.advanceTimersByTimeAsync(700)
  keeper.type('Bonjour')
  answer()
  await vi.advanceTimersByTimeAsync(0)
  expect(keeper.now().phase).toBe('typed')
})

test('what was said is not kept any more, and what was on its way has come before', async () => {
  const { keeper, saved } = keeping()
  keeper.type('Bonjour')
  await keeper.hold()
  keeper.empty()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(saved).toEqual([])
  expect(keeper.now().phase).toBe('empty')
})
