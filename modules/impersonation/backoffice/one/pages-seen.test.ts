import { expect, test } from 'vitest'
import type { Act } from '#contract/impersonation'
import { pagesSeen } from './pages-seen.ts'

const act = (entryId: string, page: string | null, verb = 'impersonation.seen'): Act => ({
  entryId,
  at: '2026-11-22T09:00:00.000Z',
  result: verb === 'impersonation.seen' ? 'seen' : 'done',
  verb,
  objectType: 'endpoint',
  objectId: null,
  page,
})
const [board, agenda, patients] = [act('1', '/'), act('2', '/'), act('3', '/patients')]

test('answers that one page asked for stand together', () => {
  expect(pagesSeen([board, agenda, patients])).toEqual([
    { page: '/', parts: [[board, agenda]] },
    { page: '/patients', parts: [[patients]] },
  ])
})

test('what was done stands by itself, between the looks before and after it', () => {
  const saved = act('4', '/', 'patient.updated')
  expect(pagesSeen([board, saved, agenda])).toEqual([{ page: '/', parts: [[board], saved, [agenda]] }])
})

test('coming back to a page is told as that', () => {
  expect(pagesSeen([board, patients, agenda]).map(({ page }) => page)).toEqual(['/', '/patients', '/'])
})
