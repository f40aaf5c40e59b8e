import { beforeEach, expect, test, vi } from 'vitest'
import type * as Words from './words.ts'

const saying = (fr: string, en: string): Words.Catalogues => ({
  fr: async () => ({ [fr]: fr }),
  en: async () => ({ [en]: en }),
})

// What is known stays as long as the page: each test has a page of its own.
let words: typeof Words
beforeEach(async () => {
  vi.resetModules()
  words = await import('./words.ts')
})

test('the words of a part are not asked for before it is wanted', async () => {
  words.offerWords({ shell: saying('accueil', 'home'), clients: saying('client', 'customer') })
  await words.wantWords('shell')
  const known = await words.wordsIn('fr')
  expect(known).toEqual({ accueil: 'accueil' })

  await words.wantWords('clients')
  expect(known, 'the catalogue in use has grown').toEqual({ accueil: 'accueil', client: 'client' })
})

test('whoever changes language finds there every part they have met', async () => {
  words.offerWords({ shell: saying('accueil', 'home'), clients: saying('client', 'customer') })
  await words.wantWords('shell')
  await words.wordsIn('fr')
  await words.wantWords('clients')
  expect(await words.wordsIn('en')).toEqual({ home: 'home', customer: 'customer' })
})

test('code comes together with its words', async () => {
  words.offerWords({ clients: saying('client', 'customer') })
  const known = await words.wordsIn('fr')
  expect(await words.withWords(['clients'], Promise.resolve('page'))).toBe('page')
  expect(known).toEqual({ client: 'client' })
})

test('words that did not come are asked for again', async () => {
  let away = true
  const fr = async () => {
    if (away) throw new Error('the network is away')
    return { client: 'client' }
  }
  words.offerWords({ clients: { fr, en: fr } })
  await words.wordsIn('fr')
  await expect(words.wantWords('clients')).rejects.toThrow('away')
  away = false
  await words.wantWords('clients')
  expect(await words.wordsIn('fr')).toEqual({ client: 'client' })
})
