import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { documentKeeper, type Verdict } from './document-keeper.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

type Answer = { revision: number } | { verdict: Verdict }

/** A server that answers as told, and says what it was asked to save. */
function house(...answers: Answer[]) {
  const asked: [string, number][] = []
  const keeper = documentKeeper<string>({
    begun: 'Abonnement',
    revision: 1,
    async save(fields, revision) {
      asked.push([fields, revision])
      await new Promise((done) => setTimeout(done, 100))
      const answer = answers.shift() ?? { revision: revision + 1 }
      if ('verdict' in answer) throw new Error(answer.verdict)
      return { revision: answer.revision, savedAt: '2026-11-22T14:32:00Z' }
    },
    judge: (error) => (error as Error).message as Verdict, // thrown above
  })
  return { keeper, asked }
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('what is typed is saved once the typing rests, over the state that was read', async () => {
  const { keeper, asked } = house()
  keeper.type('Abonnement à')
  await pass(600)
  keeper.type('Abonnement à MaGestionPsy')
  expect(keeper.now().phase).toBe('typed')
  await pass(900)
  expect(asked).toEqual([['Abonnement à MaGestionPsy', 1]])
  expect(keeper.now()).toMatchObject({ phase: 'kept', revision: 2, savedAt: '2026-11-22T14:32:00Z' })
})

test('what is typed while it is saved follows, over the revision that was just made', async () => {
  const { keeper, asked } = house()
  keeper.type('un')
  await pass(750)
  expect(keeper.now().phase).toBe('saving')
  keeper.type('deux')
  await pass(2_000)
  expect(asked).toEqual([
    ['un', 1],
    ['deux', 2],
  ])
  expect(keeper.now()).toMatchObject({ phase: 'kept', revision: 3 })
})

test('what is typed back to what stands is not saved at all', async () => {
  const { keeper, asked } = house()
  keeper.type('autre')
  keeper.type('Abonnement')
  await pass(5_000)
  expect(asked).toEqual([])
  expect(keeper.now().phase).toBe('kept')
})

test('a server that is away is asked again; one that refuses is not, until something else is typed', async () => {
  const away = house({ verdict: 'again' })
  away.keeper.type('un')
  await pass(900)
  expect(away.keeper.now().phase).toBe('failed')
  await pass(5_200)
  expect(away.asked).toHaveLength(2)
  expect(away.keeper.now().phase).toBe('kept')

  const strict = house({ verdict: 'refused' })
  strict.keeper.type('un')
  await pass(20_000)
  expect(strict.asked).toHaveLength(1)
  expect(strict.keeper.now().phase).toBe('refused')
  strict.keeper.type('deux')
  await pass(900)
  expect(strict.keeper.now().phase).toBe('kept')
})

test('who saved meanwhile is not overwritten unless one says so', async () => {
  const { keeper, asked } = house({ verdict: 'conflict' })
  keeper.type('mien')
  await pass(900)
  expect(keeper.now().phase).toBe('conflict')
  keeper.type('encore mien')
  await pass(20_000)
  expect(asked).toHaveLength(1)
  keeper.overwrite(7)
  await pass(200)
  expect(asked.at(-1)).toEqual(['encore mien', 7])

  const kind = house({ verdict: 'conflict' })
  kind.keeper.type('mien')
  await pass(900)
  kind.keeper.take('le leur', 7)
  await pass(20_000)
  expect(kind.asked).toHaveLength(1)
  expect(kind.keeper.now()).toMatchObject({ phase: 'kept', revision: 7 })
})
