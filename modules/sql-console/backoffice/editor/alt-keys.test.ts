import { expect, test } from 'vitest'
import { isAlone, placeOn } from './alt-keys.ts'

const pressed = (more = {}) => ({
  altKey: true,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  code: 'KeyN',
  defaultPrevented: false,
  getModifierState: () => false,
  ...more,
})

test('Alt alone is heard; what AltGr writes is no command', () => {
  expect(isAlone(pressed())).toBe(true)
  for (const more of [
    { altKey: false },
    { ctrlKey: true },
    { shiftKey: true },
    { getModifierState: () => true },
  ])
    expect(isAlone(pressed(more))).toBe(false)
})

test('behind the last tab comes the first one, and before the first the last', () => {
  expect(placeOn(['a', 'b', 'c'], 'c', 1)).toBe('a')
  expect(placeOn(['a', 'b', 'c'], 'a', -1)).toBe('c')
  expect(placeOn(['a'], 'a', 1)).toBe('a')
})
