import { expect, test } from 'vitest'
import { addable, kinds, moved, newAction, tagsTyped } from './macro-draft.ts'

test('each act can be added once, and not both waiting and resolving', () => {
  expect(addable([])).toEqual(kinds)
  const some = [newAction('reply'), newAction('wait')]
  expect(addable(some)).not.toContain('reply')
  expect(addable(some)).not.toContain('resolve')
  expect(addable([newAction('resolve')])).not.toContain('wait')
})

test('acts change places, and those at the ends stay', () => {
  expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b'])
})

test('tags are parted by commas, each once', () => {
  expect(tagsTyped(' facture, urgent,,facture ')).toEqual(['facture', 'urgent'])
})
