import { expect, test } from 'vitest'
import type { Note, NoteDraft } from '#contract/notes'
import { ApiError } from '#platform/ui/api-error.ts'
import type { Unsaved, UnsavedNotes } from '../device/unsaved.ts'
import { openKeeper } from './keeper.ts'
import { blank, both, writtenOf } from './written.ts'

const pace = { rest: 5, keep: 1, longest: 50, retry: 5 }

const note = (body: string, revision: number): Note => ({
  id: 'n',
  kind: 'record',
  title: '',
  patient: null,
  appointment: null,
  heldOn: '2026-11-23',
  savedAt: '2026-11-23T09:00:00.000Z',
  signedAt: null,
  version: 1,
  trashedAt: null,
  masked: false,
  history: [],
  body,
  revision,
})

/** A device's memory, and a server that one may lose sight of before it hears or before it answers. */
function world(begun: Note | null = null) {
  const kept = new Map<string, Unsaved>()
  const device: UnsavedNotes = {
    keep: async (id, unsaved) => void kept.set(id, unsaved),
    of: async (id) => kept.get(id),
    forget: async (id) => void kept.delete(id),
  }
  const server = { note: begun, reached: true, answers: true, saves: 0 }
  const save = async (_id: string, draft: NoteDraft & { revision: number }) => {
    if (!server.reached) throw new ApiError(0, {})
    if ((server.note?.revision ?? 0) !== draft.revision)
      throw new ApiError(409, { code: 'note_changed', details: { current: server.note } })
    server.note = note(draft.body, draft.revision + 1)
    server.saves++
    if (!server.answers) throw new ApiError(0, {})
    return server.note
  }
  const keeper = (over: Partial<Parameters<typeof openKeeper>[0]> = {}) =>
    openKeeper({
      id: 'n',
      written: begun ? writtenOf(begun) : blank('record'),
      saved: begun,
      save,
      device,
      pace,
      ...over,
    })
  return { kept, server, keeper }
}

test('what is typed is saved once when the typing rests, and the device keeps nothing of it any more', async () => {
  const { kept, server, keeper } = world()
  const one = keeper()
  for (const body of ['S', 'Sé', 'Séance']) one.type({ body })
  expect(one.now().phase).toBe('typed')
  await expect.poll(() => one.now().phase).toBe('saved')
  expect(server).toMatchObject({ saves: 1, note: { body: 'Séance' } })
  await expect.poll(() => kept.size).toBe(0)
})

test('a new note nobody has written in is neither saved nor kept', async () => {
  const { kept, server, keeper } = world()
  const one = keeper({ pace: { ...pace, rest: 60_000, longest: 60_000 } })
  one.type({ patient: { id: 'p', name: 'Hugo' } })
  expect(await one.saveNow()).toBe(false)
  one.type({ body: 'Un mot' })
  await expect.poll(() => kept.size).toBe(1)
  one.type({ body: '' })
  await expect.poll(() => kept.size).toBe(0)
  expect(server.saves).toBe(0)
})

test('without the network it lies on the device, and is saved once the server is reached again', async () => {
  const { kept, server, keeper } = world(note('Avant.', 1))
  server.reached = false
  const one = keeper()
  one.type({ body: 'Avant. Après.' })
  await expect.poll(() => one.now()).toMatchObject({ phase: 'away', onDevice: true })
  expect(kept.get('n')).toMatchObject({ written: { body: 'Avant. Après.' }, revision: 1 })
  server.reached = true
  await expect.poll(() => one.now().phase).toBe('saved')
  expect(server.note?.body).toBe('Avant. Après.')
  await expect.poll(() => kept.size).toBe(0)
})

test('a save whose answer was lost is no conflict with oneself', async () => {
  const { server, keeper } = world(note('Un.', 1))
  server.answers = false
  const one = keeper()
  one.type({ body: 'Un. Deux.' })
  await expect.poll(() => one.now().phase).toBe('away')
  one.type({ body: 'Un. Deux. Trois.' })
  server.answers = true
  await expect.poll(() => one.now().phase).toBe('saved')
  expect(server.note?.body).toBe('Un. Deux. Trois.')
})

test('nor is it one in the tab that is opened after this one was killed', async () => {
  const { kept, server, keeper } = world(note('Un.', 1))
  server.answers = false
  const killed = keeper({ pace: { ...pace, rest: 60_000, longest: 60_000, retry: 60_000 } })
  killed.type({ body: 'Un. Deux.' })
  expect(await killed.saveNow()).toBe(false)
  killed.type({ body: 'Un. Deux. Trois.' })
  await expect.poll(() => kept.get('n')?.written.body).toBe('Un. Deux. Trois.')
  server.answers = true

  const unsaved = kept.get('n')
  if (!unsaved) throw new Error('the device keeps it')
  const later = keeper({ saved: server.note, written: unsaved.written, resumed: unsaved })
  await expect.poll(() => later.now().phase).toBe('saved')
  expect(server.note).toMatchObject({ body: 'Un. Deux. Trois.', revision: 3 })
})

test('what another device saved meanwhile is shown beside what was typed here, and nothing is sent until one chose', async () => {
  const { kept, server, keeper } = world(note('Commun.', 1))
  const one = keeper()
  server.note = note('De l’autre.', 2)
  one.type({ body: 'D’ici.' })
  await expect.poll(() => one.now()).toMatchObject({ phase: 'conflict', theirs: { body: 'De l’autre.' } })
  one.type({ body: 'D’ici, encore.' })
  expect(await one.saveNow()).toBe(false)
  await expect.poll(() => kept.get('n')?.written.body).toBe('D’ici, encore.')
  // A tab killed now asks the same again.
  const unsaved = kept.get('n')
  const later = keeper({ saved: server.note, written: one.now().written, resumed: unsaved })
  await expect.poll(() => later.now()).toMatchObject({ phase: 'conflict', theirs: { body: 'De l’autre.' } })
  later.settle(both(later.now().written, writtenOf(server.note)))
  await expect.poll(() => later.now().phase).toBe('saved')
  expect(server.note).toMatchObject({ body: 'De l’autre.\n\nD’ici, encore.', revision: 3 })
  // Somebody thinks better of it.
  later.settle(writtenOf(note('De l’autre.', 2)))
  await expect.poll(() => server.note).toMatchObject({ body: 'De l’autre.', revision: 4 })
})

test('of a note that was erased elsewhere the text is still here', async () => {
  const { kept, keeper } = world()
  const unsaved = { written: { ...blank('record'), body: 'Reste.' }, revision: 4, sent: [], keptAt: '' }
  const one = keeper({ written: unsaved.written, resumed: unsaved })
  expect(one.now()).toMatchObject({ phase: 'gone', written: { body: 'Reste.' } })
  one.type({ body: 'Reste là.' })
  await expect.poll(() => kept.get('n')?.written.body).toBe('Reste là.')
})

test('what another device saved is shown where nothing was typed meanwhile, and waits where something was', async () => {
  const { keeper } = world(note('Un.', 1))
  const one = keeper({ pace: { ...pace, rest: 60_000, longest: 60_000 } })
  expect(one.meet(note('Deux.', 2))).toBe(true)
  expect(one.now()).toMatchObject({ phase: 'saved', written: { body: 'Deux.' }, saved: { revision: 2 } })
  expect(one.meet({ ...note('Deux.', 3), signedAt: '2026-11-23T10:00:00.000Z' })).toBe(false)
  one.type({ body: 'À moi.' })
  expect(one.meet(note('Trois.', 3))).toBe(true)
  expect(one.now()).toMatchObject({ written: { body: 'À moi.' }, saved: { revision: 2 } })
})
