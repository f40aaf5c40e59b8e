import { beforeEach, expect, test, vi } from 'vitest'
import type { Draft } from './draft.ts'
import { openSealedDrafts } from './sealed-drafts.ts'

const kept = new Map<string, string>()
beforeEach(() => {
  kept.clear()
  // A tab's memory, as browsers have it.
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  })
})

const key = Buffer.alloc(32, 7).toString('base64')
const draft = (over: Partial<Draft> = {}): Draft => ({
  id: 'a',
  messageId: 'b',
  subject: 'Les rappels',
  topic: 'trouble',
  body: 'Madame Perrin\n- n’a rien reçu 🙂',
  files: [],
  ...over,
})
const settled = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
}

test('a draft is found again by its writer, and lies there as nothing one can read', async () => {
  const drafts = await openSealedDrafts('odile', key)
  drafts.keep('new', draft({ body: 'avant' }))
  drafts.keep('new', draft())
  await vi.waitFor(async () => expect(await drafts.read('new')).toEqual(draft()))
  const lying = [...kept].flat().join()
  for (const word of ['Perrin', 'rappels', Buffer.from('Perrin').toString('base64').slice(0, 7)])
    expect(lying).not.toContain(word)
  drafts.keep('new', undefined)
  await settled()
  expect(kept.size).toBe(0)
})

test('neither another key, another member nor another place opens it', async () => {
  const drafts = await openSealedDrafts('odile', key)
  drafts.keep('new', draft())
  await vi.waitFor(() => expect(kept.size).toBe(1))
  const [[name, sealed] = ['', '']] = kept
  const stranger = await openSealedDrafts('odile', Buffer.alloc(32, 8).toString('base64'))
  expect(await stranger.read('new')).toBeUndefined()
  kept.set(name.replace('odile', 'lea'), sealed)
  expect(await (await openSealedDrafts('lea', key)).read('new')).toBeUndefined()
  kept.set(name.replace('new', 'other'), sealed)
  expect(await drafts.read('other')).toBeUndefined()
  expect(await drafts.read('new')).toEqual(draft())
})
